import type { PackageSpec } from "../model/package-spec.ts";
import { fileElement, fileList } from "../symbols/file-list.ts";
import { findingsByFile } from "./finding-place.ts";
import type { Finding, Report } from "./rule.ts";
import { settingsFile } from "./shared/settings-files.ts";

/** So many places are told of one file; the others are counted. */
const mostPlaces = 10;

/**
 * One report for each settings file that something is wrong in, at the entry that lists it.
 *
 * @param findings all of a document, those in other files included
 */
export function* pointersToFiles(findings: readonly Finding[], spec: PackageSpec): Iterable<Report> {
  for (const [file, all] of findingsByFile(findings)) {
    const entry = settingsFile.test(file.path) ? fileList(spec).withPath(file.path) : undefined;
    const wrong = all.filter(({ severity }) => severity === "error" || severity === "warning");
    if (!entry || wrong.length === 0) continue;
    yield {
      span: fileElement(spec, entry).attribute("Location")!.valueSpan,
      variant: wrong.length === 1 ? "one" : "many",
      arguments: { count: wrong.length },
      related: wrong.slice(0, mostPlaces).map(({ message, arguments: values, span }) => ({
        ...{ message, file, span },
        ...(values && { arguments: values }),
      })),
    };
  }
}
