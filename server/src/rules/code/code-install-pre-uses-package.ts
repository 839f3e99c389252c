import { codePhase } from "../../model/section-phases.ts";
import { moduleMentions, surelyNeeded } from "../../symbols/code-section.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { filePlace } from "../shared/definition-place.ts";
import { replacement } from "../shared/fixes.ts";
import { ownModule } from "../shared/own-module.ts";

/** In phase pre the package's files are not there yet. */
export const codeInstallPreUsesPackage: PackageRule = {
  id: "code-install-pre-uses-package",
  scope: "package",
  elements: ["CodeInstall", "CodeUpgrade"],
  severity: "error",
  message: {
    install: "This code fails, because “{path}” is not on disk yet when phase pre runs.",
    mayFail: "If this code loads “{path}”, it fails: the file is not on disk yet when phase pre runs.",
    upgrade:
      "This code runs with the old version of the module, or fails: in phase pre “{path}” is not replaced yet.",
  },

  *check(spec, context) {
    for (const section of spec.sections(["CodeInstall", "CodeUpgrade"])) {
      if (codePhase(section) !== "pre") continue;
      const mentions = moduleMentions(section, context.packageName);
      if (mentions.length === 0) continue;
      const list = fileList(spec);
      const type = section.attribute("Type")!;
      const needed = surelyNeeded(section, context.packageName, () => true);
      for (const mention of mentions) {
        const path = ownModule(mention, list, context);
        if (path === undefined) continue;
        const isSure = needed.has(mention.module);
        const variant = section.name === "CodeUpgrade" ? "upgrade" : isSure ? "install" : "mayFail";
        yield {
          span: mention.span,
          variant,
          severity: variant === "install" ? "error" : "warning",
          arguments: { path },
          related: filePlace(spec, path),
          fixes: [replacement(type.valueSpan, "post")],
        };
      }
    }
  },
};
