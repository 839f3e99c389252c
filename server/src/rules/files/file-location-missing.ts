import type { ElementRule } from "../rule.ts";

/** Without a path there is nothing to pack and nowhere to write it. */
export const fileLocationMissing: ElementRule = {
  id: "file-location-missing",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "A File names its Location",
  message: "Nothing is installed for this entry, because it has no Location.",
  docs:
    "`Location` is the path of the file, relative to the framework's home. The builder packs an entry without it " +
    "as an empty file and reports success; the installer skips it with a line in the log. Name the file, or remove " +
    "the entry.",
  bad: '<File Permission="660"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild and _FileInstall",

  check(file) {
    const location = file.attribute("Location");
    if (location && location.value !== "") return undefined;
    return { span: location ? location.span : file.nameSpan };
  },
};
