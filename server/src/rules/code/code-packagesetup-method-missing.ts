import { codeFamilies, type PackageSpec } from "../../model/package-spec.ts";
import { hasSub } from "../../perl/module-definition.ts";
import { perlFile } from "../../perl/perl-file.ts";
import { codeHolds, codeSection, moduleCallsIn } from "../../symbols/code-section.ts";
import type { NamedText, PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { nearest } from "../shared/nearest.ts";
import { listedModule } from "../shared/perl-files.ts";

/** Code dies of a method that is not there. */
export const codePackagesetupMethodMissing: PackageRule = {
  id: "code-packagesetup-method-missing",
  isOfAnyFramework: true,
  scope: "package",
  elements: codeFamilies,
  severity: "error",
  message: "This code fails when it comes to {sub}, because “{path}” has no such sub.",

  *check(spec, context) {
    // Nothing is known of what is in the files of an archive, nor of those that are not read yet.
    if (context.kind === "archive" || !context.folder.textOf) return;
    const files = new Map<string, NamedText | undefined>();
    const fileOf = (module: string) => {
      if (!files.has(module)) files.set(module, textOfModule(module, spec, context));
      return files.get(module);
    };
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /->/)) continue;
      const { spanOf } = codeSection(section);
      for (const call of moduleCallsIn(section, context.packageName)) {
        const file = fileOf(call.module);
        const definition = file && perlFile(file.text).definition;
        if (!definition || hasSub(call, definition) !== false) continue;
        const span = spanOf(call.end - call.sub.length, call.end);
        const meant = nearest(call.sub, definition.subs);
        yield {
          span,
          arguments: { sub: call.sub, path: file.path },
          related: [{ message: "The sub is looked for here.", file, span: startOf(file, call.module) }],
          fixes:
            meant === undefined
              ? []
              : [{ title: "Call {name}", arguments: { name: meant }, edits: [{ span, newText: meant }] }],
        };
      }
    }
  },
};

/** The file that the package brings for a module, as far as the disk has told. */
function textOfModule(
  module: string,
  spec: PackageSpec,
  { folder, knowledge }: RuleContext,
): NamedText | undefined {
  const path = listedModule(spec, module);
  // What the framework has too may be found first.
  if (path === undefined || knowledge.isFrameworkModule(module) === true) return undefined;
  const text = folder.textOf?.(path);
  return text ? { path, text } : undefined;
}

function startOf({ text }: NamedText, module: string): { start: number; end: number } {
  const start = Math.max(0, text.indexOf(module));
  return { start, end: start + module.length };
}
