import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { test } from "node:test";
import { proxyFor } from "../../server/src/node/web-proxy.ts";
import { fetcher } from "../support/fetching.ts";
import { testServer } from "../support/hostile-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("the proxy of the environment is the one for the scheme, unless the server is exempt", () => {
  const proxy = (url: string, environment: Record<string, string>) =>
    proxyFor(new URL(url), environment)?.href;
  const both = { HTTPS_PROXY: "http://secure:1", HTTP_PROXY: "plain:2" };
  assert.equal(proxy("https://a.example/", both), "http://secure:1/");
  assert.equal(proxy("http://a.example/", both), "http://plain:2/");
  assert.equal(
    proxy("http://a.example/", { HTTP_PROXY: "http://big:1", http_proxy: "http://small:1" }),
    "http://small:1/",
  );
  assert.equal(proxy("http://a.example/", { ALL_PROXY: "http://all:1" }), "http://all:1/");
  for (const broken of ["socks5://x:1", "http://[", ""])
    assert.equal(proxy("http://a.example/", { HTTP_PROXY: broken }), undefined);
  const exempt = (url: string, NO_PROXY: string) => proxy(url, { ...both, NO_PROXY }) === undefined;
  for (const [url, list] of [
    ["https://a.example/", "*"],
    ["https://a.example/", "b.example, a.example"],
    ["https://sub.a.example/", ".a.example"],
    ["https://sub.a.example/", "*.a.example"],
    ["https://a.example:8443/", "a.example:8443"],
    ["https://a.example/", "a.example:443"],
    ["http://[::1]:80/", "::1"],
  ] as const)
    assert.ok(exempt(url, list), `${url} ${list}`);
  for (const [url, list] of [
    ["https://a.example/", ""],
    ["https://xa.example/", "a.example"],
    ["https://a.example/", "a.example:8443"],
    ["https://a.example.org/", "a.example"],
  ] as const)
    assert.ok(!exempt(url, list), `${url} ${list}`);
});

test("a proxy is asked for the whole address, with its own password and nothing for the server but its headers", async (t) => {
  const asked: [method: string, url: string, proxy: string | undefined][] = [];
  const proxy = createServer(({ method = "", url = "", headers }, response) => {
    asked.push([method, url, headers["proxy-authorization"]]);
    response.end("from the proxy");
  });
  proxy.on("connect", ({ url = "", headers }, socket) => {
    asked.push(["CONNECT", url, headers["proxy-authorization"]]);
    socket.end("HTTP/1.1 407 Who are you\r\n\r\n");
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  const named = `http://me:p%40ss@127.0.0.1:${port}`;
  const before = { ...process.env };
  Object.assign(process.env, { http_proxy: named, https_proxy: named, no_proxy: "" });
  t.after(() => {
    for (const name of ["http_proxy", "https_proxy", "no_proxy"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
  const { fetch, codeOf } = fetcher(temporaryFolder(t));
  assert.equal((await fetch("http://packages.example/otrs.xml")).size, "from the proxy".length);
  assert.equal(await codeOf("https://packages.example/otrs.xml"), "web-proxy-unauthorized");
  const password = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
  assert.deepEqual(asked, [
    ["GET", "http://packages.example/otrs.xml", password],
    ["CONNECT", "packages.example:443", password],
  ]);
});

test("what goes in secret goes through a proxy in secret, and its certificate is still looked at", async (t) => {
  const server = await testServer(t, { "*": (_, response) => response.end("plain") });
  const proxy = createServer();
  proxy.on("connect", (_, socket) => {
    // To a server that knows no secrets.
    const other = connect(server.port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
    other.on("error", () => socket.destroy());
    socket.on("error", () => other.destroy());
    socket.pipe(other).pipe(socket);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  const before = process.env.https_proxy;
  process.env.https_proxy = `http://127.0.0.1:${port}`;
  t.after(() => {
    if (before === undefined) delete process.env.https_proxy;
    else process.env.https_proxy = before;
  });
  const { codeOf } = fetcher(temporaryFolder(t));
  assert.match(await codeOf("https://packages.example/otrs.xml"), /^web-(?:unreachable|certificate)$/);
  assert.deepEqual(server.asked, []);
});
