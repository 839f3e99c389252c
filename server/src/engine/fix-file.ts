import { fixesTogether } from "../rules/fix-together.ts";
import type { Finding } from "../rules/rule.ts";
import { edited, type TextEdit } from "../text/edit.ts";
import { encodeLike } from "../text/encode.ts";
import type { LintSettings } from "./lint.ts";
import { type LintedFile, type LintFileOptions, type LintWorld, lintFile } from "./lint-file.ts";

/** A file with the fixes in it that are made when nobody is asked; nothing has been written. */
export interface FixedFile {
  /** What is found in it afterwards. */
  readonly linted: LintedFile;
  /** What was in the file, and what is to be; the same object where nothing changes. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** How many fixes were made. */
  readonly fixed: number;
  /** False where there was something to fix that cannot be written in the encoding of the file. */
  readonly isEncodable: boolean;
}

/**
 * Makes all fixes in a text that are made when nobody is asked, again and again until there are none. Those of a rule that
 * come to no end are left out, so that the result is always one in which nothing is left to be fixed.
 *
 * @param path undefined for what lies in no file
 */
export async function fixFile(
  path: string | undefined,
  settings: LintSettings,
  world: LintWorld,
  { bytes: before, ...options }: LintFileOptions & { readonly bytes: Uint8Array },
): Promise<FixedFile> {
  const first = await lintFile(path, settings, world, { ...options, bytes: before });
  const endless = new Set<string>();
  for (;;) {
    const run = await fixWithout(endless, path, settings, world, { ...options, bytes: before }, first);
    if ("after" in run) return { ...run, before };
    for (const rule of run.endless) endless.add(rule);
  }
}

/** No text needs so many rounds whose fixes come to an end. */
const mostRounds = 12;

/** @returns the rules whose fixes come to no end, where there are any */
async function fixWithout(
  leftOut: ReadonlySet<string>,
  path: string | undefined,
  settings: LintSettings,
  world: LintWorld,
  options: LintFileOptions & { readonly bytes: Uint8Array },
  first: LintedFile,
): Promise<Omit<FixedFile, "before"> | { readonly endless: ReadonlySet<string> }> {
  const seen = new Map([[first.tree.source.toString(), 0]]);
  const mendedIn: ReadonlySet<string>[] = [];
  let [linted, after, fixed] = [first, options.bytes, 0];
  for (;;) {
    const wanted = linted.findings.filter(({ rule }) => !leftOut.has(rule));
    const { edits, mended } = fixesTogether(wanted);
    // What nobody can read nobody can write either.
    if (mended.length === 0 || !linted.isReadable) return { linted, after, fixed, isEncodable: true };
    const was = linted.tree.source.toString();
    const text = edited(was, withLineBreaksOf(was, edits));
    const next = encodeLike(after, text);
    if (!next) return { linted, after, fixed, isEncodable: false };
    mendedIn.push(rulesOf(mended));
    const since = mendedIn.length > mostRounds ? mendedIn.length - 1 : seen.get(text);
    if (since !== undefined)
      return { endless: new Set(mendedIn.slice(since).flatMap((rules) => [...rules])) };
    seen.set(text, mendedIn.length);
    const checked = await lintFile(path, settings, world, { ...options, bytes: next });
    // None of them is meant to damage a text.
    if (checked.tree.problems.length > linted.tree.problems.length) return { endless: rulesOf(mended) };
    [linted, after, fixed] = [checked, next, fixed + mended.length];
  }
}

function rulesOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ rule }) => rule));
}

/** Edits are written with LF; a text with CRLF keeps to it. */
function withLineBreaksOf(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  if (!text.includes("\r\n")) return edits;
  return edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, "\r\n") }));
}
