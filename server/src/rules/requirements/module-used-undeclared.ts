import type { PackageSpec } from "../../model/package-spec.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { Fix, NeighbourRule } from "../rule.ts";
import { nameSpan } from "../shared/perl-files.ts";
import { addedRequirement } from "../shared/requirement-fix.ts";
import { undeclaredModules } from "../shared/undeclared-modules.ts";

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
    for (const found of undeclaredModules(spec, context, others)) {
      const entry = found && fileList(spec).withPath(found.file.path);
      if (!entry) {
        yield undefined;
        continue;
      }
      const { file, use } = found;
      const { module } = use;
      yield {
        span: fileElement(spec, entry).attribute("Location")!.valueSpan,
        arguments: { path: file.path, module },
        related: [{ message: "It is loaded here.", file, span: nameSpan(file, use) }],
        fixes: requirement(spec, module),
      };
    }
  },
};

/** Asks for any version of it: without one the modules behind it would not be looked for. */
function requirement(spec: PackageSpec, module: string): readonly Fix[] {
  const edit = addedRequirement(spec, "ModuleRequired", { name: module, version: "0.01" });
  return edit
    ? [{ title: "Ask for {module} with ModuleRequired", arguments: { module }, edits: [edit] }]
    : [];
}
