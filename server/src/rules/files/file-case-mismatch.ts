import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** The trap of disks that do not mind letter case: what builds here fails elsewhere. */
export const fileCaseMismatch: ElementRule = {
  id: "file-case-mismatch",
  scope: "element",
  elements: ["File"],
  isOfAnyFramework: true,
  severity: "error",
  message:
    "On Linux the package cannot be built, or the framework does not find the file: it is called “{actual}” on disk.",

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
