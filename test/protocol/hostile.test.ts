import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { requestShapes } from "../../server/src/lsp/message-shapes.ts";
import { paths } from "../../server/src/node/paths.ts";
import { goodSpec } from "../support/cli-package.ts";
import { serverBundle } from "../support/language-client.ts";
import { RawClient } from "../support/raw-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uri = "untitled:Acme.sopm";
const hover = { textDocument: { uri }, position: { line: 4, character: 8 } };
const methods = Object.keys(requestShapes(paths)).filter((method) => method !== "initialize");

const codes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  notInitialized: -32002,
};

/** Still there, and as good as before. */
async function assertAnswers(client: RawClient): Promise<void> {
  client.open(uri, goodSpec);
  const { result } = await client.request("textDocument/hover", hover);
  assert.match(JSON.stringify(result), /Framework/);
}

test("before initialize every request is refused, and notifications are dropped", async (context) => {
  const client = new RawClient(context);
  client.open(uri, goodSpec);
  for (const method of [...methods, "sopm/nonsense"]) {
    const { error } = await client.request(method, {});
    assert.equal(error?.code, codes.notInitialized, method);
  }
  const { error } = await client.request("initialize", { processId: "1" });
  assert.equal(error?.code, codes.invalidParams);
  await client.initialize();
  assert.equal((await client.request("textDocument/hover", hover)).result, null, "it was not opened");
  assert.equal((await client.request("initialize", { capabilities: {} })).error?.code, codes.invalidRequest);
  await assertAnswers(client);
  const end = await client.stop();
  assert.equal(end.code, 0);
  assert.equal(end.stderr, "");
});

test("after shutdown every request is refused", async (context) => {
  const client = new RawClient(context);
  await client.initialize();
  client.open(uri, goodSpec);
  assert.equal((await client.request("shutdown")).result, null);
  for (const method of [...methods, "initialize", "sopm/nonsense"]) {
    const { error } = await client.request(method, hover);
    assert.equal(error?.code, codes.invalidRequest, method);
  }
  client.notify("exit");
  assert.equal((await client.ended).code, 0);
});

test("exit works at any time, and without shutdown it ends with 1", async (context) => {
  const early = new RawClient(context);
  early.notify("exit");
  const late = new RawClient(context);
  await late.initialize();
  late.notify("exit");
  for (const { ended } of [early, late]) {
    const end = await ended;
    assert.equal(end.code, 1);
    assert.equal(end.stderr, "");
  }
});

test("what is unknown is not found, and what is no message is refused", async (context) => {
  const client = new RawClient(context);
  await client.initialize();
  for (const method of ["textDocument/declaration", "$/nonsense", "constructor", "__proto__", ""]) {
    assert.equal((await client.request(method, {})).error?.code, codes.methodNotFound, method);
  }
  const bodies: readonly (readonly [body: string, code: number])[] = [
    ["", codes.parseError],
    ["{", codes.parseError],
    ['{"id":1,"method":"shutdown",}', codes.parseError],
    ["\u0000\u0001", codes.parseError],
    ["null", codes.invalidRequest],
    ["42", codes.invalidRequest],
    ["[]", codes.invalidRequest],
    ['[{"jsonrpc":"2.0","id":7,"method":"shutdown"}]', codes.invalidRequest],
    ["{}", codes.invalidRequest],
    ['{"jsonrpc":"2.0","id":{},"method":"shutdown"}', codes.invalidRequest],
    ['{"jsonrpc":"2.0","id":null,"method":"shutdown"}', codes.invalidRequest],
    ['{"jsonrpc":"2.0","method":5}', codes.invalidRequest],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, codes.invalidRequest],
  ];
  for (const [body, code] of bodies) {
    const before = client.answersTo(null);
    client.sendBody(body);
    await client.message(() => client.answersTo(null) > before);
    assert.equal(client.received.findLast(({ id }) => id === null)?.error?.code, code, body.slice(0, 60));
  }
  // Answers to questions that nobody asked, and cancelling what never was, are passed over.
  client.send({ jsonrpc: "2.0", id: 99, result: null });
  client.send({ jsonrpc: "2.0", id: "x", error: null });
  client.send({ jsonrpc: "2.0", id: 98 });
  for (const params of [undefined, null, {}, { id: null }, { id: {} }, { id: 12345 }, []]) {
    client.notify("$/cancelRequest", params);
  }
  await assertAnswers(client);
  assert.equal((await client.stop()).stderr, "");
});

test("where nobody can tell where a message begins, the server ends and says why", async (context) => {
  const streams = [
    "hello\r\n\r\n",
    "Content-Length: -5\r\n\r\n{}",
    "Content-Length: many\r\n\r\n{}",
    "Content-Length: 0x10\r\n\r\n{}",
    "Content-Length:\r\n\r\n{}",
    "Content-Type: text/plain\r\n\r\n{}",
    "Content-Length: 99999999999\r\n\r\n{}",
    `X: ${"x".repeat(100_000)}`,
    Buffer.alloc(1_000_000, "\r\n"),
    "GET / HTTP/1.1\r\nHost: example\r\n\r\n",
  ];
  await Promise.all(
    streams.map(async (bytes) => {
      const client = new RawClient(context);
      client.sendRaw(bytes);
      const end = await client.ended;
      assert.equal(end.code, 1, String(bytes).slice(0, 40));
      assert.match(end.stderr, /^sopm: What the client sends cannot be read: .+\.\n$/);
    }),
  );
});

test("messages may come in any pieces, and headers in any order", async (context) => {
  const client = new RawClient(context);
  await client.initialize();
  client.open(uri, goodSpec);
  const body = JSON.stringify({ jsonrpc: "2.0", id: "ü", method: "textDocument/hover", params: hover });
  const type = "Content-Type: application/vscode-jsonrpc; charset=utf-8";
  const bytes = Buffer.from(`${type}\r\ncontent-length:${Buffer.byteLength(body)}\r\n\r\n${body}`);
  for (const byte of bytes) client.sendRaw(Uint8Array.of(byte));
  assert.match(JSON.stringify((await client.answer("ü")).result), /Framework/);
  await client.stop();
});

test("a client that hangs up ends the server quietly, whichever end it closes first", async (context) => {
  for (const close of [
    ({ process }: RawClient) => process.stdin!.end(),
    ({ process }: RawClient) => process.stdin!.destroy(),
    (client: RawClient) => {
      client.process.stdout!.destroy();
      for (let count = 0; count < 20; count++) client.ask("textDocument/hover", hover);
      client.open(uri, goodSpec);
    },
    (client: RawClient) => {
      client.process.stderr!.destroy();
      client.process.stdout!.destroy();
      client.sendRaw("hello\r\n\r\n");
    },
  ]) {
    const client = new RawClient(context);
    await client.initialize();
    close(client);
    const end = await client.ended;
    assert.equal(end.code, 1);
    assert.equal(end.stderr, "");
  }
});

test("Node's own channel is guarded in the same way", async (context) => {
  const child = fork(serverBundle, ["--node-ipc"], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  context.after(() => child.kill("SIGKILL"));
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ask = async (message: object) => {
    child.send(message);
    const [answer] = await once(child, "message");
    return answer as { readonly error?: { readonly code: number }; readonly result?: unknown };
  };
  const early = await ask({ jsonrpc: "2.0", id: 1, method: "textDocument/hover", params: hover });
  assert.equal(early.error?.code, codes.notInitialized);
  assert.ok(
    (await ask({ jsonrpc: "2.0", id: 2, method: "initialize", params: { capabilities: {} } })).result,
  );
  const bad = await ask({ jsonrpc: "2.0", id: 3, method: "textDocument/hover", params: null });
  assert.equal(bad.error?.code, codes.invalidParams);
  child.send({ jsonrpc: "2.0", method: "$/cancelRequest", params: null });
  child.disconnect();
  const [code] = await once(child, "exit");
  assert.equal(code, 1);
  assert.equal(stderr, "");
});

test("what is thrown where nobody waits for it is logged, and the server goes on", async (context) => {
  const folder = temporaryFolder(context, {
    "odd.cjs":
      'setTimeout(() => { Promise.reject(new Error("odd\\u202e promise")); throw new Error("odd timer"); }, 0);',
  });
  const environment = { NODE_OPTIONS: `--require ${join(folder, "odd.cjs")}` };
  const client = new RawClient(context, { environment });
  await client.initialize();
  for (const says of [/odd timer/, /odd\\u202e promise/]) {
    await client.message(
      ({ method, params }) => method === "window/logMessage" && says.test(String(params?.message)),
    );
  }
  await assertAnswers(client);
  const end = await client.stop();
  assert.equal(end.code, 0);
  assert.equal(end.stderr, "");
});
