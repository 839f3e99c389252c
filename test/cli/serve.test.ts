import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("a folder is served until it is ended, and how to enter it is told", async (t) => {
  const folder = join(temporaryFolder(t), "offers");
  mkdirSync(folder);
  const child = spawn(process.execPath, [cliBundle, "serve", folder, "--port", "0"], {
    env: cliEnvironment(),
  });
  t.after(() => child.kill("SIGKILL"));
  let text = "";
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (text.includes("RepositoryRoot")) resolve();
    });
  });
  const [url] = /^http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  assert.ok(url, text);
  assert.ok(
    text.includes(`$Self->{'Package::RepositoryList'} = [ { Name => 'SOPM', URL => '${url}' } ];`),
    text,
  );
  assert.ok(text.includes(`$Self->{'Package::RepositoryList'} = { '${url}' => 'SOPM' };`), text);
  assert.ok(text.includes(`$Self->{'Package::RepositoryRoot'} = [ '${url}/root.xml' ];`), text);
  const status = await new Promise((resolve) => {
    get(`${url}/otrs.xml`, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  assert.equal(status, 200);
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  child.kill("SIGINT");
  assert.deepEqual(await ended, { code: 0, signal: null });
});

test("what cannot be served is told", async (t) => {
  const folder = temporaryFolder(t);
  const port = await runCli(["serve", folder, "--port", "eighty"]);
  assert.deepEqual([port.code, port.stderr], [2, "sopm: “eighty” is no port; name a number up to 65535.\n"]);
  const absent = await runCli(["serve", join(folder, "absent")]);
  assert.equal(absent.code, 2);
  assert.match(absent.stderr, /There is no folder/);
});
