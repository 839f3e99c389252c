import { codeFamilies } from "../../model/package-spec.ts";
import { insideEval } from "../../perl/module-uses.ts";
import { perlFile } from "../../perl/perl-file.ts";
import {
  codeHolds,
  codeSection,
  moduleMentions,
  moduleUsesIn,
  surelyNeeded,
} from "../../symbols/code-section.ts";
import { closest } from "../../text/similar.ts";
import type { NeighbourRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { buildsOnOthers } from "../shared/foreign-packages.ts";
import { bringerOf, fitting, ownPackage } from "../shared/other-packages.ts";
import { hasModule, nameSpan, perlFiles } from "../shared/perl-files.ts";

/** Neither the framework nor the package has the module that is loaded. */
export const frameworkModuleUnknown: NeighbourRule = {
  id: "framework-module-unknown",
  scope: "neighbours",
  speaksAlone: true,
  elements: [...codeFamilies, "Filelist"],
  severity: "warning",
  message: {
    fails:
      "This code fails unless another package brings {module}, which neither {framework} nor this package has.",
    mayFail:
      "If this code loads {module}, it fails unless another package brings it: neither {framework} nor this package has it.",
    file: "This file cannot be loaded unless another package brings {module}, which neither {framework} nor this package has.",
  },

  *check(spec, context, others) {
    // The module may be one of theirs.
    if (buildsOnOthers(spec) || context.kind === "archive") return;
    const { knowledge, packageName } = context;
    const framework = knowledge.release;
    if (framework === undefined) return;
    const own = ownPackage(spec);
    const fits = own && fitting(own, context);
    /** Of that "package-dependency-undeclared" speaks. */
    const isOfAnother = (module: string) => {
      const bringer = fits && bringerOf(module, others, fits);
      return bringer !== undefined && bringer.name !== own?.name;
    };
    const isUnknown = (module: string) =>
      loadable.test(module) &&
      knowledge.isFrameworkModule(module) === false &&
      hasModule(spec, module, context) === false &&
      !isOfAnother(module);
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /Kernel::/)) continue;
      const { perl } = codeSection(section);
      const uses = moduleUsesIn(section, packageName);
      const isCaught = insideEval(perl.code);
      // What is tried first in a way that nothing dies of is not missed.
      const tried = new Set(
        uses.flatMap(({ module, dies, index }) => (dies === "no" || isCaught(index) ? [module] : [])),
      );
      const loaded = new Set(
        uses.flatMap(({ module }) => (!tried.has(module) && isUnknown(module) ? [module] : [])),
      );
      if (loaded.size === 0) continue;
      const needed = surelyNeeded(section, packageName, (module) => loaded.has(module));
      for (const { module, span } of moduleMentions(section, packageName)) {
        if (!loaded.delete(module)) continue;
        const isSure = needed.has(module);
        const meant = meantModule(module, context);
        yield {
          span,
          variant: isSure ? "fails" : "mayFail",
          severity: isSure ? "warning" : "information",
          arguments: { framework, module },
          fixes:
            meant === undefined
              ? []
              : [{ title: "Write “{text}”", arguments: { text: meant }, edits: [{ span, newText: meant }] }],
        };
      }
    }
    for (const file of perlFiles(spec, context)) {
      for (const use of perlFile(file.text).demands) {
        const { module } = use;
        if (!isUnknown(module)) continue;
        const span = nameSpan(file, use);
        yield { file, span, variant: "file", arguments: { framework, module } };
      }
      yield undefined;
    }
  },
};

/** Modules that systems make or keep for themselves are in no list. */
const loadable = /^Kernel::(?!Config(?:::Files::|$)|Language::|Custom)\w+(?:::\w+)*$/;

function meantModule(module: string, { knowledge }: RuleContext): string | undefined {
  return closest(module, knowledge.moduleNames() ?? []);
}
