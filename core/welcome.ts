/**
 * What a person is told: after the first installation, and by `--show-secrets`.
 *
 * @module
 */
import type { Config } from "./config.ts";

/** Address at which this machine reaches the server. */
export function localAddress({ server }: Pick<Config, "server">): string {
  const { listen, port, tls } = server;
  const host = ["0.0.0.0", "::", ""].includes(listen)
    ? "127.0.0.1"
    : listen.includes(":")
    ? `[${listen}]`
    : listen;
  return `${tls === undefined ? "http" : "https"}://${host}:${port}`;
}

/** Where to go and how to sign in, shown once: after the first installation. */
export function welcomeText(config: Config): string {
  const given = config.admin.password !== undefined && config.admin.password !== "";
  const password = given ? "the one you gave" : config.secrets.admin_password;
  return [
    "",
    `${config.project.name} is installed.`,
    "",
    `  Open      ${localAddress(config)}`,
    `  User      admin`,
    `  Password  ${password}`,
    "",
    "apostol --show-secrets prints this password again, and the secrets of the OAuth clients.",
    "",
  ].join("\n");
}

/** Everything that was generated and that people may need, a line each. */
export function secretsText({ project, secrets }: Pick<Config, "project" | "secrets">): string {
  const rows: [string, string, string][] = [
    ["user", "admin", secrets.admin_password],
    ...Object.entries(secrets.clients).map(([name, value]): [string, string, string] => [
      "client",
      `${name}-${project.domain}`,
      value,
    ]),
    ...Object.entries(secrets.roles).map(([name, value]): [string, string, string] => [
      "role",
      name,
      value,
    ]),
    ["role", "postgres (embedded)", secrets.superuser],
  ];
  const width = Math.max(...rows.map(([, name]) => name.length));
  return rows.map(([kind, name, value]) => `${kind.padEnd(6)}  ${name.padEnd(width)}  ${value}`)
    .join("\n");
}
