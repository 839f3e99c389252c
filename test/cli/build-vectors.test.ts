import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { runCli } from "../support/run-cli.ts";
import { sharedFolder } from "../support/shared.ts";

interface Run {
  readonly id: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  /** Lines of the log and of the console. */
  readonly messages: readonly string[];
  readonly expected?: string;
  /** Names of what was written; the rest is about the one archive of a run that succeeds. */
  readonly written: readonly string[];
  readonly fileMode?: string;
  readonly size?: number;
  readonly sha256?: string;
}

/** Specs that the frameworks build and we never do, with what we say instead. */
const refusedByUs: Readonly<Record<string, RegExp>> = {
  "e-external-entity": /DOCTYPE/,
  "e-internal-entity": /DOCTYPE/,
};

const products = [
  { vectors: "vectors", dialect: "otobo-11" },
  { vectors: "vectors-znuny", dialect: "znuny-7" },
  { vectors: "vectors-otrs-6", dialect: "otrs-6" },
];

const sources = sharedFolder("vectors/build");
for (const { vectors, dialect } of sources ? products : []) {
  const folder = sharedFolder(`${vectors}/build`);
  if (!folder) continue;
  const runs = JSON.parse(readFileSync(join(folder, "results.json"), "utf8")) as Run[];
  for (const run of runs) {
    test(`${dialect} builds ${run.id} as the framework does`, async () => {
      const says = { 0: "Building package...\nDone.\n", 1: "Building package...\n" }[run.exitCode];
      assert.equal(run.stdout, run.id.startsWith("e-arg-") ? "" : says);
      await (run.id.startsWith("e-arg-") ? checkArguments(run) : checkRun(run, folder, dialect));
    });
  }
}

/** Arguments that lead nowhere, with what the framework says of them and how we are asked for the same. */
const badArguments: Readonly<Record<string, readonly [said: RegExp, args: (spec: string) => string[]]>> = {
  "e-arg-sopm-absent": [/^console: File .*nope\.sopm does not exist/, (spec) => [`${spec}.nope.sopm`]],
  "e-arg-target-absent": [
    /^console: Directory \/nonexistent-dir does not exist/,
    (spec) => [spec, "--output", "/nonexistent-dir"],
  ],
  "e-arg-module-dir-absent": [
    /^console: Directory \/nonexistent-dir does not exist/,
    (spec) => [spec, "--base", "/nonexistent-dir"],
  ],
};

async function checkArguments(run: Run): Promise<void> {
  const [said, args] = badArguments[run.id]!;
  assert.equal(run.messages.length, 1);
  assert.match(run.messages[0]!, said);
  const spec = join(sources!, "sources/b01-minimal/b01-minimal.sopm");
  const { code, stderr } = await runCli(["build", ...args(spec), "--force"]);
  assert.notEqual(code, 0);
  assert.equal(run.exitCode, 1);
  assert.match(stderr, /nope\.sopm|nonexistent-dir/);
}

async function checkRun(run: Run, folder: string, dialect: string): Promise<void> {
  const source = join(sources!, run.source);
  const spec = join(source, readdirSync(source).find((name) => name.endsWith(".sopm"))!);
  const output = mkdtempSync(join(tmpdir(), "sopm-vectors-"));
  try {
    const versionAt = run.options.indexOf("--version");
    const { code, stderr } = await runCli([
      ...["build", spec, "--output", output, "--dialect", dialect, "--force", "--strict-schema", "off"],
      ...["--stamp-date", "2000-01-01 00:00:00", "--stamp-host", "referee.example.com"],
      ...(versionAt < 0 ? [] : ["--version", run.options[versionAt + 1]!]),
    ]);
    const written = readdirSync(output);
    const refused =
      refusedByUs[run.id] ?? (isMalformed(stderr) && run.exitCode === 0 ? /well-formed/ : undefined);
    if (refused || run.exitCode !== 0) {
      assert.equal(code, 1);
      assert.deepEqual(written, []);
      assert.match(stderr, refused ?? /\S/);
      const [, missing] = /File '<SRC>\/(.*)' doesn't exist!/.exec(run.messages.join("\n")) ?? [];
      if (missing !== undefined) assert.ok(stderr.includes(missing), stderr);
      return;
    }
    assert.equal(code, 0, stderr);
    assert.deepEqual(written, run.written);
    const path = join(output, written[0]!);
    const bytes = readFileSync(path);
    assert.ok(bytes.equals(expectedArchive(run.expected!, folder)), `${basename(spec)} differs`);
    const { mode, size } = statSync(path);
    if (process.platform !== "win32") assert.equal(`0o${(mode & 0o777).toString(8)}`, run.fileMode);
    assert.equal(size, run.size);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), run.sha256);
  } finally {
    rmSync(output, { recursive: true });
  }
}

/** What Znuny's lenient parser makes of malformed specs is deliberately not built. */
function isMalformed(stderr: string): boolean {
  return stderr.includes("not well-formed");
}

function expectedArchive(name: string, folder: string): Buffer {
  if (name.startsWith("znuny:"))
    return readFileSync(join(folder, "../../vectors-znuny/build", name.slice("znuny:".length)));
  const own = join(folder, name.replace(/^otobo:/, ""));
  if (!name.startsWith("otobo:") && existsSync(own)) return readFileSync(own);
  const otobo = readFileSync(join(sources!, name.replace(/^otobo:/, "")), "latin1");
  return Buffer.from(
    otobo
      .replace("<otobo_package version", "<otrs_package version")
      .replace(/<\/otobo_package>$/, "</otrs_package>"),
    "latin1",
  );
}
