import type { PackageRule } from "../rule.ts";
import { fileFixes } from "../shared/settings-file-fixes.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("file-root", "file-root-missing", "file-root-repeated");

/** The framework looks for one root element of its own name, and leaves out a file without it. */
export const sysconfigRoot: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-root",
  severity: "error",
  message,

  check: (spec, context) =>
    reportFaults(spec, context, message, (fault, file) =>
      fileFixes(fault, file, context.product.configRootName),
    ),
};
