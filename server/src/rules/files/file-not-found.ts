import { fileElement, fileList, type ListedFile } from "../../symbols/file-list.ts";
import { Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";
import type { PackageRule, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { bareRemoval, removal, replacement } from "../shared/fixes.ts";
import { fileOnDisk } from "../shared/listed-file.ts";
import { nearestPath } from "../shared/near-paths.ts";

/** One file that cannot be read ends the whole build. */
export const fileNotFound: PackageRule = {
  id: "file-not-found",
  scope: "package",
  elements: ["Filelist"],
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
  bad: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Amce.pm"/>\n</Filelist>',
  good: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n</Filelist>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",
  policyPlugins: ["FileList"],

  *check(spec, context): Iterable<Report | undefined> {
    const list = fileList(spec);
    const absent: Absent[] = [];
    for (const part of list.eachSummary(questionOf(context), (files) => absentOf(files, context))) {
      for (const each of part) absent.push(each);
      yield;
    }
    // Of hundreds that are missing none was misspelt: the folder is another one.
    const isOther = absent.length > 200;
    for (const { file, absence } of absent) {
      const element = fileElement(spec, file);
      const location = element.attribute("Location")!;
      const similar =
        absence === "missing" && !isOther
          ? nearestPath(file.path, context.folder.files(), (path) => !list.has(path))
          : undefined;
      yield {
        span: location.valueSpan,
        variant: similar === undefined ? absence : "similar",
        arguments: { location: location.value, ...(similar !== undefined && { similar }) },
        fixes: [
          ...(similar === undefined ? [] : [replacement(location.valueSpan, similar)]),
          isOther ? bareRemoval(element) : removal(spec, element),
        ],
      };
    }
  },
};

interface Absent {
  readonly file: ListedFile;
  readonly absence: "missing" | "unreadable";
}

function absentOf(files: readonly ListedFile[], context: RuleContext): readonly Absent[] {
  return files.flatMap((file) => {
    const fact = fileOnDisk(new Element(file.node, 0, undefined), context)?.fact;
    const isMissing = fact?.kind === "missing" && fact.otherCase === undefined;
    if (!isMissing && fact?.kind !== "unreadable") return [];
    return [{ file, absence: isMissing ? "missing" : "unreadable" }];
  });
}

/** What the answers of a list are kept under: other rules ask it, too, and each context has its own disk. */
const questionOf = memo((_context: RuleContext): object => ({}));
