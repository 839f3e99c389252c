import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule, Report } from "../rule.ts";
import { type Absent, absentFiles } from "../shared/absent-files.ts";
import { removal, replacement } from "../shared/fixes.ts";
import { nearestPath } from "../shared/near-paths.ts";
import { otherBaseFolders } from "../shared/other-base-folders.ts";

/** One file that cannot be read ends the whole build. */
export const fileNotFound: PackageRule = {
  id: "file-not-found",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "error",
  message: {
    missing: "The package cannot be built, because “{location}” does not exist.",
    similar: "The package cannot be built, because “{location}” does not exist. Did you mean “{similar}”?",
    unreadable: "The package cannot be built, because “{location}” cannot be read.",
  },
  policyPlugins: ["FileList"],

  *check(spec, context): Iterable<Report | undefined> {
    const list = fileList(spec);
    const absent: Absent[] = [];
    for (const part of absentFiles(spec, context)) {
      for (const each of part) absent.push(each);
      yield;
    }
    // Then one finding says so, in place of all of these.
    if (absent.length > 0 && otherBaseFolders(spec, context).length > 0) return;
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
          removal(element),
        ],
      };
    }
  },
};
