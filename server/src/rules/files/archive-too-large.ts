import type { FolderFacts } from "../../host/folder-facts.ts";
import { encodedSize } from "../../model/base64.ts";
import { type FileList, fileList, type ListedFile } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

const mebibyte = 1024 * 1024;

/** The archive goes into one field of the package table. */
export const archiveTooLarge: PackageRule = {
  id: "archive-too-large",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    database:
      "MySQL and MariaDB cannot store the archive as they are usually set up: it will have about {size} MiB, the most of it from {largest}.",
    opmbuild:
      "opmbuild refuses the archive unless its limit is raised: it will have about {size} MiB, the most of it from {largest}.",
  },

  *check(spec, context) {
    if (context.kind === "archive") return;
    const list = fileList(spec);
    const filelist = spec.all("Filelist")[0];
    if (!filelist || list.isEmpty) return;
    const packedSize = list
      .summaries(context.folder, (files) => sumOf(files.map((file) => packedSizeOf(file, context.folder))))
      .reduce((sum, size) => sum + size, 0);
    if (packedSize <= 30 * mebibyte) return;
    const isHuge = packedSize > 64 * mebibyte;
    yield {
      span: filelist.nameSpan,
      variant: isHuge ? "database" : "opmbuild",
      severity: isHuge ? "error" : "warning",
      arguments: { size: Math.ceil(packedSize / mebibyte), largest: largestOf(list, context.folder) },
    };
  },
};

/** Bytes of the content as Base64; a file that is not known counts nothing. */
function packedSizeOf({ path }: ListedFile, folder: FolderFacts): number {
  const fact = folder.factOf(path);
  return fact?.kind === "file" ? encodedSize(fact.size) : 0;
}

/** The paths of the three largest files, largest first. */
function largestOf(list: FileList, folder: FolderFacts): string {
  return list.files
    .map((file) => ({ path: file.path, size: packedSizeOf(file, folder) }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ path }) => path)
    .join(", ");
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
