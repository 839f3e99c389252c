import { isUsualModule } from "../../knowledge/usual-modules.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { coreModules } from "../../perl/core-modules.ts";
import { modulePath } from "../../perl/module-name.ts";
import { perlFile } from "../../perl/perl-file.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { Fix, NeighbourRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { bringersOf, fitting, ownPackage } from "../shared/other-packages.ts";
import { hasModule, nameSpan, perlFiles } from "../shared/perl-files.ts";
import { addedRequirement } from "../shared/requirement-fix.ts";
import { rootChildren } from "../shared/root-child.ts";

/** What the framework cannot do without. Tests are run by developers, who see what they lack. */
const tested = /^(?:Custom\/)?scripts\/|\.t$/;

/** An installation without the module succeeds, and what loads it fails. */
export const moduleUsedUndeclared: NeighbourRule = {
  id: "module-used-undeclared",
  scope: "neighbours",
  speaksAlone: true,
  elements: ["Filelist"],
  severity: "hint",
  message:
    "“{path}” cannot be loaded where {module} is missing, and the package is installed there all the same, because no ModuleRequired asks for it.",

  *check(spec, context, others) {
    const declared = rootChildren(spec, "ModuleRequired").map(({ text }) => text.value.trim());
    const said = new Set<string>();
    const own = ownPackage(spec);
    const fits = own ? fitting(own, context) : () => true;
    // Whether the other package is asked for is another question.
    const isOfAnother = (module: string) => bringersOf(module, others).some(fits);
    for (const file of perlFiles(spec, context)) {
      if (tested.test(file.path)) continue;
      for (const use of perlFile(file.text).demands) {
        const { module } = use;
        if (said.has(module) || declared.some((each) => areTogether(each, module))) continue;
        if (!isForeign(module, spec, context) || isOfAnother(module)) continue;
        said.add(module);
        const entry = fileList(spec).withPath(file.path);
        if (!entry) continue;
        yield {
          span: fileElement(spec, entry).attribute("Location")!.valueSpan,
          arguments: { path: file.path, module },
          related: [{ message: "It is loaded here.", file, span: nameSpan(file, use) }],
          fixes: requirement(spec, module),
        };
      }
      yield undefined;
    }
  },
};

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

/** Asks for any version of it: without one the modules behind it would not be looked for. */
function requirement(spec: PackageSpec, module: string): readonly Fix[] {
  const edit = addedRequirement(spec, "ModuleRequired", { name: module, version: "0.01" });
  return edit
    ? [{ title: "Ask for {module} with ModuleRequired", arguments: { module }, edits: [edit] }]
    : [];
}
