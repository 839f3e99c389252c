import type { OtherPackages } from "../../host/known-packages.ts";
import { isUsualModule } from "../../knowledge/usual-modules.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { coreModules } from "../../perl/core-modules.ts";
import { modulePath } from "../../perl/module-name.ts";
import type { ModuleUse } from "../../perl/module-uses.ts";
import { perlFile } from "../../perl/perl-file.ts";
import type { Element } from "../../syntax/element.ts";
import type { NamedText } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { bringersOf, fitting, ownPackage } from "./other-packages.ts";
import { hasModule, perlFiles } from "./perl-files.ts";
import { rootChildren } from "./root-child.ts";

/** Where a package cannot do without a module that nobody has been asked for. */
export interface UndeclaredUse {
  readonly file: NamedText;
  readonly use: ModuleUse;
}

/**
 * The modules without which files of a package cannot be loaded, and which come neither with Perl nor with the framework
 * nor with a package that is known, and are in no `ModuleRequired`; each once. After each file there is an undefined, so
 * that whoever is in no hurry can pause.
 *
 * @param besides a `ModuleRequired` that does not count, because somebody is typing in it
 */
export function* undeclaredModules(
  spec: PackageSpec,
  context: RuleContext,
  others: OtherPackages | undefined,
  besides?: Element,
): Iterable<UndeclaredUse | undefined> {
  const declared = rootChildren(spec, "ModuleRequired").flatMap(({ start, trimmedText }) =>
    start === besides?.start ? [] : [trimmedText.value],
  );
  const said = new Set<string>();
  const own = ownPackage(spec);
  const fits = own ? fitting(own, context) : () => true;
  // Whether the other package is asked for is another question.
  const isOfAnother = (module: string) => others !== undefined && bringersOf(module, others).some(fits);
  for (const file of perlFiles(spec, context)) {
    if (tested.test(file.path)) continue;
    for (const use of perlFile(file.text).demands) {
      const { module } = use;
      if (said.has(module) || declared.some((each) => areTogether(each, module))) continue;
      if (!isForeign(module, spec, context) || isOfAnother(module)) continue;
      said.add(module);
      yield { file, use };
    }
    yield undefined;
  }
}

/** The versions that files of a package ask for where they load a module, highest first, without the "v" in front. */
export function usedVersions(module: string, spec: PackageSpec, context: RuleContext): readonly string[] {
  const versions = new Set<string>();
  for (const { text } of perlFiles(spec, context))
    for (const use of perlFile(text).demands)
      if (use.module === module && use.version !== undefined) versions.add(use.version.replace(/^v/, ""));
  return [...versions].sort((a, b) => compareStrictly(b, a));
}

/** What the framework cannot do without. Tests are run by developers, who see what they lack. */
const tested = /^(?:Custom\/)?scripts\/|\.t$/;

/** Modules whose names begin alike mostly come together. */
function areTogether(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}::`) || other.startsWith(`${one}::`);
}

/** Whether a module surely comes neither with Perl nor with the framework nor with the package. */
function isForeign(module: string, spec: PackageSpec, context: RuleContext): boolean {
  if (/^(?:[a-z]|Kernel::)/.test(module) || coreModules.has(module) || isUsualModule(module)) return false;
  const isBundled = context.knowledge.isFrameworkFile(`Kernel/cpan-lib/${modulePath(module)}`);
  return isBundled === false && hasModule(spec, module, context) === false;
}
