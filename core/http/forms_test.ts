import assert from "node:assert/strict";
import { decodeBasic } from "./basic.ts";
import { decodeText } from "./body.ts";
import { authContext, clearAllCookies, cookieValue, issueCookies } from "./cookies.ts";
import { Cors } from "./cors.ts";
import { parseForm, parseMultipartForm } from "./form.ts";
import { RateLimit } from "./rate_limit.ts";
import { endpointMatcher, requestTarget } from "./target.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("parseForm() decodes as browsers encode, and keeps what is no escape", () => {
  assert.deepEqual(parseForm("a=1+2&b=%D1%8F&c&d=%zz&a=3&=x"), {
    a: "3",
    b: "я",
    c: "",
    d: "%zz",
    "": "x",
  });
  assert.throws(() => parseForm("a&".repeat(2000)), { status: 400 });
});

Deno.test("parseMultipartForm() returns text fields and refuses files", () => {
  const part = (name: string, value: string, more = "") =>
    `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const type = "multipart/form-data; boundary=B";
  const form = bytes(`${part("a", "1")}${part("__proto__", "2")}--B--\r\n`);
  const file = bytes(`${part("f", "x", '; filename="f.txt"')}--B--\r\n`);

  const fields = parseMultipartForm(form, type);

  assert.deepEqual(Object.entries(fields), [["a", "1"], ["__proto__", "2"]]);
  assert.throws(() => parseMultipartForm(file, type), { status: 400 });
  assert.throws(() => parseMultipartForm(bytes("nonsense"), type), { status: 400 });
  assert.throws(() => parseMultipartForm(form, "multipart/form-data"), { status: 400 });
});

Deno.test("decodeText() refuses what is not UTF-8", () => {
  assert.equal(decodeText(bytes("я")), "я");
  assert.throws(() => decodeText(new Uint8Array([0x22, 0xff, 0x22])), { status: 400 });
});

Deno.test("decodeBasic() splits at the first colon", () => {
  assert.deepEqual(decodeBasic(btoa("a:b:c")), { username: "a", password: "b:c" });
  assert.equal(decodeBasic(btoa("nocolon")), null);
  assert.equal(decodeBasic("***"), null);
});

Deno.test("cookieValue() finds a cookie by its whole name", () => {
  const header =
    'x__Secure-AT=no; __Secure-ATX=no; __Secure-AT=; a="__Secure-AT=no"; b=x __Secure-AT=no; __Secure-AT=yes';

  assert.equal(cookieValue(header, "__Secure-AT"), "yes");
  assert.equal(cookieValue("SID=1", "__Secure-AT"), null);
  assert.equal(cookieValue('__Secure-AT="q"', "__Secure-AT"), "q");
  assert.equal(cookieValue("__Secure-RT=a%2Bb%3D", "__Secure-RT"), "a+b=");
  assert.equal(cookieValue("__Secure-RT=%zz", "__Secure-RT"), "%zz");
});

Deno.test("issueCookies() sets what is there with the attributes of the contract", () => {
  const flags = "Path=/; Max-Age=5184000; HttpOnly; SameSite=None; Secure";

  assert.deepEqual(
    issueCookies("user", { access_token: "a.b.c", refresh_token: "", session: "s" }),
    [
      `__Secure-AT=a.b.c; ${flags}`,
      "SID=s; Path=/; Max-Age=5184000; HttpOnly; SameSite=Lax; Secure",
    ],
  );
  assert.deepEqual(
    issueCookies("service", { access_token: "a", refresh_token: "r=", session: "s" }),
    [
      `__Secure-SAT=a; ${flags}`,
      `__Secure-SRT=r=; ${flags}`,
    ],
  );
  assert.deepEqual(issueCookies("user", { access_token: "a; Domain=evil.test" }), []);
  assert.equal(clearAllCookies().length, 5);
  assert.ok(clearAllCookies().every((cookie) => cookie.includes("=; Path=/; Max-Age=0; ")));
});

Deno.test("authContext() is service for exactly that word", () => {
  assert.equal(authContext(new Headers({ "x-auth-context": "service" })), "service");
  assert.equal(authContext(new Headers({ "x-auth-context": "Service" })), "user");
  assert.equal(authContext(new Headers()), "user");
});

Deno.test("Cors.apply() opens an answer to listed origins only", () => {
  const application = { javascript_origins: ["https://app.test"] } as never;
  const cors = new Cors([application], { methods: "GET", headers: "X" });
  const from = (origin: string) => {
    const request = new Request("http://api.test/", { headers: { origin } });
    return cors.apply(request, new Response("")).headers.get("access-control-allow-origin");
  };

  assert.equal(from("https://app.test"), "https://app.test");
  for (
    const origin of [
      "https://app.test.evil.test",
      "https://APP.test",
      "http://app.test",
      "https://app.test:443",
      "null",
      "*",
    ]
  ) {
    assert.equal(from(origin), null, origin);
  }
});

Deno.test("Cors.isForeign() knows the own site by its host", () => {
  const cors = new Cors([{ javascript_origins: ["https://app.test"] } as never], {
    methods: "",
    headers: "",
  });
  const foreign = (headers: Record<string, string>) =>
    cors.isForeign(new Request("http://own.test/", { headers: { host: "own.test", ...headers } }));

  assert.deepEqual(
    [
      { origin: "https://app.test" },
      { origin: "https://own.test" },
      {},
      { "sec-fetch-site": "same-origin" },
    ].map((headers) => foreign(headers as Record<string, string>)),
    [false, false, false, false],
  );
  assert.deepEqual(
    [{ origin: "https://evil.test" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]
      .map((headers) => foreign(headers as Record<string, string>)),
    [true, true, true],
  );
});

Deno.test("requestTarget() cuts raw addresses", () => {
  assert.deepEqual(requestTarget("http://h/a/../b?x=/1?y"), {
    pathname: "/a/../b",
    query: "x=/1?y",
  });
  assert.deepEqual(requestTarget("http://ex ample/a"), { pathname: "/a", query: "" });
});

Deno.test("endpointMatcher() takes exact paths and prefixes, case-sensitively", () => {
  const matches = endpointMatcher(["/api/v1/*", "/callback"]);

  assert.deepEqual(
    ["/api/v1/", "/api/v1/x", "/callback", "/api/v1", "/API/v1/x", "/callback/x"].map(matches),
    [true, true, true, false, false, false],
  );
});

Deno.test("RateLimit.take() allows a burst, then the rate, and forgets old keys", () => {
  const limit = new RateLimit({ burst: 2, rate: 1, maxKeys: 2 });

  assert.deepEqual([limit.take("a", 0), limit.take("a", 0), limit.take("a", 0)], [0, 0, 1]);
  assert.equal(limit.take("a", 1000), 0);
  limit.take("b", 1000);
  limit.take("c", 1000);
  assert.equal(limit.take("a", 1000), 0);
});
