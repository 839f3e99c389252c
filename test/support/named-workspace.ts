import { kindOfDocument } from "../../server/src/engine/find-known-documents.ts";
import { readKnownPackages } from "../../server/src/engine/read-known-packages.ts";
import { readNames } from "../../server/src/engine/read-names.ts";
import type { KnownSymbols } from "../../server/src/features/known-symbols.ts";
import { type NamedDocument, namedFile, namedSpec } from "../../server/src/features/named-document.ts";
import { KnownPackages } from "../../server/src/host/known-packages.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { isPackageFile } from "../../server/src/workspace/open-files.ts";
import { SymbolIndex } from "../../server/src/workspace/symbol-index.ts";
import { symbolsBeside } from "../../server/src/workspace/workspace-symbols.ts";
import { featureDocument, file, type Surroundings } from "./feature-document.ts";
import { posixPaths } from "./posix-paths.ts";

/** Documents by their absolute paths, one of which somebody asks from. */
export interface NamedWorkspace {
  readonly document: NamedDocument;
  readonly known: KnownSymbols;
  /** Those written at a place, such as "/ws/Acme.sopm 3: acme_item", with lines from 1. */
  shown(path: string, start: number, end: number): string;
  shownAt(path: string, place: { readonly start: LineColumn; readonly end: LineColumn }): string;
}

interface LineColumn {
  readonly line: number;
  readonly character: number;
}

/**
 * A workspace on a disk in memory. Files of a package lie below the folder of its spec, and those that are among the
 * documents are there.
 *
 * @param asked the path of the document that is open
 */
export function namedWorkspace(
  documents: Readonly<Record<string, string>>,
  asked: string,
  surroundings: Surroundings = {},
): NamedWorkspace {
  const known = new KnownPackages();
  const index = new SymbolIndex();
  for (const [path, text] of Object.entries(documents)) {
    const bytes = new TextEncoder().encode(text);
    const kind = kindOfDocument(path.slice(path.lastIndexOf("/") + 1));
    if (kind) known.tell(path, readKnownPackages({ kind, path }, bytes));
    // Of other files of packages nobody reads the names.
    if (kind === "index" || (!kind && !isPackageFile({ path }, ""))) continue;
    const read = kind ?? fileKind(path);
    const { symbols, text: named } = readNames(read, bytes);
    index.read(path, read, symbols, named);
  }
  const folder = posixPaths.dirname(asked);
  const disk = Object.fromEntries(
    Object.keys(documents).flatMap((path) => {
      const names = posixPaths.below(folder, path);
      return names ? [[names.join("/"), file()] as const] : [];
    }),
  );
  const text = documents[asked] ?? "";
  const isPackage = kindOfDocument(asked) !== undefined;
  const shown = (path: string, start: number, end: number) => {
    const line = documents[path]!.slice(0, start).split("\n").length;
    return `${path} ${line}: ${documents[path]!.slice(start, end)}`;
  };
  const offsetOf = (path: string, { line, character }: LineColumn) =>
    documents[path]!.split("\n")
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, character);
  return {
    document: isPackage
      ? namedSpec(
          featureDocument(text, {
            disk,
            ...surroundings,
            ...(asked.endsWith(".opm") ? { kind: "archive" } : {}),
          }),
        )
      : namedFile(readNames(fileKind(asked), new TextEncoder().encode(text)).symbols, {
          ...noKnowledge,
          ...(surroundings.knowledge as Partial<Knowledge> | undefined),
        }),
    known: symbolsBeside(asked, {
      known,
      index,
      documents: { all: () => [] },
      files: { all: () => [], get: () => undefined },
      fileOf: (document, path) =>
        document.endsWith(".sopm") ? posixPaths.join(posixPaths.dirname(document), path) : undefined,
    }),
    shown,
    shownAt: (path, { start, end }) => shown(path, offsetOf(path, start), offsetOf(path, end)),
  };
}

function fileKind(path: string): "settings" | "perl" {
  return path.endsWith(".pm") ? "perl" : "settings";
}
