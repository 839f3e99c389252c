import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { FetchProgress } from "../../server/src/host/fetch-file.ts";
import type { Timers } from "../../server/src/host/timers.ts";
import { fetcher } from "../support/fetching.ts";
import { testServer } from "../support/hostile-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("what is fetched is kept, and asked for again only in case it has changed", async (t) => {
  let content = "one";
  const server = await testServer(t, {
    "/tag": ({ headers }, response) => {
      const etag = `"${content}"`;
      if (headers["if-none-match"] === etag) response.writeHead(304, { ETag: etag }).end();
      else response.writeHead(200, { ETag: etag }).end(content);
    },
    "/date": ({ headers }, response) => {
      const date = "Fri, 03 May 2024 10:00:00 GMT";
      response.writeHead(headers["if-modified-since"] === date ? 304 : 200, { "Last-Modified": date }).end();
    },
    "/plain": (_, response) => response.end(content),
  });
  const folder = temporaryFolder(t);
  const { fetch } = fetcher(folder);
  const first = await fetch(`${server.url}/tag`);
  assert.deepEqual([first.isNew, readFileSync(first.path, "utf8")], [true, "one"]);
  const second = await fetch(`${server.url}/tag`);
  assert.deepEqual([second.isNew, second.path], [false, first.path]);
  content = "two";
  const third = await fetch(`${server.url}/tag`);
  assert.deepEqual([third.isNew, readFileSync(third.path, "utf8")], [true, "two"]);
  // Whoever reads the old one still can.
  assert.equal(readFileSync(first.path, "utf8"), "one");
  assert.equal((await fetch(`${server.url}/date`)).isNew, true);
  assert.equal((await fetch(`${server.url}/date`)).isNew, false);
  assert.equal((await fetch(`${server.url}/plain`)).isNew, true);
  assert.equal((await fetch(`${server.url}/plain`)).isNew, true);
  assert.deepEqual(
    server.asked.map(({ headers }) => headers["accept-encoding"]),
    server.asked.map(() => "identity"),
  );
});

test("a server that says that nothing has changed to whom it has sent nothing is refused", async (t) => {
  const server = await testServer(t, { "*": (_, response) => response.writeHead(304).end() });
  assert.equal(await fetcher(temporaryFolder(t)).codeOf(`${server.url}/x`), "web-status");
});

test("more than the limit is neither read nor kept, whether the server says so, lies, or says nothing", async (t) => {
  let sent = 0;
  const piece = Buffer.alloc(65_536, "x");
  const server = await testServer(t, {
    "/said": (_, response) => response.writeHead(200, { "Content-Length": 200_000_000 }).write(piece),
    "/unsaid": (_, response) => {
      // 200 MB, made while somebody takes them.
      const more = () => {
        while (sent < 200_000_000) {
          sent += piece.length;
          if (!response.write(piece)) {
            response.once("drain", more);
            return;
          }
        }
        response.end();
      };
      more();
    },
    "/short": (_, response) => {
      response.writeHead(200, { "Content-Length": 1000 });
      response.write("not all", () => response.destroy());
    },
    "/packed": (_, response) =>
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000))),
  });
  const folder = temporaryFolder(t);
  const { codeOf } = fetcher(folder);
  assert.equal(await codeOf(`${server.url}/said`), "web-too-large");
  assert.equal(await codeOf(`${server.url}/unsaid`), "web-too-large");
  assert.ok(sent < 50_000_000, `${sent} bytes were taken`);
  assert.equal(await codeOf(`${server.url}/short`), "web-cut-off");
  assert.equal(await codeOf(`${server.url}/packed`), "web-packed");
  assert.deepEqual(readdirSync(join(folder, "web")), []);
});

/** Timers that go off when the test says so. */
function handMadeTimers(): Timers & { pass(milliseconds: number): void } {
  const waiting = new Set<{ readonly at: number; readonly work: () => void }>();
  let now = 0;
  return {
    soon: (work) => {
      queueMicrotask(work);
      return () => {};
    },
    after(milliseconds, work) {
      const entry = { at: now + milliseconds, work };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const entry of [...waiting]) {
        if (entry.at > now) continue;
        waiting.delete(entry);
        entry.work();
      }
    },
  };
}

test("a server that is silent is given up, and so is one that only drips", async (t) => {
  const reached: Record<string, () => void> = {};
  const isReached = (path: string) =>
    new Promise<void>((resolve) => {
      reached[path] = resolve;
    });
  let drip = () => {};
  const server = await testServer(t, {
    "/silent": () => reached["/silent"]?.(),
    "/stops": (_, response) => {
      response.write("begun");
    },
    "/drips": (_, response) => {
      drip = () => void response.write("x");
      drip();
    },
  });
  const timers = handMadeTimers();
  const { codeOf } = fetcher(temporaryFolder(t), timers);
  const patience = { silence: 1000, whole: 3000 };

  const silent = isReached("/silent");
  const first = codeOf(`${server.url}/silent`, { patience });
  await silent;
  timers.pass(1000);
  assert.equal(await first, "web-silent");

  let second = Promise.resolve("");
  await new Promise<void>((resolve) => {
    second = codeOf(`${server.url}/stops`, { patience, onProgress: () => resolve() });
  });
  timers.pass(1000);
  assert.equal(await second, "web-silent");

  const drips: number[] = [];
  const third = codeOf(`${server.url}/drips`, {
    patience,
    onProgress: ({ received }: FetchProgress) => {
      drips.push(received);
      timers.pass(900);
      drip();
    },
  });
  assert.equal(await third, "web-slow");
  assert.ok(drips.length >= 3 && drips.length <= 5, String(drips));
});

test("who has asked may end it, before and meanwhile", async (t) => {
  const controller = new AbortController();
  const server = await testServer(t, { "*": () => controller.abort() });
  const { codeOf } = fetcher(temporaryFolder(t));
  assert.equal(await codeOf(`${server.url}/x`, { signal: controller.signal }), "web-cancelled");
  assert.equal(await codeOf(`${server.url}/x`, { signal: controller.signal }), "web-cancelled");
  assert.equal(server.asked.length, 1);
});

test("redirects are followed in the web, a few times, and nowhere else", async (t) => {
  const to = (location: string | undefined, status = 302) =>
    ((_, response) =>
      response.writeHead(status, location === undefined ? {} : { Location: location }).end()) as Parameters<
      typeof testServer
    >[1][string];
  const server = await testServer(t, {
    "/good": to("/target", 301),
    "/target": (_, response) => response.end("here"),
    "/circle": to("/circle", 307),
    "/file": to("file:///etc/passwd"),
    "/data": to("data:text/plain,hello"),
    "/ftp": to("ftp://127.0.0.1/x"),
    "/nowhere": to(undefined),
    "/broken": to("http://["),
    "/many": to("/circle", 308),
  });
  const { fetch, codeOf } = fetcher(temporaryFolder(t));
  assert.equal(readFileSync((await fetch(`${server.url}/good`)).path, "utf8"), "here");
  assert.equal(await codeOf(`${server.url}/circle`), "web-redirects");
  assert.ok(server.asked.length < 12);
  for (const path of ["file", "data", "ftp", "nowhere", "broken"])
    assert.equal(await codeOf(`${server.url}/${path}`), "web-redirect", path);
});

test("a name that somebody else gives does not lead to this computer, whatever it resolves to", async (t) => {
  const server = await testServer(t, { "*": (_, response) => response.end("secret") });
  const { codeOf } = fetcher(temporaryFolder(t));
  // As a redirect to a name whose number is that of this computer would be followed.
  assert.equal(await codeOf(`http://localhost:${server.port}/x`, { mayBeLocal: false }), "web-unreachable");
  assert.deepEqual(server.asked, []);
});

test("a header is sent to whom it is for, and no redirect takes it elsewhere", async (t) => {
  const other = await testServer(t, { "*": (_, response) => response.end("other") });
  const server = await testServer(t, {
    "/znuny/otrs.xml": (_, response) => response.end("index"),
    "/znuny/away": (_, response) => response.writeHead(302, { Location: `${other.url}/x` }).end(),
    "/znuny/up": (_, response) => response.writeHead(302, { Location: "/elsewhere" }).end(),
    "/elsewhere": (_, response) => response.end("elsewhere"),
  });
  const { fetch } = fetcher(temporaryFolder(t));
  const headers = [{ address: `${server.url}/znuny`, key: "Authorization", value: "Bearer abc" }];
  for (const path of ["otrs.xml", "away", "up"]) await fetch(`${server.url}/znuny/${path}`, { headers });
  const sent = [...server.asked, ...other.asked].map(({ url, headers }) => [url, headers.authorization]);
  assert.deepEqual(sent, [
    ["/znuny/otrs.xml", "Bearer abc"],
    ["/znuny/away", "Bearer abc"],
    ["/znuny/up", "Bearer abc"],
    ["/elsewhere", undefined],
    ["/x", undefined],
  ]);
});

test("a server that wants to know who asks is asked once", async (t) => {
  const server = await testServer(t, {
    "*": (_, response) => response.writeHead(401, { "WWW-Authenticate": "Basic" }).end(),
  });
  assert.equal(await fetcher(temporaryFolder(t)).codeOf(`${server.url}/x`), "web-unauthorized");
  assert.equal(server.asked.length, 1);
});

test("what is not there, or not given, is told by its kind", async (t) => {
  const server = await testServer(t, {
    "/gone": (_, response) => response.writeHead(410).end(),
    "/broken": (_, response) => response.writeHead(500).end(),
    "/empty": (_, response) => response.writeHead(204).end(),
    "/garbage": ({ socket }) => socket.end("what? HTTP\r\n\r\n"),
    "/nothing": ({ socket }) => socket.destroy(),
  });
  const { codeOf } = fetcher(temporaryFolder(t));
  const found: Record<string, string> = {};
  for (const path of ["absent", "gone", "broken", "empty", "garbage", "nothing"])
    found[path] = await codeOf(`${server.url}/${path}`);
  assert.deepEqual(found, {
    absent: "web-missing",
    gone: "web-missing",
    broken: "web-status",
    empty: "web-status",
    garbage: "web-unreachable",
    nothing: "web-unreachable",
  });
});

/** A certificate that nobody has signed but its owner; undefined where nobody can make one. */
function ownCertificate(folder: string): { readonly key: string; readonly cert: string } | undefined {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2"];
  try {
    execFileSync("openssl", [...words, "-subj", "/CN=example.com"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

test("a certificate that nobody vouches for is refused", async (t) => {
  const folder = temporaryFolder(t);
  const certificate = ownCertificate(folder);
  // Without openssl there is nothing to be wrong about.
  if (!certificate) return;
  const server = await testServer(t, { "*": (_, response) => response.end("secret") }, certificate);
  assert.equal(await fetcher(folder).codeOf(`${server.url}/x`), "web-certificate");
  assert.deepEqual(server.asked, []);
});
