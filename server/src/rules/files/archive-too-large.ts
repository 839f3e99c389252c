import type { FolderFacts } from "../../host/folder-facts.ts";
import { type FileList, fileList } from "../../model/file-list.ts";
import type { PackageRule } from "../rule.ts";

const mebibyte = 1024 * 1024;

/** The archive goes into one field of the package table. */
export const archiveTooLarge: PackageRule = {
  id: "archive-too-large",
  scope: "package",
  severity: "warning",
  summary: "The archive is small enough to be stored",
  message: {
    database:
      "MySQL and MariaDB cannot store the archive as they are usually set up: it will have about {size} MiB, the most of it from {largest}.",
    opmbuild:
      "opmbuild refuses the archive unless its limit is raised: it will have about {size} MiB, the most of it from {largest}.",
  },
  docs:
    "An archive is stored as a whole in the package table, so MySQL and MariaDB need a `max_allowed_packet` above its " +
    "size; the admin screen asks for at least 64 MiB. Packing makes a file a third larger. `opmbuild` stops at 30 MiB " +
    "unless told otherwise. Consider whether everything listed is needed on the server.",
  bad: '<Filelist>\n    <File Permission="660" Location="var/acme/manual.bin"/>\n</Filelist>',
  good: '<Filelist>\n    <File Permission="660" Location="Kernel/System/Acme.pm"/>\n</Filelist>',
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager; opmbuild build",

  *check(spec, context) {
    if (context.kind === "archive") return;
    const list = fileList(spec);
    const filelist = spec.all("Filelist")[0];
    if (!filelist || list.files.length === 0) return;
    const { packedSize, largest } = sizesOf(list, context.folder);
    if (packedSize <= 30 * mebibyte) return;
    const isHuge = packedSize > 64 * mebibyte;
    yield {
      span: filelist.nameSpan,
      variant: isHuge ? "database" : "opmbuild",
      severity: isHuge ? "error" : "warning",
      arguments: { size: Math.ceil(packedSize / mebibyte), largest },
    };
  },
};

interface Sizes {
  /** Bytes of all contents as Base64; files that are not known count nothing. */
  readonly packedSize: number;
  /** Up to three paths, largest first. */
  readonly largest: string;
}

const kept = new WeakMap<FileList, Sizes & { readonly folder: FolderFacts }>();

function sizesOf(list: FileList, folder: FolderFacts): Sizes {
  const known = kept.get(list);
  if (known?.folder === folder) return known;
  let packedSize = 0;
  const sizes = list.files.map(({ path }) => {
    const fact = folder.factOf(path);
    const size = fact?.kind === "file" ? fact.size : 0;
    packedSize += Math.ceil(size / 3) * 4;
    return { path, size };
  });
  const largest =
    packedSize > 30 * mebibyte
      ? sizes
          .sort((a, b) => b.size - a.size)
          .slice(0, 3)
          .map(({ path }) => path)
          .join(", ")
      : "";
  const made = { packedSize, largest, folder };
  kept.set(list, made);
  return made;
}
