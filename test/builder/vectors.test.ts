import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { type RefusalId, refusalKinds } from "../../server/src/builder/refusal.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { archiveText } from "../support/archive-text.ts";
import { contentsBelow } from "../support/contents-below.ts";
import { sharedFolder } from "../support/shared.ts";

/** What a framework's own build command did with a source. */
interface Run {
  readonly id: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly exitCode: number;
  readonly messages: readonly string[];
  /**
   * Relative to the folder of the results; `otobo:…` is the archive of OTOBO with another root element, `znuny:…` that
   * of Znuny.
   */
  readonly expected?: string;
  readonly written: readonly string[];
}

const stamp = { date: "2000-01-01 00:00:00", host: "referee.example.com" };

/** Refused by us although the frameworks build them, with why. */
const unsafe: Readonly<Record<string, RefusalId>> = {
  "e-internal-entity": "doctype",
  "e-external-entity": "doctype",
  "z11-doctype": "doctype",
};

/**
 * What the frameworks log and print while they build, with what we refuse for it. Each line has to be known. Of
 * a document that nothing was read from they say in the end that it has no Vendor.
 */
const messageRows: readonly (readonly [line: RegExp, refusal?: RefusalId])[] = [
  [/^perl warning: /],
  [/^log: (?:C-Parser: |XML::Parser had errors)/],
  [/^log: Invalid file\/location '.*' in PackageParse\(\)!$/],
  [/^log: Invalid XMLParse in PackageParse\(\)!$/, "malformed"],
  [/^log: Invalid package structure in PackageParse\(\)!$/, "no-known-tag"],
  [/^log: (?<name>Vendor|License|Description) not defined!$/, "missing-element"],
  [/^log: Can't write '<OUT>\/.*\/.*': /, "name-leads-outside"],
  // A missing file is not seen before it is read; the tests of the command and of the archive writer show it.
  [/^log: File '<SRC>\/.*' doesn't exist!$/],
  [
    /^console: Package is not built because the flag PackageIsDownloadable is set to 0\.$/,
    "not-downloadable",
  ],
  [/^console: Package cannot be built\.$/, "not-downloadable"],
  [/^console: (?:Package build failed|File .*could not be written)\.$/],
];

/** Why a run was refused, as our refusals with what they name; empty for one that was not, or lacks a file. */
function refusalsIn({ messages }: Run): readonly string[] {
  const refusals = messages.flatMap((line) => {
    const row = messageRows.find(([pattern]) => pattern.test(line));
    assert.ok(row, `a message that no pattern knows: ${line}`);
    const [pattern, id] = row;
    const { name } = pattern.exec(line)?.groups ?? {};
    return id === undefined ? [] : [name === undefined ? id : `${id} ${name}`];
  });
  const isNothingRead = refusals.some((each) => each === "malformed" || each === "no-known-tag");
  return isNothingRead ? refusals.filter((each) => each !== "missing-element Vendor") : refusals;
}

const otobo = sharedFolder("vectors/build");
const znuny = sharedFolder("vectors-znuny");
if (otobo) checkRuns(otobo, otobo, "otobo-11");
if (otobo && znuny) {
  checkRuns(join(znuny, "build"), otobo, "znuny-7");
  checkRuns(join(znuny, "extra/build"), join(znuny, "extra/build"), "znuny-7");
  const otrs = sharedFolder("vectors-otrs-6/build");
  if (otrs) checkRuns(otrs, otobo, "otrs-6");
}

function checkRuns(results: string, sources: string, dialect: DialectId): void {
  const runs = JSON.parse(readFileSync(join(results, "results.json"), "utf8")) as Run[];
  for (const run of runs) {
    const folder = join(sources, run.source);
    if (!existsSync(folder)) continue;
    const spec = readdirSync(folder).find((name) => name.endsWith(".sopm"))!;
    const { text, problem } = decodeText(readFileSync(join(folder, spec)));
    const tree = SyntaxTree.parse(text);
    const version = run.options.at(run.options.indexOf("--version") + 1);
    const options = {
      mode: "framework",
      release: dialect,
      stamp,
      version: run.options.length > 0 ? version : undefined,
    } as const;
    const plan = planArchive(tree, options);

    // What the lenient parser of Znuny makes of such a text is not built on purpose.
    const wellFormed = tree.isWellFormed && !problem;
    const refusals = refusalsIn(run);
    const ownRefusal = unsafe[run.id];
    if (refusals.length > 0 || !wellFormed || ownRefusal !== undefined) {
      test(`${dialect} refuses ${run.id}`, () => {
        // What is no UTF-8 is refused before it is planned, as not well-formed.
        if (problem) return assert.deepEqual([refusals.length, run.exitCode], [1, 1]);
        assert.equal(plan.kind, "refused");
        if (plan.kind !== "refused") return;
        const own = plan.refusals.map(({ id, values }) => (values.name ? `${id} ${values.name}` : id));
        if (ownRefusal !== undefined) assert.deepEqual(own, [ownRefusal]);
        else if (run.exitCode !== 0) assert.deepEqual(own, refusals);
        for (const { id, values } of plan.refusals) {
          const { text, byFramework } = refusalKinds[id];
          assert.equal(byFramework || id === "name-leads-outside", run.exitCode !== 0, "who refuses");
          assert.equal(/SOPM never does/.test(english(text, values)), !byFramework, "and it is said");
        }
      });
      continue;
    }
    if (run.exitCode !== 0) continue;
    test(`${dialect} builds ${run.id} byte for byte`, () => {
      assert.equal(plan.kind, "archive");
      if (plan.kind !== "archive") return;
      assert.equal(run.exitCode, 0);
      assert.deepEqual([plan.fileName], run.written);
      const place = run
        .expected!.replace("otobo:", "../../vectors/build/")
        .replace("znuny:", "../../vectors-znuny/build/");
      const expected = readFileSync(join(results, place));
      const text = expected.toString("utf8");
      const wanted = run.expected!.startsWith("otobo:")
        ? text.replaceAll("otobo_package", "otrs_package")
        : text;
      assert.equal(archiveText(plan.parts, contentsBelow(folder)), wanted);
    });
  }
}

// The sources of the recorded operations, whose archives the build commands wrote too.
for (const [root, dialect] of [
  [sharedFolder("vectors/lifecycle"), "otobo-11"],
  [znuny && join(znuny, "extra/lifecycle"), "znuny-7"],
] as const) {
  if (!root) continue;
  for (const id of readdirSync(join(root, "packages"))) {
    const archive = join(root, "opm", `${id}.opm`);
    if (!existsSync(archive)) continue;
    const folder = join(root, "packages", id);
    const spec = readdirSync(folder).find((name) => name.endsWith(".sopm"))!;
    test(`${dialect} builds the operations' package ${id} byte for byte`, () => {
      const tree = SyntaxTree.parse(readFileSync(join(folder, spec), "utf8"));
      const plan = planArchive(tree, { mode: "framework", release: dialect, stamp });
      assert.equal(plan.kind, "archive");
      if (plan.kind !== "archive") return;
      assert.equal(archiveText(plan.parts, contentsBelow(folder)), readFileSync(archive, "utf8"));
    });
  }
}
