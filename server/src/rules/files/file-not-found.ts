import { bareRemoval, replacement } from "../fixes.ts";
import { fileOnDisk } from "../listed-file.ts";
import { nearestPath } from "../near-paths.ts";
import type { ElementRule } from "../rule.ts";

/** One file that cannot be read ends the whole build. */
export const fileNotFound: ElementRule = {
  id: "file-not-found",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "Listed files exist",
  message: {
    missing: "The package cannot be built, because “{location}” does not exist.",
    similar: "The package cannot be built, because “{location}” does not exist. Did you mean “{similar}”?",
    unreadable: "The package cannot be built, because “{location}” cannot be read.",
  },
  docs:
    "The builder reads every listed file from the same path below its base folder, and a single one that is missing " +
    "or unreadable ends the build without an archive. Write the path as it is on disk, or remove the entry.",
  bad: '<File Permission="660" Location="Kernel/System/Amce.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",
  policyPlugins: ["FileList"],

  *check(file, context) {
    const found = fileOnDisk(file, context);
    if (!found) return;
    const { location, fact } = found;
    if (fact.kind === "unreadable") {
      yield { span: location.valueSpan, variant: "unreadable", arguments: { location: location.value } };
    }
    if (fact.kind !== "missing" || fact.otherCase !== undefined) return;
    const similar = nearestPath(location.value, context.folder.files());
    yield {
      span: location.valueSpan,
      variant: similar === undefined ? "missing" : "similar",
      arguments: { location: location.value, ...(similar !== undefined && { similar }) },
      fixes: [
        ...(similar === undefined ? [] : [replacement(location.valueSpan, similar)]),
        bareRemoval(file),
      ],
    };
  },
};
