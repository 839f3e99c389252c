import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** The trap of disks that do not mind letter case: what builds here fails elsewhere. */
export const fileCaseMismatch: ElementRule = {
  id: "file-case-mismatch",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "A Location has the letter case of the file on disk",
  message:
    "On Linux the package cannot be built, or the framework does not find the file: it is called “{actual}” on disk.",
  docs:
    "The frameworks run on systems where letter case counts. A disk that does not mind it, as on Windows and macOS, " +
    "hides the difference until the package is built somewhere else, and the file is installed under the name in " +
    "`Location`, where Perl does not look for it. Write the path exactly as the file is called.",
  bad: '<File Permission="660" Location="Kernel/System/ACME.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",

  check(file, context) {
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "missing" || found.fact.otherCase === undefined) return undefined;
    const { location, fact } = found;
    return {
      span: location.valueSpan,
      arguments: { actual: fact.otherCase! },
      fixes: [replacement(location.valueSpan, fact.otherCase!)],
    };
  },
};
