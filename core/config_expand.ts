/**
 * Variables in configuration strings: `$NAME`, `${NAME}`, and `$$` for a dollar sign.
 *
 * @module
 */

/**
 * Replaces the variables in every string of a JSON value; an unset one becomes empty.
 *
 * @param variables Values by name.
 */
export function expandVariables<T>(value: T, variables: Readonly<Record<string, string>>): T {
  if (typeof value === "string") return expandText(value, variables) as T;
  if (Array.isArray(value)) return value.map((item) => expandVariables(item, variables)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, expandVariables(member, variables)]),
  ) as T;
}

function expandText(text: string, variables: Readonly<Record<string, string>>): string {
  if (!text.includes("$")) return text;
  return text.replace(
    /\$(?:\$|\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (match, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      return name === undefined ? match.slice(1) : variables[name] ?? "";
    },
  );
}
