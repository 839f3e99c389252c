import type { PackageRule, Report } from "../rule.ts";
import { firstLine, missingLine, speaksOfLicence } from "../shared/license-header.ts";
import { ownCodeFiles } from "../shared/own-code.ts";

/** Files are passed on one by one. */
export const licenseHeader: PackageRule = {
  id: "license-header",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "hint",
  message: {
    none: "“{path}” has no licence header, so that whoever gets the file alone does not learn its licence.",
    other: "“{path}” does not have the licence header that the settings want: the line “{line}” is missing.",
  },

  *check(spec, context) {
    const { licenseHeader: wanted } = context;
    for (const file of ownCodeFiles(spec, context, "LicenseValidator")) {
      const { path, text } = file;
      const report: Omit<Report, "variant" | "arguments"> = { span: firstLine(text), file };
      if (wanted === undefined) {
        yield speaksOfLicence(text) ? undefined : { ...report, variant: "none", arguments: { path } };
        continue;
      }
      const line = missingLine(text, wanted);
      yield line === undefined ? undefined : { ...report, variant: "other", arguments: { path, line } };
    }
  },
};
