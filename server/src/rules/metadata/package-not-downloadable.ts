import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The build command takes the flag for a ban. */
export const packageNotDownloadable: ElementRule = {
  id: "package-not-downloadable",
  scope: "element",
  elements: ["PackageIsDownloadable"],
  severity: "information",
  where: "packageMerge",
  message: "The framework's build command refuses this package, because PackageIsDownloadable is 0.",

  check(element, { kind }, parentName) {
    const { value, span } = element.text;
    if (kind !== "spec" || !isRootName(parentName) || (value !== "0" && value !== "")) return undefined;
    return { span: value === "" ? element.nameSpan : span };
  },
};
