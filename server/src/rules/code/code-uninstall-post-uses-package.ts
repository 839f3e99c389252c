import { codePhase } from "../../model/section-phases.ts";
import { moduleMentions, surelyNeeded } from "../../symbols/code-section.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { filePlace } from "../shared/definition-place.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { ownModule } from "../shared/own-module.ts";

/** In phase post of an uninstallation the package's files are gone. */
export const codeUninstallPostUsesPackage: PackageRule = {
  id: "code-uninstall-post-uses-package",
  scope: "package",
  elements: ["CodeUninstall"],
  severity: "error",
  message: {
    fails: "This code fails, because “{path}” is already deleted when phase post runs.",
    mayFail: "If this code loads “{path}”, it fails: the file is already deleted when phase post runs.",
  },

  *check(spec, context) {
    const sections = spec.all("CodeUninstall");
    // What phase pre has loaded is still in memory when its file is gone.
    const loaded = new Set(
      sections
        .filter((section) => codePhase(section) === "pre")
        .flatMap((section) => moduleMentions(section, context.packageName).map(({ module }) => module)),
    );
    for (const section of sections) {
      if (codePhase(section) !== "post") continue;
      const mentions = moduleMentions(section, context.packageName);
      if (mentions.length === 0) continue;
      const list = fileList(spec);
      const type = section.attribute("Type");
      const needed = surelyNeeded(section, context.packageName, (module) => !loaded.has(module));
      for (const mention of mentions) {
        const path = ownModule(mention, list, context);
        if (path === undefined || loaded.has(mention.module)) continue;
        const fix = type ? replacement(type.valueSpan, "pre") : attributeInsertion(section, "Type", "pre");
        const isSure = needed.has(mention.module);
        yield {
          span: mention.span,
          variant: isSure ? "fails" : "mayFail",
          severity: isSure ? "error" : "warning",
          arguments: { path },
          related: filePlace(spec, path),
          fixes: [fix],
        };
      }
    }
  },
};
