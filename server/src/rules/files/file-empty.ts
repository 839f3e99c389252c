import type { ElementRule } from "../rule.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** The parser gives an empty file no content at all, and without content nothing is written. */
export const fileEmpty: ElementRule = {
  id: "file-empty",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "Listed files are not empty",
  message:
    "The file can never be installed and the package never counts as correctly deployed, because “{location}” is empty.",
  docs:
    "An empty file is packed, but its content is undefined when the archive is read back. The installer writes " +
    "“Content not defined in File!” to the log and leaves it out, and the deploy check reports it as missing for " +
    "ever; installing again does not help. Put a comment line into the file, or remove the entry.",
  bad: '<File Permission="660" Location="var/acme/empty.txt"/>',
  good: '<File Permission="660" Location="var/acme/filled.txt"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse and _FileInstall",

  check(file, context) {
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "file" || found.fact.size > 0) return undefined;
    return { span: found.location.valueSpan, arguments: { location: found.location.value } };
  },
};
