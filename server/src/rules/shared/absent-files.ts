import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import { Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";
import { fileOnDisk } from "./listed-file.ts";

/** A listed file that the builder cannot read. */
export interface Absent {
  readonly file: ListedFile;
  readonly absence: "missing" | "unreadable";
}

/** The listed files that the builder cannot read, part by part. */
export function absentFiles(spec: PackageSpec, context: RuleContext): Iterable<readonly Absent[]> {
  return fileList(spec).eachSummary(questionOf(context), (files) => absentOf(files, context));
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
