import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { serveRepository } from "../../server/src/engine/serve-repository.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function archive(name: string, version: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"><Name>${name}</Name>` +
    `<Version>${version}</Version><Vendor>V</Vendor><License>L</License>` +
    '<Description Lang="en">D</Description><Framework>7.1.x</Framework></otrs_package>\n'
  );
}

async function served(t: TestContext) {
  const parent = temporaryFolder(t, { "secret.opm": "secret", "secret.txt": "secret" });
  const folder = join(parent, "offers");
  mkdirSync(join(folder, "below"), { recursive: true });
  writeFileSync(join(folder, "A-1.0.0.opm"), archive("A", "1.0.0"));
  writeFileSync(join(folder, "below/B b-1.0.0.opm"), archive("B", "1.0.0"));
  writeFileSync(join(folder, "notes.txt"), "private");
  writeFileSync(join(folder, ".hidden"), "private");
  const leftOut: string[] = [];
  const world = nodeWorld();
  const answer = serveRepository(
    { folder, name: "Ours & others", onLeftOut: ({ text, values }) => leftOut.push(english(text, values)) },
    world,
  );
  const server = await world.webServers!.listen(0, answer);
  t.after(() => server.stop());
  /** As it is written, without being made into an address first. */
  const ask = (path: string, options: { method?: string; headers?: Record<string, string> } = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
      (resolve, reject) => {
        const asked = request(
          { host: "127.0.0.1", port: server.port, path, ...options },
          async (response) => {
            const pieces: Buffer[] = [];
            for await (const piece of response) pieces.push(piece);
            const text = Buffer.concat(pieces).toString();
            resolve({ status: response.statusCode!, headers: response.headers, text });
          },
        );
        asked.on("error", reject).end();
      },
    );
  return { parent, folder, ask, leftOut, port: server.port };
}

test("frameworks find an index under their own names, archives, and a document that lists it", async (t) => {
  const { ask, folder, port } = await served(t);
  const otrs = await ask("/otrs.xml");
  assert.equal(otrs.status, 200);
  assert.match(otrs.text, /<otrs_package_list version="1.0">/);
  assert.deepEqual(
    [...otrs.text.matchAll(/<File>(.*)<\/File>/g)].map((each) => each[1]),
    ["A-1.0.0.opm", "below/B b-1.0.0.opm"],
  );
  assert.match((await ask("/otobo.xml")).text, /<otobo_package_list version="1.0">/);
  const file = await ask("/A-1.0.0.opm");
  assert.equal(file.text, readFileSync(join(folder, "A-1.0.0.opm"), "utf8"));
  assert.equal(file.headers["content-length"], String(file.text.length));
  assert.equal((await ask("/below/B%20b-1.0.0.opm")).status, 200);
  const root = await ask("/root.xml");
  assert.match(root.text, new RegExp(`<Name>Ours &amp; others</Name><URL>http://127.0.0.1:${port}</URL>`));
});

test("the index follows the archives, and what has not changed is not sent again", async (t) => {
  const { ask, folder } = await served(t);
  const first = await ask("/otrs.xml");
  const known = { headers: { "if-none-match": String(first.headers.etag) } };
  assert.deepEqual([(await ask("/otrs.xml", known)).status, (await ask("/otrs.xml", known)).text], [304, ""]);
  writeFileSync(join(folder, "C-1.0.0.opm"), archive("C", "1.0.0"));
  const second = await ask("/otrs.xml", known);
  assert.equal(second.status, 200);
  assert.match(second.text, /<Name>C<\/Name>/);
});

test("an archive that cannot be listed is left out and told, and the others stay", async (t) => {
  const { ask, folder, leftOut } = await served(t);
  writeFileSync(join(folder, "broken.opm"), "no XML at all");
  writeFileSync(join(folder, "poor.opm"), "<otrs_package><Name>P</Name></otrs_package>");
  writeFileSync(join(folder, "a&b.opm"), archive("X", "1.0.0"));
  for (const _ of [1, 2]) assert.equal((await ask("/otrs.xml")).text.match(/<Package>/g)?.length, 2);
  assert.deepEqual(leftOut.sort(), [
    "“a&b.opm” is left out of the index, which its name would break.",
    "“broken.opm” is left out of the index, because no package can be read out of it.",
    "“poor.opm” is left out of the index, because it has no Version.",
  ]);
});

test("nothing else is given, however it is asked for", async (t) => {
  const { ask, folder, parent } = await served(t);
  symlinkSync(join(parent, "secret.opm"), join(folder, "link.opm"));
  symlinkSync(parent, join(folder, "up"));
  for (const path of [
    "/",
    "//",
    "/below",
    "/below/",
    "/notes.txt",
    "/.hidden",
    "/absent.opm",
    "/link.opm",
    "/up/secret.opm",
    "/../secret.opm",
    "/below/../../secret.opm",
    "/%2e%2e/secret.opm",
    "/..%2fsecret.opm",
    "/..%5csecret.opm",
    "/..\\secret.opm",
    `/${parent}/secret.opm`,
    "/A-1.0.0.opm/",
    "/A-1.0.0.opm%00.txt",
    "/./A-1.0.0.opm",
    "/%zz",
    "http://127.0.0.1/A-1.0.0.opm",
    "*",
  ]) {
    const { status, text } = await ask(path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    assert.equal(text, "", path);
  }
});

test("only reading is answered, and only who calls this computer by its own name", async (t) => {
  const { ask } = await served(t);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "TRACE"])
    assert.equal((await ask("/otrs.xml", { method })).status, 405, method);
  const head = await ask("/otrs.xml", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
  assert.ok(Number(head.headers["content-length"]) > 100);
  for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "a b"])
    assert.equal((await ask("/otrs.xml", { headers: { Host: host } })).status, 403, host);
  for (const host of ["localhost:80", "[::1]:80", "127.0.0.1"])
    assert.equal((await ask("/otrs.xml", { headers: { Host: host } })).status, 200, host);
});

test("who says no HTTP is hung up on, and the others are served", async (t) => {
  const { ask, port } = await served(t);
  const said = await new Promise<string>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("\u0000\u0001 garbage\r\n\r\n"));
    let text = "";
    socket.on("data", (piece) => {
      text += piece;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
  });
  assert.match(said, /^HTTP\/1\.1 400/);
  assert.equal((await ask("/otrs.xml")).status, 200);
});

test("a port that is taken is told of", async (t) => {
  const { port } = await served(t);
  const other = nodeWorld().webServers!.listen(port, async () => ({ status: 200, headers: {} }));
  await assert.rejects(other, /cannot be listened on: EADDRINUSE/);
});
