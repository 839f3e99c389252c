import { codeText } from "../../model/code-text.ts";
import { deadlyUses, moduleUses } from "../../model/perl-modules.ts";
import { type PerlText, readPerl } from "../../model/perl-text.ts";
import { Element } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";
import { memo } from "../../text/memo.ts";
import { type Span, shift } from "../../text/span.ts";

/** The Perl of a code section, with the way back to the spec. */
export interface CodeSection {
  readonly perl: PerlText;
  spanOf(start: number, end: number): Span;
}

/** Reads the code in a section once for all rules and as long as the section stays the same. */
export function codeSection(section: Element): CodeSection {
  const { code, perl } = codeIn(section.node);
  return { perl, spanOf: (start, end) => shift(code.spanOf(start, end), section.start) };
}

const codeIn = memo((section: ElementNode) => {
  const code = codeText(new Element(section, 0, undefined));
  return { code, perl: readPerl(code.text) };
});

/** A Perl module that a code section names. */
export interface ModuleMention {
  /** As Perl writes it, such as "Kernel::System::Acme". */
  readonly module: string;
  /** Where its file is, relative to the framework's home. */
  readonly path: string;
  /** True when the name is put together from the package's own, as `'var::packagesetup::' . $Param{…}`. */
  readonly composed: boolean;
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

/**
 * The modules that a section names in code or strings, comments left aside.
 *
 * A setup module is often named after the package the code belongs to, without writing its name; then the name is
 * taken from the context.
 */
export function moduleMentions(section: Element, packageName: string | undefined): readonly ModuleMention[] {
  let known = mentionsKept.get(section.node);
  if (known?.packageName !== packageName || !known) {
    const found = findMentions(new Element(section.node, 0, undefined), packageName);
    known = { packageName, mentions: found };
    mentionsKept.set(section.node, known);
  }
  return known.mentions.map((mention) => ({ ...mention, span: shift(mention.span, section.start) }));
}

const mentionsKept = new WeakMap<
  ElementNode,
  { readonly packageName: string | undefined; readonly mentions: readonly ModuleMention[] }
>();

function findMentions(section: Element, packageName: string | undefined): readonly ModuleMention[] {
  const { perl, spanOf } = codeSection(section);
  const mentions: ModuleMention[] = [];
  const pattern = /\b(?:Kernel(?:::\w+)+|var::packagesetup::(\w*))/g;
  for (const match of perl.withStrings.matchAll(pattern)) {
    const { index } = match;
    const composed = match[1] === "";
    const rest = perl.withStrings.slice(index + match[0].length, index + match[0].length + 200);
    if (composed && !(packageName && namesOwnPackage.test(rest))) continue;
    const module = composed ? match[0] + packageName : match[0];
    mentions.push({
      module,
      path: `${module.replaceAll("::", "/")}.pm`,
      composed,
      span: spanOf(index, index + match[0].length),
    });
  }
  return mentions;
}

/** What follows the text `var::packagesetup::` where the package's own name is added to it. */
const namesOwnPackage = /^['"]\s*\.\s*\$Param\{\s*['"]?Structure['"]?\s*\}(?:->)?\{\s*['"]?Name['"]?\s*\}/;

/** True when a section names a setup module whose name cannot be told. */
export function namesUnknownSetup(section: Element, packageName: string | undefined): boolean {
  const { perl } = codeSection(section);
  for (const match of perl.withStrings.matchAll(/\bvar::packagesetup::(?!\w)/g)) {
    const rest = perl.withStrings.slice(match.index + match[0].length, match.index + match[0].length + 200);
    if (!packageName || !namesOwnPackage.test(rest)) return true;
  }
  return false;
}

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
  const uses = deadlyUses(perl, moduleUses(perl, packageName), isMissing);
  return new Set(uses.map(({ module }) => module));
}

/** The phase a code section runs in as its author meant it, in lower case; `post` when it has none. */
export function codePhase(section: Element): string {
  return (section.value("Type") || "post").toLowerCase();
}
