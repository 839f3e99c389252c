import type { ListedFile } from "../../symbols/file-list.ts";
import { Element } from "../../syntax/element.ts";
import { keptByPart } from "./kept-by-part.ts";
import { fileOnDisk } from "./listed-file.ts";

/** A listed file that the builder cannot read. */
export interface Absent {
  readonly file: ListedFile;
  readonly absence: "missing" | "unreadable";
}

/** The listed files that the builder cannot read, part by part. */
export const absentFiles = keptByPart((files, context): readonly Absent[] =>
  files.flatMap((file) => {
    const fact = fileOnDisk(new Element(file.node, 0, undefined), context)?.fact;
    const isMissing = fact?.kind === "missing" && fact.otherCase === undefined;
    if (!isMissing && fact?.kind !== "unreadable") return [];
    return [{ file, absence: isMissing ? "missing" : "unreadable" }];
  }),
);
