import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import type { PackageSpec } from "./package-spec.ts";

/** An entry of the file list that names a path. */
export interface ListedFile {
  readonly node: ElementNode;
  /** The place of its list among all file lists of the spec. */
  readonly list: number;
  /** Where it starts, counted from the start of its list. */
  readonly offset: number;
  /** `Location` in its plain form, see {@link plainPath}. */
  readonly path: string;
}

/**
 * All entries of all file lists, as a thing to look paths up in.
 *
 * It is made from the nodes alone and kept at them, so that an edit anywhere else in the spec costs nothing and every
 * rule asks the same object.
 */
export interface FileList {
  /** Entries with a `Location`, in document order. */
  readonly files: readonly ListedFile[];
  /** Entries whose path was listed before, with the first of that path. */
  readonly duplicates: readonly (readonly [later: ListedFile, first: ListedFile])[];
  /** Entries whose path differs from an earlier one in letter case alone. */
  readonly caseDuplicates: readonly (readonly [later: ListedFile, first: ListedFile])[];
  has(path: string): boolean;
}

/** The files that a spec lists. The same object as long as none of its file lists has changed. */
export function fileList(spec: PackageSpec): FileList {
  const lists = spec.all("Filelist").map(({ node }) => node);
  const first = lists[0];
  if (!first) return emptyList;
  const known = kept.get(first);
  if (known && known.lists.length === lists.length && known.lists.every((list, at) => list === lists[at])) {
    return known.fileList;
  }
  const made = makeFileList(lists);
  kept.set(first, { lists, fileList: made });
  return made;
}

/** A listed file at its place in the spec it was found in. */
export function fileElement(spec: PackageSpec, file: ListedFile): Element {
  const list = spec.all("Filelist")[file.list]!;
  return new Element(file.node, list.start + file.offset, list);
}

/**
 * A path as the disk would put it: single slashes, no `.` segments, nothing else changed.
 * The framework itself only joins doubled slashes.
 */
export function plainPath(location: string): string {
  if (!location.includes("//") && !location.includes("./")) return location;
  return location
    .replace(/\/{2,}/g, "/")
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/(?:\.\/)+/g, "/");
}

const emptyList: FileList = { files: [], duplicates: [], caseDuplicates: [], has: () => false };

const kept = new WeakMap<
  ElementNode,
  { readonly lists: readonly ElementNode[]; readonly fileList: FileList }
>();

/** What is known of an entry for as long as it stays the same. */
interface Paths {
  readonly path: string;
  readonly folded: string;
}

const paths = new WeakMap<ElementNode, Paths>();

function makeFileList(lists: readonly ElementNode[]): FileList {
  const files: ListedFile[] = [];
  const duplicates: [ListedFile, ListedFile][] = [];
  const caseDuplicates: [ListedFile, ListedFile][] = [];
  const byFoldedPath = new Map<string, ListedFile>();
  /** All spellings of the few paths that have several. */
  const spellings = new Map<string, ListedFile[]>();
  lists.forEach((list, index) => {
    let offset = list.startTagWidth;
    for (const node of list.children) {
      if (node.kind === "element") {
        const { path, folded } = pathsOf(node);
        if (path !== "") {
          const file: ListedFile = { node, list: index, offset, path };
          files.push(file);
          const first = byFoldedPath.get(folded);
          if (!first) byFoldedPath.set(folded, file);
          else {
            const known = spellings.get(folded) ?? [first];
            const same = known.find((each) => each.path === path);
            if (same) duplicates.push([file, same]);
            else {
              caseDuplicates.push([file, first]);
              spellings.set(folded, [...known, file]);
            }
          }
        }
      }
      offset += node.width;
    }
  });
  return {
    files,
    duplicates,
    caseDuplicates,
    has: (path) => {
      const folded = path.toLowerCase();
      const found = byFoldedPath.get(folded);
      return found?.path === path || (spellings.get(folded)?.some((each) => each.path === path) ?? false);
    },
  };
}

function pathsOf(node: ElementNode): Paths {
  let known = paths.get(node);
  if (!known) {
    const path = plainPath(new Element(node, 0, undefined).value("Location") ?? "");
    known = { path, folded: path.toLowerCase() };
    paths.set(node, known);
  }
  return known;
}
