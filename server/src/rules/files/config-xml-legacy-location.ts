import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

const nestedConfig = /^Kernel\/Config\/Files\/.+\/[^/]*\.xml$/i;

/** OTRS 5 knows nothing of the folder for the newer format. */
export const configXmlLegacyLocation: PackageRule = {
  id: "config-xml-legacy-location",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  summary: "For OTRS 5 and older configuration files lie directly in Kernel/Config/Files",
  message:
    "The settings in “{location}” are not loaded: up to OTRS 5 they are read from Kernel/Config/Files/ alone.",
  docs:
    "OTRS 5 and older read settings, in the format with `ConfigItem`, from the files directly in " +
    "`Kernel/Config/Files/`. The folder `XML` below it came with OTRS 6 and its new format. A package that also " +
    "supports OTRS 6 or newer may have both kinds, so nothing is said about it.",
  bad: '<Filelist>\n    <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>\n</Filelist>',
  good: '<Filelist>\n    <File Permission="660" Location="Kernel/Config/Files/Acme.xml"/>\n</Filelist>',
  source: "OTRS 5, SysConfig, WriteDefault",
  whereNot: "settingsInDatabase",

  *check(spec) {
    for (const file of fileList(spec).matching(nestedConfig)) {
      if (spec.frameworks.some((framework) => /^\s*([6-9]|\d\d)\./.test(framework))) return;
      const { valueSpan } = fileElement(spec, file).attribute("Location")!;
      yield { span: valueSpan, arguments: { location: file.path } };
    }
  },
};
