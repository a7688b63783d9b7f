/**
 * The one statement that a call is.
 *
 * @module
 */
import { type ActivityLog, RequestError } from "../../core/http/mod.ts";
import { type Database, DatabaseError } from "../../core/postgres/mod.ts";
import type { Conditions } from "./conditions.ts";
import type { Credentials } from "./credentials.ts";

// The version of the object in the reply is a setting of the transaction: read after the call.
const COLUMNS = "SELECT row_count, status, session, eventid, body, " +
  "current_setting('reply.etag', true) ";
const PARAMETERS = "$1, $2, $3, $4, $5, ($6::text)::jsonb, $7, $8::inet";
const CALL = `${COLUMNS} FROM daemon.call(${PARAMETERS})`;
const CALL_CONDITIONAL = `${COLUMNS} FROM daemon.call_conditional(${PARAMETERS}, $9, $10)`;

/** What is called, and by whom as far as the request tells. */
export interface Call {
  method: string;
  /** Raw path of the request. */
  pathname: string;
  /** JSON text; null without a body. */
  payload: string | null;
  agent: string;
  /** Client address; null when it is not known. */
  host: string | null;
  /** What the request makes its effect depend on; undefined for most requests. */
  conditions?: Conditions | undefined;
}

/** What the database answered. */
export interface CallResult {
  /** 200, or the code of the error that the body describes. */
  status: number;
  /** How many rows the body holds. */
  count: number;
  /** JSON texts of the rows, joined by commas. */
  body: Uint8Array<ArrayBuffer>;
  /** Version of the object that the body shows; null when it shows none, or several. */
  etag: string | null;
}

const NOTHING = new Uint8Array(0);

/**
 * Makes the call and notes it for the request log.
 *
 * @throws {RequestError} 400 when the payload is no JSON that PostgreSQL can store.
 */
export async function callDatabase(
  db: Database,
  { kind, credential, secret }: Credentials,
  call: Call,
  activity: ActivityLog | undefined,
): Promise<CallResult> {
  const { method, pathname, payload, agent, host, conditions } = call;
  const datetime = Date.now();
  const started = performance.now();
  let rows: (Uint8Array | null)[][];
  try {
    const values = [kind, credential, secret, method, pathname, payload, agent, host];
    rows = conditions === undefined
      ? await db.raw(CALL, values)
      : await db.raw(CALL_CONDITIONAL, [...values, conditions.ifMatch, conditions.idempotencyKey]);
  } catch (thrown) {
    throw unstorable(thrown, payload) ?? thrown;
  }
  const [count, status, session, eventid, body, etag] = rows[0]!;
  const caller = session ? ascii(session) : null;
  // A caller that was not let in has not called anything: the event log has it.
  if (activity !== undefined && (caller !== null || kind === "none")) {
    activity.record({
      datetime,
      method,
      path: pathname,
      payload,
      runtime: performance.now() - started,
      session: caller,
      eventid: eventid ? ascii(eventid) : null,
      host,
      agent,
    });
  }
  return {
    status: status ? integer(status) : 500,
    count: count ? integer(count) : 0,
    body: (body ?? NOTHING) as Uint8Array<ArrayBuffer>,
    etag: etag && etag.length > 0 ? ascii(etag) : null,
  };
}

/**
 * Returns the client's fault behind a refused statement, if it is one.
 *
 * Only the casts of the parameters fail so: malformed JSON (22P02), characters that cannot be
 * stored (22P05, 22021), nesting or numbers beyond what the server takes (54xxx, 22003).
 */
function unstorable(thrown: unknown, payload: string | null): RequestError | null {
  if (!(thrown instanceof DatabaseError) || !/^(?:22|54)/.test(thrown.sqlstate)) return null;
  const message = payload === null
    ? "The request holds characters that cannot be stored"
    : "The payload is not valid JSON";
  return new RequestError(400, message, { cause: thrown });
}

function integer(digits: Uint8Array): number {
  let value = 0;
  for (let index = 0; index < digits.length; index++) value = value * 10 + digits[index]! - 0x30;
  return value;
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
