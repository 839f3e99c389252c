import type { PackageRule } from "../rule.ts";
import { fileFixes } from "../shared/settings-file-fixes.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("file-version", "file-version-form");

/** The framework reads settings of the form 2.0 alone, and leaves out files that say another or none. */
export const sysconfigVersion: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-version",
  severity: "error",
  message,

  check: (spec, context) =>
    reportFaults(spec, context, message, (fault, file) =>
      fileFixes(fault, file, context.product.configRootName),
    ),
};
