import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

const nestedConfig = /^Kernel\/Config\/Files\/.+\/[^/]*\.xml$/i;

/** OTRS 5 knows nothing of the folder for the newer format. */
export const configXmlLegacyLocation: PackageRule = {
  id: "config-xml-legacy-location",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message:
    "The settings in “{location}” are not loaded: up to OTRS 5 they are read from Kernel/Config/Files/ alone.",
  whereNot: "settingsInDatabase",

  *check(spec) {
    for (const file of fileList(spec).matching(nestedConfig)) {
      if (spec.frameworks.some((framework) => /^\s*([6-9]|\d\d)\./.test(framework))) return;
      const { valueSpan } = fileElement(spec, file).attribute("Location")!;
      yield { span: valueSpan, arguments: { location: file.path } };
    }
  },
};
