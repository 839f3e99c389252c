import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The build command takes the flag for a ban. */
export const packageNotDownloadable: ElementRule = {
  id: "package-not-downloadable",
  scope: "element",
  elements: ["PackageIsDownloadable"],
  severity: "information",
  where: "packageMerge",
  summary: "PackageIsDownloadable 0 keeps a package from being built",
  message: "The framework's build command refuses this package, because PackageIsDownloadable is 0.",
  docs:
    "Meant to hide the download link of an installed package, the flag also stops the build command: it ends without " +
    "an archive. Vendors who use it build with other tools. Build with `1`, or leave it out.",
  bad: "<otrs_package><PackageIsDownloadable>0</PackageIsDownloadable></otrs_package>",
  good: "<otrs_package><PackageIsDownloadable>1</PackageIsDownloadable></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, the console command Build",

  check(element, { kind }, parentName) {
    const { value, span } = element.text;
    if (kind !== "spec" || !isRootName(parentName) || (value !== "0" && value !== "")) return undefined;
    return { span: value === "" ? element.nameSpan : span };
  },
};
