import { codeText } from "../model/code-text.ts";
import { codeFamilies, type PackageSpec } from "../model/package-spec.ts";
import { moduleCalls } from "../perl/module-calls.ts";
import { moduleMentions as mentionsIn } from "../perl/module-mentions.ts";
import { modulePath } from "../perl/module-name.ts";
import { deadlyUses, moduleUses } from "../perl/module-uses.ts";
import { type PerlText, readPerl } from "../perl/perl-text.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import { type Span, shift } from "../text/span.ts";

/** The Perl of a code section, with the way back to the spec. */
export interface CodeSection {
  readonly perl: PerlText;
  spanOf(start: number, end: number): Span;
  /** The place in the Perl of an offset in the spec; undefined where there is none. */
  indexAt(offset: number): number | undefined;
}

/** Reads the code in a section once for all rules and as long as the section stays the same. */
export function codeSection(section: Element): CodeSection {
  const { code, perl } = codeIn(section.node);
  return {
    perl,
    spanOf: (start, end) => shift(code.spanOf(start, end), section.start),
    indexAt: (offset) => code.indexAt(offset - section.start),
  };
}

const codeIn = memo((section: ElementNode) => {
  const code = codeText(new Element(section, 0, undefined));
  return { code, perl: readPerl(code.text) };
});

/** A Perl module that a code section names. */
export interface SectionModule {
  /** As Perl writes it, such as "Kernel::System::Acme". */
  readonly module: string;
  /** Where its file is, relative to the framework's home. */
  readonly path: string;
  readonly span: Span;
}

/**
 * Tells whether the text of a section holds a word at all. Reading it as Perl is only worth while then.
 *
 * @param word without the flags `g` and `y`
 */
export function codeHolds(section: Element, word: RegExp): boolean {
  for (const { node } of section.children()) {
    if (node.kind === "text" && word.test(node.raw)) return true;
    if (node.kind === "cdata" && word.test(node.content)) return true;
  }
  return false;
}

/** The modules that a section names in code or strings, comments left aside. */
export function moduleMentions(section: Element, packageName: string | undefined): readonly SectionModule[] {
  return namesIn(section, packageName).modules.map((each) => ({
    ...each,
    span: shift(each.span, section.start),
  }));
}

/** True when a section names a setup module whose name cannot be told. */
export function namesUnknownSetup(section: Element, packageName: string | undefined): boolean {
  return namesIn(section, packageName).namesUnknownSetup;
}

/** What a section names, with spans relative to its start. */
interface SectionNames {
  readonly modules: readonly SectionModule[];
  readonly namesUnknownSetup: boolean;
}

/**
 * Something about a section, which is found out once for it, until the package is called otherwise.
 *
 * @param find is given the section at offset 0
 */
function untilRenamed<T>(
  find: (section: Element, packageName: string | undefined) => T,
): (section: Element, packageName: string | undefined) => T {
  const kept = new WeakMap<ElementNode, { readonly packageName: string | undefined; readonly found: T }>();
  return ({ node }, packageName) => {
    const known = kept.get(node);
    if (known && known.packageName === packageName) return known.found;
    const found = find(new Element(node, 0, undefined), packageName);
    kept.set(node, { packageName, found });
    return found;
  };
}

const namesIn = untilRenamed((section, packageName): SectionNames => {
  const { perl, spanOf } = codeSection(section);
  const { mentions, namesUnknownSetup } = mentionsIn(perl, packageName);
  const modules = mentions.map(({ module, start, end }) => {
    return { module, path: modulePath(module), span: spanOf(start, end) };
  });
  return { modules, namesUnknownSetup };
});

/** The places where a section cannot do without a module, with offsets of its Perl text. */
export const moduleUsesIn = untilRenamed((section, packageName) =>
  moduleUses(codeSection(section).perl, packageName),
);

/** The methods that a section calls of modules, in the same way. */
export const moduleCallsIn = untilRenamed((section, packageName) =>
  moduleCalls(codeSection(section).perl, moduleUsesIn(section, packageName)),
);

/**
 * The modules that a section surely dies without when none of those meant is there. Of other modules that it mentions
 * nobody knows.
 */
export function surelyNeeded(
  section: Element,
  packageName: string | undefined,
  isMissing: (module: string) => boolean,
): ReadonlySet<string> {
  const { perl } = codeSection(section);
  const uses = deadlyUses(perl, moduleUsesIn(section, packageName), isMissing);
  return new Set(uses.map(({ module }) => module));
}

/**
 * Tells whether code in the spec has a word in it, such as the name of a table. Then what happens to the table cannot
 * be told from the database sections alone.
 */
export function codeMentions(spec: PackageSpec, word: string): boolean {
  const folded = word.toLowerCase();
  return codeFamilies.some((family) => spec.all(family).some((section) => wordsIn(section).has(folded)));
}

/** The words of a code section in lower case, those in comments and texts too. */
export function wordsIn(section: Element): ReadonlySet<string> {
  return wordsKept(section.node, section);
}

const wordsKept = memo(
  (_node: ElementNode, section: Element): ReadonlySet<string> =>
    new Set(section.text.value.toLowerCase().match(/\w+/g)),
);
