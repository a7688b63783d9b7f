/**
 * Every option of the configuration, declared once: key, type, default, bounds, sentence.
 *
 * The check at start, the environment names, `conf/schema.json` and `docs/configuration.md` are
 * made from this one declaration. Keys follow the structure of Apostol CRM's configuration file.
 *
 * @module
 */
import { z } from "zod";

/** Log levels, quietest first, as the configuration names them. */
export const LOG_LEVELS = [
  "emerg",
  "alert",
  "crit",
  "error",
  "warn",
  "warning",
  "notice",
  "info",
  "debug",
] as const;

const text = (fallback: string, sentence: string) =>
  z.string().default(fallback).describe(sentence);
const flag = (fallback: boolean, sentence: string) =>
  z.boolean().default(fallback).describe(sentence);
const integer = (fallback: number, low: number, high: number, sentence: string) =>
  z.int().min(low).max(high).default(fallback).describe(sentence);
const optional = (sentence: string) => z.string().optional().describe(sentence);

/** An object of options in which every member may be left out. */
function group<T extends z.ZodRawShape>(shape: T, sentence: string) {
  // deno-lint-ignore no-explicit-any -- every member has a default, so the empty object is an input
  return z.strictObject(shape).prefault({} as any).describe(sentence);
}

const DAY = 86_400_000;
const level = z.enum(LOG_LEVELS);

const log = group({
  level: level.default("notice").describe("Least important message that is logged."),
  file: text("", "Log file; empty logs to standard error only."),
  access: text("", "File with a line for every request; empty writes none."),
  stream: text("", "File for telemetry messages; empty puts them into the log."),
  postgres: text("", "File for database messages; empty puts them into the log."),
  max_size: integer(104_857_600, 0, 2 ** 40, "Bytes after which a log file is rotated; 0 never."),
  keep_rotated: integer(5, 1, 1000, "How many rotated files are kept."),
  compress: flag(true, "Compress rotated files with gzip."),
  levels: z.record(z.string(), level).default({})
    .describe('Level by category, such as `{"http": "debug"}`; categories are dotted names.'),
}, "Logging.");

const daemon = group({
  enabled: flag(false, "Accepted for old files; a service manager runs the program instead."),
  pid: text("", "File with the process id; empty is `apostol.pid` in the data folder."),
}, "The process among others.");

const process = group({
  master: flag(true, "Start and supervise workers, helper and daemons; false serves alone."),
  helper: flag(true, "Run the helper process when one of its modules is enabled."),
  user: text(
    "",
    "System user of the embedded PostgreSQL when root starts it; empty is `postgres` or `nobody`.",
  ),
  group: text("", "Accepted for old files; a service manager chooses the group."),
}, "Processes.");

const tls = z.strictObject({
  cert: z.string().min(1).describe("File with the certificate chain, PEM."),
  key: z.string().min(1).describe("File with the private key, PEM."),
}).optional().describe("Serve HTTPS with this certificate.");

const server = group({
  listen: text("127.0.0.1", "Address to listen on; `0.0.0.0` or `::` for every one."),
  port: integer(4977, 1, 65_535, "Port to listen on."),
  workers: integer(1, 0, 256, "HTTP workers on the port; 0 for one a processor."),
  root: text("www", "Folder of static files."),
  backlog: integer(128, 1, 65_535, "Connections that may wait to be accepted."),
  timeout: integer(30_000, 0, DAY, "Time for a request to arrive whole, in milliseconds; 0 waits."),
  stop_timeout: integer(
    10_000,
    0,
    DAY,
    "Time that a graceful stop gives to requests in flight, in milliseconds.",
  ),
  body_limit: integer(33_554_432, 1, 2 ** 32, "Largest request body, in bytes."),
  trusted_proxies: z.array(z.string()).default(["127.0.0.1", "::1"])
    .describe("Peers whose `X-Real-IP` and `X-Forwarded-*` headers are believed."),
  tls,
}, "The HTTP server.");

/** How one role reaches the database. */
const connection = (whose: string) =>
  z.strictObject({
    conninfo: optional("Connection string, used as it is; the environment changes nothing in it."),
    host: optional("Host name, address, or folder of the Unix socket."),
    port: z.int().min(1).max(65_535).optional().describe("Port of the server."),
    dbname: optional("Name of the database."),
    user: optional("Login role."),
    password: optional("Password of the role."),
    sslmode: z.union([
      z.boolean(),
      z.enum(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]),
    ]).optional().describe("Encryption; true is `require`, false is `disable`."),
  }).optional().describe(`Connection of ${whose}.`);

const postgres = group({
  connect: flag(true, "Use a database; false runs without any."),
  url: optional("Server to use instead of the embedded one: `postgres://user:password@host/name`."),
  worker: connection("HTTP workers, role `daemon`"),
  helper: connection("helper and daemons, role `apibot`; as `worker` when left out"),
  kernel: connection("installation, role `kernel`; as `worker` when left out"),
  superuser: connection("`--install`, which creates roles and database"),
  pool: group({
    min: integer(2, 1, 1000, "Connections kept open, a process."),
    max: integer(10, 1, 1000, "Most connections, a process."),
  }, "The connection pool."),
  timeout: integer(10, 0, 3600, "Time to connect, in seconds; 0 waits."),
  acquire_timeout: integer(2000, 1, DAY, "Time to wait for a free connection, in milliseconds."),
  statement_timeout: integer(30_000, 0, DAY, "Time for a statement, in milliseconds; 0 waits."),
  notice: flag(false, "Log notices of the server."),
  embedded: group({
    port: integer(0, 0, 65_535, "Port of the embedded server; 0 takes a free one."),
    version: z.enum(["18"]).default("18").describe("Major version of the embedded server."),
  }, "The PostgreSQL that comes with the program; used when no other is configured."),
}, "The database.");

const CODE = /^[a-z][a-z0-9_]{0,62}$/;

const project = group({
  code: z.string().regex(CODE, "must be a lower-case identifier").default("example")
    .describe("Short name of the project; also the name of the database."),
  name: text("Example", "Name of the project, as people read it."),
  domain: z.string().regex(/^[a-z0-9.-]+$/i, "must be a domain name").default("example.com")
    .describe("Domain; OAuth clients are `web-DOMAIN`, `service-DOMAIN`, ..."),
  host: text("", "Public address of the site; empty is `https://DOMAIN`."),
  locale: z.enum(["en", "ru", "de", "fr", "it", "es"]).default("en")
    .describe("Language of what the platform says."),
  currency: z.string().regex(/^[A-Z]{3}$/, "must be a code of ISO 4217").default("RUB")
    .describe("Default currency, ISO 4217."),
  company: group({
    code: text("100000000000", "Code of the company."),
    name: text("Example Company", "Name of the company."),
  }, "The company that the system belongs to."),
  scope_alias: text("", "Second name of the project's scope."),
}, "What is installed.");

const secret = group({
  web: optional("Secret of the OAuth client `web-DOMAIN`; generated when left out."),
  service: optional("Secret of the OAuth client `service-DOMAIN`; generated when left out."),
  android: optional("Secret of the OAuth client `android-DOMAIN`; generated when left out."),
  ios: optional("Secret of the OAuth client `ios-DOMAIN`; generated when left out."),
}, "Secrets of the project's own OAuth clients.");

const admin = group({
  password: optional("First password of the user `admin`; generated when left out."),
  allow_trivial_password: flag(
    false,
    "Listen beyond loopback even though that password is easily guessed.",
  ),
}, "The administrator.");

const enable = (fallback: boolean) => flag(fallback, "Run it.");
const endpoints = (fallback: string[]) =>
  z.array(z.string().startsWith("/")).default(fallback)
    .describe("Paths that it answers: exact, or a prefix followed by `*`.");
const heartbeat = (fallback: number, sentence: string) => integer(fallback, 10, DAY, sentence);
const profiles = (sentence: string) =>
  z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
    .default({}).describe(sentence);
const interval = (fallback: number) => integer(fallback, 1, 86_400, "Interval, in seconds.");

const module = group({
  heartbeat: group({ enable: enable(true) }, "Accepted for old files."),
  AuthServer: group({ enable: enable(true) }, "Signs in: `/oauth2/*`."),
  AppServer: group({
    enable: enable(true),
    endpoints: endpoints(["/api/v1/*"]),
  }, "The REST API."),
  WebServer: group({
    enable: enable(true),
    spa: flag(true, "Answer an unknown page with `index.html`."),
    metrics: flag(true, "Answer `/metrics`."),
  }, "Static files, health and metrics."),
  WebSocketAPI: group({ enable: enable(false) }, "The API over WebSocket."),
  FileServer: group({
    enable: enable(false),
    endpoints: endpoints(["/file/*"]),
    path: text("files", "Folder of the disk copies."),
  }, "Stored files."),
  PGHTTP: group({
    enable: enable(false),
    endpoints: endpoints(["/api/*"]),
  }, "Requests answered by functions of the database."),
  PGFetch: group({
    enable: enable(false),
    timeout: integer(30, 0, 86_400, "Time for a request, in seconds; 0 waits."),
  }, "Requests sent by the database."),
  PGFile: group({
    enable: enable(false),
    path: text("files", "Folder of the disk copies."),
    timeout: integer(60, 0, 86_400, "Time for a copy, in seconds; 0 waits."),
  }, "Disk copies of stored files."),
  MessageServer: group({
    enable: enable(false),
    heartbeat: heartbeat(60_000, "How often the outbox is looked through, in milliseconds."),
    max_in_flight: integer(10, 1, 1000, "Messages sent at the same time."),
    message_timeout: integer(300_000, 1, DAY, "Time for a message, in milliseconds."),
    max_pending: integer(1000, 1, 1_000_000, "Messages that may wait in memory."),
    fetch_timeout: integer(30_000, 1, DAY, "Time for a request, in milliseconds."),
    smtp: profiles("Mail servers by profile."),
    fcm: profiles("Firebase projects by profile."),
    api: profiles("Other message services by profile."),
  }, "Sends messages."),
  TaskScheduler: group({
    enable: enable(false),
    heartbeat: heartbeat(1000, "How often due jobs are looked for, in milliseconds."),
  }, "Runs jobs."),
  ReportServer: group({
    enable: enable(false),
    heartbeat: heartbeat(60_000, "How often reports are looked for, in milliseconds."),
    max_in_flight: integer(5, 1, 1000, "Reports built at the same time."),
    report_timeout: integer(300_000, 1, DAY, "Time for a report, in milliseconds."),
    max_pending: integer(1000, 1, 1_000_000, "Reports that may wait in memory."),
  }, "Builds reports."),
  Replication: group({
    enable: enable(false),
    mode: z.enum(["automatic", "paused", "manual"]).default("automatic").describe("When it runs."),
    channel: z.enum(["lan", "wifi", "satellite"]).default("lan").describe("Kind of the line."),
    master: text("", "Address of the master."),
    source: text("", "Name of this copy; empty is the host name."),
    interval: group({
      lan: interval(30),
      wifi: interval(60),
      satellite: interval(300),
    }, "Interval by channel."),
    batch_limit: integer(500, 1, 100_000, "Rows a request."),
    drain_limit: integer(1000, 1, 100_000, "Rows a round."),
    oauth2: text("", "File with the client's credentials."),
  }, "Copies data between installations."),
  Cleaner: group({
    enable: enable(true),
    heartbeat: heartbeat(60_000, "How often it cleans, in milliseconds."),
    limit: integer(1000, 1, 100_000, "Most rows removed by one statement."),
  }, "Removes what has expired: sessions, tokens, tickets, old log rows."),
}, "What runs.");

/** The whole configuration file. Every key may be left out; an unknown one is a fault. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("Address of this schema, for editors."),
  prefix: text(".", "Folder that relative paths start from."),
  data: text("data", "Folder of the embedded database, secrets and state."),
  sql: text("", "Folder of the SQL sources; empty takes those of the program."),
  locale: text("en_US.UTF-8", "Locale of the process; accepted for old files."),
  node: text("", "Name of this copy of the program; empty is the host name."),
  directories: z.array(z.string()).default([]).describe("Folders created at start."),
  workers: z.int().min(0).max(256).optional().describe("As `server.workers`, which wins."),
  log,
  daemon,
  process,
  server,
  cache: group({ prefix: text("cache", "Accepted for old files.") }, "Accepted for old files."),
  postgres,
  project,
  secret,
  admin,
  module,
}).describe("Configuration of apostol.");

/** A configuration as the file may hold it. */
export type ConfigInput = z.input<typeof configSchema>;

/** The options of the file with every default filled in. */
export type ConfigOptions = z.output<typeof configSchema>;
