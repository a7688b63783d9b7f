import assert from "node:assert/strict";
import { ClientAddress, isLoopback, isPrivateAddress, normalizeAddress } from "./client_address.ts";

const request = (headers: Record<string, string>) => new Request("http://x/", { headers });

/** Peer, headers, and the address that is believed. */
const HOSTS: [name: string, peer: string, headers: Record<string, string>, host: string | null][] =
  [
    ["the peer", "203.0.113.9", {}, "203.0.113.9"],
    ["X-Real-IP of a proxy", "127.0.0.1", { "x-real-ip": "198.51.100.1" }, "198.51.100.1"],
    ["no header of a stranger", "203.0.113.9", { "x-real-ip": "198.51.100.1" }, "203.0.113.9"],
    ["X-Forwarded-For", "::1", { "x-forwarded-for": "198.51.100.1" }, "198.51.100.1"],
    [
      "what the proxy added, not what the client claimed",
      "127.0.0.1",
      { "x-forwarded-for": "6.6.6.6, 198.51.100.1" },
      "198.51.100.1",
    ],
    [
      "the hop before several proxies",
      "127.0.0.1",
      { "x-forwarded-for": "198.51.100.1, 10.1.2.3, 127.0.0.1" },
      "198.51.100.1",
    ],
    [
      "no garbage",
      "127.0.0.1",
      { "x-real-ip": "'; DROP", "x-forwarded-for": "unknown" },
      "127.0.0.1",
    ],
    [
      "an address with port and brackets",
      "127.0.0.1",
      { "x-forwarded-for": "[2001:DB8::1]:443" },
      "2001:db8::1",
    ],
    ["IPv4 inside IPv6", "::ffff:203.0.113.9", {}, "203.0.113.9"],
    ["nothing when nothing is known", "", {}, null],
  ];

for (const [name, peer, headers, host] of HOSTS) {
  Deno.test(`ClientAddress.host() takes ${name}`, () => {
    const client = new ClientAddress(["127.0.0.1", "::1", "10.0.0.0/8"]);

    assert.equal(client.host(request(headers), peer), host);
  });
}

Deno.test("ClientAddress.protocol() believes proxies only", () => {
  const client = new ClientAddress(["127.0.0.1"]);
  const forwarded = request({ "x-forwarded-proto": "HTTPS" });

  assert.equal(client.protocol(forwarded, "127.0.0.1"), "https");
  assert.equal(client.protocol(forwarded, "203.0.113.9"), "http");
  assert.equal(new ClientAddress([], true).protocol(request({}), "203.0.113.9"), "https");
});

Deno.test("ClientAddress() refuses a proxy that is no address", () => {
  assert.throws(() => new ClientAddress(["localhost"]), RangeError);
  assert.throws(() => new ClientAddress(["10.0.0.0/33"]), RangeError);
});

Deno.test("normalizeAddress() knows addresses from other texts", () => {
  const good = ["1.2.3.4", "::", "::1", "2001:db8::8:800:200c:417a", "fe80::1%eth0", "1.2.3.4:80"];
  const bad = ["", "1.2.3", "256.1.1.1", "1::2::3", ":::", "1:2:3:4:5:6:7:8:9", "12345::", "g::"];

  for (const text of good) assert.notEqual(normalizeAddress(text), null, text);
  for (const text of bad) assert.equal(normalizeAddress(text), null, text);
});

Deno.test("isPrivateAddress() and isLoopback() know the networks", () => {
  assert.deepEqual(
    ["10.9.9.9", "172.31.0.1", "192.168.1.1", "fd00::1", "127.9.9.9"].map(isPrivateAddress),
    [true, true, true, true, true],
  );
  assert.deepEqual(["172.32.0.1", "8.8.8.8", "2001:db8::1", "x"].map(isPrivateAddress), [
    false,
    false,
    false,
    false,
  ]);
  assert.deepEqual(["127.0.0.2", "::1", "10.0.0.1"].map(isLoopback), [true, true, false]);
});
