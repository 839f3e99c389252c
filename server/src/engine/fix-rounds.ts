import { fixesTogether } from "../rules/fix-together.ts";
import type { Finding } from "../rules/rule.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { edited, type TextEdit } from "../text/edit.ts";

/** A text with what is wrong with it. */
export interface Checked {
  readonly tree: SyntaxTree;
  readonly findings: readonly Finding[];
}

export interface FixRounds<T extends Checked> {
  /** What is left. */
  readonly checked: T;
  /** How many fixes were made. */
  readonly fixed: number;
  /** True where there was something to fix, but `check` did not take the text; the fixes of other rules were made. */
  readonly isStuck: boolean;
}

/**
 * Makes all fixes in a text that are made when nobody is asked, again and again until there are none. Those of a rule that
 * come to no end are left out, so that the result is always one in which nothing is left to be fixed.
 *
 * @param check looks for what is wrong with another text; undefined for one that cannot be
 */
export async function fixInRounds<T extends Checked>(
  first: T,
  check: (text: string) => Promise<T | undefined>,
): Promise<FixRounds<T>> {
  const endless = new Set<string>();
  for (;;) {
    const run = await fixWithout(endless, first, check);
    if ("checked" in run) return run;
    for (const rule of run.endless) endless.add(rule);
  }
}

/** No text needs so many rounds whose fixes come to an end. */
const mostRounds = 12;

/** @returns the rules whose fixes come to no end, where there are any */
async function fixWithout<T extends Checked>(
  leftOut: ReadonlySet<string>,
  first: T,
  check: (text: string) => Promise<T | undefined>,
): Promise<FixRounds<T> | { readonly endless: ReadonlySet<string> }> {
  const seen = new Map([[first.tree.source.toString(), 0]]);
  const mendedIn: ReadonlySet<string>[] = [];
  const refused = new Set<string>();
  let [checked, fixed] = [first, 0];
  for (;;) {
    const wanted = checked.findings.filter(({ rule }) => !leftOut.has(rule) && !refused.has(rule));
    const { edits, mended } = fixesTogether(wanted);
    if (mended.length === 0) return { checked, fixed, isStuck: refused.size > 0 };
    const was = checked.tree.source.toString();
    const textWith = (all: readonly TextEdit[]) => edited(was, withLineBreaksOf(was, all));
    const text = textWith(edits);
    mendedIn.push(rulesOf(mended));
    const since = mendedIn.length > mostRounds ? mendedIn.length - 1 : seen.get(text);
    if (since !== undefined)
      return { endless: new Set(mendedIn.slice(since).flatMap((rules) => [...rules])) };
    seen.set(text, mendedIn.length);
    const next = await check(text);
    if (!next) {
      // What the others mend can be mended all the same.
      const before = refused.size;
      for (const rule of rulesOf(mended)) {
        const own = fixesTogether(mended.filter((finding) => finding.rule === rule));
        if (!(await check(textWith(own.edits)))) refused.add(rule);
      }
      if (refused.size === before) return { checked, fixed, isStuck: true };
      continue;
    }
    // None of them is meant to damage a text.
    if (next.tree.problems.length > checked.tree.problems.length) return { endless: rulesOf(mended) };
    [checked, fixed] = [next, fixed + mended.length];
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
