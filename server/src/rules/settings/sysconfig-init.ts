import type { PackageRule } from "../rule.ts";
import { fileFixes } from "../shared/settings-file-fixes.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const message = faultTexts("file-init-missing", "file-init-form", "file-init-unknown");

/** Without its init nothing tells when a settings file is read, and the framework leaves it out. */
export const sysconfigInit: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-init",
  severity: "error",
  message,

  check: (spec, context) =>
    reportFaults(spec, context, message, (fault, file) =>
      fileFixes(fault, file, context.product.configRootName),
    ),
};
