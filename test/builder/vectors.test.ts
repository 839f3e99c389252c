import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { planArchive } from "../../server/src/builder/plan-archive.ts";
import { refusalKinds } from "../../server/src/builder/refusal.ts";
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

/** Refused by us although the frameworks build them. */
const unsafe = new Set(["e-internal-entity", "e-external-entity", "z11-doctype"]);

/** Refused because a file is missing, which is not seen before it is read; the tests of the archive writer show it. */
const missingFile = /File '.*' doesn't exist!/;

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
    if (run.exitCode !== 0 || !wellFormed || unsafe.has(run.id)) {
      if (run.messages.some((message) => missingFile.test(message))) continue;
      test(`${dialect} refuses ${run.id}`, () => {
        if (problem) return;
        assert.equal(plan.kind, "refused");
        if (plan.kind !== "refused") return;
        const messages = plan.refusals.map(({ id, values }) => english(refusalKinds[id].text, values));
        assert.ok(messages.length > 0);
        const missing = /log: (\w+) not defined/.exec(run.messages.join("\n"))?.[1];
        if (missing && wellFormed && run.messages.length < 3)
          assert.match(messages.join("\n"), new RegExp(missing));
      });
      continue;
    }
    test(`${dialect} builds ${run.id} byte for byte`, () => {
      assert.equal(plan.kind, "archive");
      if (plan.kind !== "archive") return;
      assert.equal(plan.fileName, run.written[0]);
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
