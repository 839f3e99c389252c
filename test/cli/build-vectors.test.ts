import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
  readonly expected?: string;
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
  for (const run of runs.filter(({ id }) => !id.startsWith("e-arg-"))) {
    test(`${dialect} builds ${run.id} as the framework does`, async () => checkRun(run, folder, dialect));
  }
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
      return;
    }
    assert.equal(code, 0, stderr);
    assert.equal(written.length, 1);
    const expected = expectedArchive(run.expected!, folder);
    assert.ok(readFileSync(join(output, written[0]!)).equals(expected), `${basename(spec)} differs`);
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
