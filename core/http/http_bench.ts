/** What each request pays for, one by one: `deno bench core/http`. */
import { SignJWT } from "jose";
import { applicationSchema } from "../config_oauth2.ts";
import { ClientAddress } from "./client_address.ts";
import { cookieValue } from "./cookies.ts";
import { TokenVerifier } from "./jwt.ts";
import { redactPayload } from "./redact.ts";
import { requestTarget } from "./target.ts";

const SECRET = "secret of the web client";
const given = applicationSchema.parse({ client_id: "web", client_secret: SECRET });
const application = { ...given, provider: "default", name: "web" };
const token = await new SignJWT({ aud: "web", sub: "0".repeat(40) })
  .setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new TextEncoder().encode(SECRET));
const verifier = new TokenVerifier([application]);
await verifier.check(token);
const cookies = `SID=${"0".repeat(40)}; theme=dark; __Secure-AT=${token}; __Secure-RT=abc`;
const client = new ClientAddress(["127.0.0.1", "10.0.0.0/8"]);
const direct = new Request("http://localhost/");
const proxied = new Request("http://localhost/", {
  headers: { "x-forwarded-for": "198.51.100.1, 10.0.0.1" },
});
const payload = JSON.stringify({
  fields: ["id", "username"],
  filter: { password: "x", code: "y" },
});
const urls = ["http://localhost/api/v1/whoami", "http://localhost/api/v1/user/list?a=b"];
let turn = 0;

Deno.bench("requestTarget() of another address", () => {
  requestTarget(urls[turn++ & 1]!);
});

Deno.bench("TokenVerifier.check() of a remembered token", () => {
  verifier.check(token);
});

Deno.bench("TokenVerifier.check() of a new token", async () => {
  await new TokenVerifier([application]).check(token);
});

Deno.bench("cookieValue() of the third cookie", () => {
  cookieValue(cookies, "__Secure-AT");
});

Deno.bench("ClientAddress.host() of a direct client", () => {
  client.host(direct, "203.0.113.9");
});

Deno.bench("ClientAddress.host() behind two proxies", () => {
  client.host(proxied, "127.0.0.1");
});

Deno.bench("redactPayload() of a short payload", () => {
  redactPayload("/api/v1/user/list", payload);
});
