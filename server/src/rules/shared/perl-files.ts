import type { PackageSpec } from "../../model/package-spec.ts";
import { modulePath } from "../../perl/module-name.ts";
import type { ModuleUse } from "../../perl/module-uses.ts";
import { perlFile } from "../../perl/perl-file.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { Span } from "../../text/span.ts";
import type { NamedText } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { listedTexts } from "./listed-texts.ts";

const perlPath = /\.(?:pm|pl|t)$/;

/** The Perl files that a spec lists, as far as the disk has told what is in them. */
export function perlFiles(spec: PackageSpec, context: RuleContext): Iterable<NamedText> {
  return listedTexts(spec, context, perlPath);
}

/** Where Perl looks for a module, below the home. */
export const searchFolders = ["Custom/", "", "Kernel/cpan-lib/"];

/** The file of a module that the package lists; undefined for modules of others. */
export function listedModule(spec: PackageSpec, module: string): string | undefined {
  const path = modulePath(module);
  return searchFolders.map((folder) => folder + path).find((each) => fileList(spec).has(each));
}

/**
 * The subs that are written in a module, in their order: none for one that the package does not list, undefined while the
 * disk has not told what is in it.
 */
export function listedSubs(
  spec: PackageSpec,
  module: string,
  { folder }: RuleContext,
): readonly string[] | undefined {
  const path = listedModule(spec, module);
  if (path === undefined || !folder.textOf) return [];
  const text = folder.textOf(path);
  return text === undefined ? undefined : [...perlFile(text).definition.subs];
}

/** Whether the package brings a module, or has it beside the spec, where another rule asks to list it. */
export function hasModule(spec: PackageSpec, module: string, { folder }: RuleContext): boolean | undefined {
  if (listedModule(spec, module) !== undefined) return true;
  const path = modulePath(module);
  const facts = searchFolders.map((place) => folder.factOf(place + path)?.kind);
  if (facts.includes("file")) return true;
  return facts.includes(undefined) ? undefined : false;
}

/** Where a file names the module that it loads. */
export function nameSpan({ text }: NamedText, { module, index, end }: ModuleUse): Span {
  const start = text.lastIndexOf(module, end - module.length);
  return start < index ? { start: index, end } : { start, end: start + module.length };
}
