import { codeFamilies, type PackageSpec } from "../model/package-spec.ts";
import { settingReads } from "../perl/setting-reads.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import { shift } from "../text/span.ts";
import { codeHolds, codeSection, moduleCallsIn, moduleMentions } from "./code-section.ts";
import type { PackageSymbol } from "./symbol.ts";

/** The modules, subs and settings that code sections name. */
export function* codeSymbols(
  spec: PackageSpec,
  wanted: (symbol: PackageSymbol) => boolean,
): Iterable<PackageSymbol> {
  for (const section of spec.sections(codeFamilies))
    for (const symbol of sectionSymbols(section, spec.name)) if (wanted(symbol)) yield symbol;
}

/** Whether an element of this name is a section of code. */
export function isCodeFamily(name: string): boolean {
  return (codeFamilies as readonly string[]).includes(name);
}

/** The names in a section of code. */
export function sectionSymbols(section: Element, packageName: string | undefined): readonly PackageSymbol[] {
  return [
    ...moduleMentions(section, packageName).map(
      ({ module, span }): PackageSymbol => used("module", module, undefined, span),
    ),
    ...subsIn(section, packageName),
    ...settingsIn(section.node).map((symbol) => ({ ...symbol, span: shift(symbol.span, section.start) })),
  ];
}

function subsIn(section: Element, packageName: string | undefined): readonly PackageSymbol[] {
  if (!codeHolds(section, /->/)) return [];
  const { spanOf } = codeSection(section);
  return moduleCallsIn(section, packageName).map(({ module, sub, end }) =>
    used("sub", sub, module, spanOf(end - sub.length, end)),
  );
}

/** With spans relative to the start of the section. */
const settingsIn = memo((node: ElementNode): readonly PackageSymbol[] => {
  const { perl, spanOf } = codeSection(new Element(node, 0, undefined));
  return settingReads(perl).map(({ name, index }) =>
    used("setting", name, undefined, spanOf(index, index + name.length)),
  );
});

function used(
  kind: PackageSymbol["kind"],
  name: string,
  owner: string | undefined,
  span: PackageSymbol["span"],
): PackageSymbol {
  return { kind, name, owner, role: "used", span };
}
