/**
 * JSON as people write it: with comments and trailing commas.
 *
 * @module
 */

/**
 * Reads JSON text that may hold comments and trailing commas.
 *
 * @throws {SyntaxError} If it is not JSON; the message names line and column.
 */
export function parseJson(text: string): unknown {
  const plain = blankComments(text.replace(/^\uFEFF/, ""));
  try {
    return JSON.parse(plain);
  } catch (thrown) {
    const { message } = thrown as SyntaxError;
    const at = /position (\d+)/.exec(message)?.[1];
    const place = at === undefined ? "at its end" : placeOf(plain, Number(at));
    throw new SyntaxError(`Cannot read JSON ${place}: ${message.replace(/ in JSON at .*/, "")}`, {
      cause: thrown,
    });
  }
}

/** Replaces comments and trailing commas by spaces, so that positions stay true. */
function blankComments(text: string): string {
  const token =
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*[}\]])/g;
  return text.replace(
    token,
    (match) => match.startsWith('"') ? match : match.replace(/[^\n]/g, " "),
  );
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return `in line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
