import { type DocumentSymbol, documentSymbols, type SymbolKind } from "../features/document-symbols.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { ContentEntry, ContentSection, PackageContentsResult } from "../protocol/packages-view.ts";
import type { SourceText } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import { OpenDocument } from "../workspace/open-documents.ts";
import { closedText } from "./closed-text.ts";
import { toRange } from "./convert.ts";
import type { Session } from "./session.ts";

/** What a spec has in it, by section: as it is typed, where it is open. */
export async function packageContentsForEditor(
  { uri }: { readonly uri: string },
  session: Session,
): Promise<PackageContentsResult | null> {
  const document = session.documentOf(uri) ?? (await closedDocument(uri, session));
  if (!document) return null;
  const [root] = documentSymbols(document.forFeatures(), session.world.texts.translate);
  const { source } = document.tree;
  const sections = sectionNames.map(
    (section): ContentSection => ({
      section,
      entries: (root?.children ?? [])
        .filter((symbol) => belongsTo[section](symbol))
        // Of files it is known what they are: they need no list around them.
        .flatMap((symbol) => (symbol.kind === "file-list" ? symbol.children : [symbol]))
        .map((symbol) => entryOf(symbol, source, deepest)),
    }),
  );
  return { kind: "contents", sections: sections.filter(({ entries }) => entries.length > 0) };
}

const sectionNames = ["requirements", "files", "database", "code", "texts"] as const;

const ofKind = (kind: SymbolKind) => (symbol: DocumentSymbol) => symbol.kind === kind;

const belongsTo: Readonly<Record<ContentSection["section"], (symbol: DocumentSymbol) => boolean>> = {
  requirements: ofKind("requirement"),
  files: ofKind("file-list"),
  database: ofKind("database"),
  code: ofKind("code"),
  texts: ({ name }) => /^(?:Intro[A-Z]\w*|Description|ChangeLog)$/.test(name),
};

/** Sections with what they do to tables; columns are in the outline. */
const deepest = 2;

function entryOf(symbol: DocumentSymbol, source: SourceText, depth: number): ContentEntry {
  const { name, detail, kind, selectionSpan, children } = symbol;
  const hasMore = depth > 1 && kind === "database";
  return {
    name: oneLine(name),
    detail: oneLine(detail),
    range: toRange(source, selectionSpan),
    entries: hasMore ? children.map((child) => entryOf(child, source, depth - 1)) : [],
  };
}

async function closedDocument(uri: string, session: Session): Promise<OpenDocument | undefined> {
  const { world } = session;
  const path = world.paths.fromUri(uri);
  if (path === undefined) return undefined;
  const read = await closedText(path, world);
  const kind = isArchiveName(path) ? "archive" : "spec";
  return read.kind === "read" ? new OpenDocument(world, uri, kind, 0, read.text) : undefined;
}
