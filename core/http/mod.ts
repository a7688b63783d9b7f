/**
 * HTTP: what the modules that answer requests stand on.
 *
 * Reading requests (`body`, `form`, `cookies`, `basic`, `target`, `client_address`), judging them
 * (`jwt`, `cors`, `rate_limit`), answering them (`reply`, `file_reply`, `held_stream`), and telling
 * what happened (`activity_log`, `metrics`, `access_log`). `listener` and `connection` are the
 * server's own.
 *
 * @module
 */
export {
  type Activity,
  ActivityLog,
  type ActivityOptions,
  type ActivityStats,
} from "./activity_log.ts";
export { type BasicPair, decodeBasic } from "./basic.ts";
export { type BodyLimits, BodyReader, decodeText } from "./body.ts";
export { ClientAddress, isLoopback, isPrivateAddress, normalizeAddress } from "./client_address.ts";
export {
  type AuthContext,
  authContext,
  clearAllCookies,
  clearTokenCookies,
  cookieValue,
  issueCookies,
  type IssuedTokens,
  type TokenCookies,
  tokenCookies,
} from "./cookies.ts";
export { Cors, type CorsRules } from "./cors.ts";
export { RequestError } from "./errors.ts";
export { fileReply, mimeType, type ServedFile } from "./file_reply.ts";
export { type FormFields, parseForm, parseMultipartForm } from "./form.ts";
export { type ByteSource, bytesSource, heldStream } from "./held_stream.ts";
export { type KeyResolver, type TokenCheck, TokenVerifier, type VerifierOptions } from "./jwt.ts";
export { type Counter, type GaugeSource, Metrics } from "./metrics.ts";
export { RateLimit, type RateLimitOptions } from "./rate_limit.ts";
export {
  errorReply,
  JSON_TYPE,
  methodNotAllowed,
  type PublicError,
  publicError,
  thrownReply,
} from "./reply.ts";
export { endpointMatcher, requestTarget, type Target } from "./target.ts";
