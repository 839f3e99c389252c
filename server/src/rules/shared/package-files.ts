import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import { closest } from "../../text/similar.ts";
import type { RuleContext } from "../rule-context.ts";
import { buildsOnOthers } from "./foreign-packages.ts";
import { hasModule, listedModule } from "./perl-files.ts";

/**
 * Whether what a setting names surely is nowhere: neither in the package nor in the framework. A package that is required
 * may bring what does not bear the name of this one.
 *
 * @param name such as "Kernel::System::Acme"
 */
export function isModuleNowhere(name: string, spec: PackageSpec, context: RuleContext): boolean {
  if (mayBeOfOthers(name, spec, context) || context.knowledge.isFrameworkModule(name) !== false) return false;
  if (context.kind === "archive") return listedModule(spec, name) === undefined;
  return hasModule(spec, name, context) === false;
}

/** The same of a file; one that is on the disk and not listed is the business of another rule. */
export function isFileNowhere(path: string, spec: PackageSpec, context: RuleContext): boolean {
  if (context.knowledge.isFrameworkFile(path) !== false) return false;
  if (fileList(spec).has(path) || fileList(spec).has(`Custom/${path}`)) return false;
  return context.kind === "archive" || context.folder.factOf(path)?.kind === "missing";
}

/** Whether a package that this one builds on may bring something; what bears the own name is not of theirs. */
export function mayBeOfOthers(name: string, spec: PackageSpec, { packageName }: RuleContext): boolean {
  if (!buildsOnOthers(spec)) return false;
  return packageName === undefined || !name.toLowerCase().includes(packageName.toLowerCase());
}

/** A listed file or module that a wrong name most likely means. */
export function listedLike(
  name: string,
  spec: PackageSpec,
  pattern: RegExp,
  nameOf: (path: string) => string | undefined,
): string | undefined {
  const names = fileList(spec)
    .matching(pattern)
    .flatMap(({ path }) => nameOf(path) ?? []);
  return closest(name, names);
}
