import { moduleCalls } from "../perl/module-calls.ts";
import { moduleMentions } from "../perl/module-mentions.ts";
import { moduleIn, modulePlaces } from "../perl/module-name.ts";
import { moduleUses } from "../perl/module-uses.ts";
import { readPerl } from "../perl/perl-text.ts";
import { settingReads } from "../perl/setting-reads.ts";
import { ownCalls, writtenNames } from "../perl/written-subs.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import type { PackageSymbol, SymbolKind, SymbolName, SymbolRole } from "./symbol.ts";

/** What a file of a package is read as for its names; undefined for one that is not read. */
export type NamedFileKind = "settings" | "perl";

/** @param path relative to the framework's home */
export function namedFileKind(path: string): NamedFileKind | undefined {
  return namedFilePath.test(path) ? (path.endsWith(".pm") ? "perl" : "settings") : undefined;
}

/** The paths of settings files and setup modules, whose names concern the spec that lists them. */
export const namedFilePath = /^(?:Kernel\/Config\/Files\/.*\.xml|var\/packagesetup\/.*\.pm)$/s;

/** The paths, relative to the framework's home, of the file that a name stands for; none for names of other kinds. */
export function pathsOfName({ kind, name }: SymbolName): readonly string[] {
  if (kind === "module") return modulePlaces(name);
  return kind === "file" ? [name] : [];
}

/** What a path stands for, which is a module if Perl looks for one there. */
export function nameOfPath(path: string): SymbolName {
  const module = moduleIn(path);
  return module === undefined
    ? { kind: "file", name: path, owner: undefined }
    : { kind: "module", name: module, owner: undefined };
}

/** The settings that a settings file defines, and the modules that it names. */
export const settingsFileSymbols = memo(({ root }: SyntaxTree): readonly PackageSymbol[] => {
  if (!root) return [];
  const symbols: PackageSymbol[] = [];
  for (const element of root.descendants()) {
    const name = settingElements.has(element.name) ? element.attribute("Name") : undefined;
    if (name && name.value !== "") symbols.push(symbol("setting", name.value, "defined", name.valueSpan));
    if (element.node.content.blocks.length === 0 || element.elements.length > 0) continue;
    const { value, span } = element.trimmedText;
    // A name that is written with references has no place of its own.
    if (moduleText.test(value) && span.end - span.start === value.length)
      symbols.push(symbol("module", value, "used", span));
  }
  return symbols;
});

/** In format 2.0 and in 1.0. */
const settingElements: ReadonlySet<string> = new Set(["Setting", "ConfigItem"]);
const moduleText = /^(?:Kernel(?:::\w+)+|var::packagesetup::\w+)$/;

/** The modules and subs that a file of Perl is made of, and what it names. */
export function perlFileSymbols(source: string): readonly PackageSymbol[] {
  const perl = readPerl(source);
  const written = writtenNames(perl);
  const own = written.find(({ module }) => module !== undefined)?.module;
  const uses = moduleUses(perl, undefined);
  const spanned = (start: number, name: string) => ({ start, end: start + name.length });
  return [
    ...written.map(({ module, sub, start, end }) =>
      sub === undefined
        ? symbol("module", module ?? "", "defined", { start, end })
        : symbol("sub", sub, "defined", { start, end }, module),
    ),
    ...moduleMentions(perl, undefined)
      .mentions.filter(({ start }) => !written.some((each) => each.start === start))
      .map(({ module, start, end }) => symbol("module", module, "used", { start, end })),
    ...moduleCalls(perl, uses).map(({ module, sub, end }) =>
      symbol("sub", sub, "used", { start: end - sub.length, end }, module),
    ),
    ...ownCalls(perl).map(({ sub, start }) => symbol("sub", sub, "used", spanned(start, sub), own)),
    ...settingReads(perl).map(({ name, index }) => symbol("setting", name, "used", spanned(index, name))),
  ];
}

function symbol(
  kind: SymbolKind,
  name: string,
  role: SymbolRole,
  span: PackageSymbol["span"],
  owner?: string,
): PackageSymbol {
  return { kind, name, owner, role, span };
}
