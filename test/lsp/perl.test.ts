import assert from "node:assert/strict";
import { test } from "node:test";
import type { PerlVerdict } from "../../server/src/host/perl-checker.ts";
import type { Timers } from "../../server/src/host/timers.ts";
import { perlPause } from "../../server/src/lsp/diagnostics.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess } from "../support/server-in-process.ts";

const uri = "untitled:Acme.sopm";
const spec = (code: string) =>
  `<otrs_package version="1.0"><CodeInstall Type="post"><![CDATA[${code}]]></CodeInstall></otrs_package>`;

/** A world in which nobody waits for the end of typing, with a Perl that refuses everything. */
function worldWithPerl() {
  const asked: string[] = [];
  const check = async (code: string): Promise<PerlVerdict> => {
    asked.push(code);
    return { kind: "refused", message: "syntax error", line: 1, near: "" };
  };
  const { timers, ...world } = memoryWorld();
  const at: Timers = {
    ...timers,
    after: (milliseconds, work) =>
      milliseconds === perlPause ? timers.soon(work) : timers.after(milliseconds, work),
  };
  return { world: { ...world, timers: at, perl: () => ({ check }) }, asked };
}

test("code is compiled after a pause where the workspace is trusted", async (t) => {
  const { world, asked } = worldWithPerl();
  const server = await serverInProcess(t, world, { initializationOptions: { trusted: true } });
  await server.open(uri, spec("f(1) f(2);"));
  await server.until(() => server.published(uri)?.includes("code-perl-syntax") === true);
  assert.deepEqual(asked, ["f(1) f(2);"]);
});

test("no code is compiled where it is not, until it is", async (t) => {
  const { world, asked } = worldWithPerl();
  const server = await serverInProcess(t, world, { initializationOptions: { trusted: false } });
  await server.open(uri, spec("f(1) f(2);"));
  await server.until(() => server.published(uri) !== undefined);
  // What comes behind it has its turn when nothing is left to do.
  await server.client.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
  assert.deepEqual(asked, []);
  await server.client.sendNotification("sopm/trust", {});
  await server.until(() => server.published(uri)?.includes("code-perl-syntax") === true);
});
