import type { ArchivedFileFacts, ArchiveFacts } from "../../../../server/src/protocol/archive.ts";

/** What stands in the tree of an archive. */
export type ArchiveNode =
  /** Where it is damaged; each text is a line. */
  | { readonly kind: "damage"; readonly name: string; readonly texts: readonly string[] }
  /** What its spec has become. */
  | { readonly kind: "spec"; readonly name: string }
  | { readonly kind: "folder"; readonly name: string; readonly children: readonly ArchiveNode[] }
  /** `index` is its place in the list of files. */
  | {
      readonly kind: "file";
      readonly name: string;
      readonly index: number;
      readonly file: ArchivedFileFacts;
    };

/** The tree of an archive: where it is damaged, its spec, then folders before files, in the order of their names. */
export function archiveNodes({
  specName,
  files,
  damage,
}: Pick<ArchiveFacts, "specName" | "files" | "damage">): readonly ArchiveNode[] {
  const root = new Folder();
  files.forEach((file, index) => {
    const parts = plainParts(file.location);
    const name = parts.pop() ?? file.location;
    let folder = root;
    for (const part of parts) folder = folder.below(part);
    folder.files.push({ kind: "file", name, index, file });
  });
  const [first] = damage;
  return [
    ...(first === undefined ? [] : [{ kind: "damage", name: first, texts: damage } as const]),
    ...(specName === null ? [] : [{ kind: "spec", name: specName } as const]),
    ...root.nodes(),
  ];
}

/** The path of a file in the address of its document: without parts that would lead anywhere else. */
export function plainPath(location: string): string {
  return plainParts(location).join("/") || "-";
}

function plainParts(location: string): string[] {
  return location.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
}

class Folder {
  readonly files: Extract<ArchiveNode, { readonly kind: "file" }>[] = [];
  readonly #folders = new Map<string, Folder>();

  below(name: string): Folder {
    const known = this.#folders.get(name);
    if (known) return known;
    const folder = new Folder();
    this.#folders.set(name, folder);
    return folder;
  }

  /** Those of folders in it are made when they are asked for: a location may be of any depth. */
  nodes(): readonly ArchiveNode[] {
    const byName = (a: ArchiveNode, b: ArchiveNode) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    const folders = [...this.#folders].map(
      ([name, folder]): ArchiveNode => ({
        kind: "folder",
        name,
        get children() {
          return folder.nodes();
        },
      }),
    );
    return [...folders.sort(byName), ...this.files.sort(byName)];
  }
}
