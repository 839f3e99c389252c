import {
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Hover,
  type HoverParams,
  type SelectionRange,
  type ServerCapabilities,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import { autoClose } from "../features/auto-close.ts";
import { documentLinks } from "../features/document-links.ts";
import { type DocumentSymbol as CoreSymbol, documentSymbols } from "../features/document-symbols.ts";
import { foldingRanges } from "../features/folding.ts";
import { hover } from "../features/hover.ts";
import { introTextAt } from "../features/intro-text.ts";
import { linkedEditing, linkedNamePattern } from "../features/linked-editing.ts";
import { selectionRanges } from "../features/selection-ranges.ts";
import { typistPatience } from "../host/patience.ts";
import { autoCloseRequest, bumpVersionRequest, commitSubjectsRequest } from "../protocol/editing.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import { answer } from "./answer.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toMarkup, toOffset, toRange, toTextEdit } from "./convert.ts";
import type { Session } from "./session.ts";
import { type AskedSettings, orSettingsFile, type SettingsParts } from "./settings-files.ts";

/** What the features in this file make the server capable of. */
export const featureCapabilities: ServerCapabilities = {
  hoverProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: {},
  linkedEditingRangeProvider: true,
  selectionRangeProvider: true,
};

/** Answers the editor's questions about a document: find it, convert, call, convert back. */
export function answerFeatureRequests(session: Session): void {
  const { connection, world, client, documentOf, workspace } = session;
  const { texts, paths } = world;
  const { translate } = texts;
  const about = aboutDocuments(documentOf);

  connection.onHover(
    orSettingsFile(
      session,
      hoverSettings,
      about(async (document, { position }) => {
        const { source } = document.tree;
        const asked = document.forFeatures();
        const offset = toOffset(source, position);
        const inHtml = introTextAt(asked, offset);
        const shown = inHtml
          ? (await import("../features/intro-html.ts")).introHover(inHtml, translate)
          : hover(asked, offset, translate, workspace.symbolsBeside(document.path));
        return shown
          ? { range: toRange(source, shown.span), contents: toMarkup(shown.markdown, client().hoverMarkdown) }
          : null;
      }),
    ),
  );

  connection.onDocumentSymbol(
    orSettingsFile(
      session,
      outlineSettings,
      about((document) => {
        const symbols = documentSymbols(document.forFeatures(), translate);
        return toSymbols(symbols, document, client());
      }),
    ),
  );

  connection.onFoldingRanges(
    orSettingsFile(
      session,
      foldSettings,
      about((document) => {
        return toFolds(document.tree);
      }),
    ),
  );

  connection.onDocumentLinks(
    about((document) => {
      const { baseFolder } = document;
      return documentLinks(document.forFeatures()).flatMap(({ span, target }): DocumentLink[] => {
        const range = toRange(document.tree.source, span);
        if (target.kind === "address") return [{ range, target: target.address }];
        return baseFolder === undefined
          ? []
          : [{ range, target: paths.toUri(paths.join(baseFolder, target.path)) }];
      });
    }),
  );

  connection.languages.onLinkedEditingRange(
    about((document, { position }) => {
      const { source } = document.tree;
      const spans = linkedEditing(document.tree, toOffset(source, position));
      return spans
        ? { ranges: spans.map((span) => toRange(source, span)), wordPattern: linkedNamePattern }
        : null;
    }),
  );

  connection.onSelectionRanges(
    about((document, { positions }) => {
      const { source } = document.tree;
      return positions.map((position) => {
        const spans = selectionRanges(document.tree, toOffset(source, position));
        const nested = spans.reduceRight<SelectionRange | undefined>(
          (parent, span) => ({ range: toRange(source, span), ...(parent ? { parent } : {}) }),
          undefined,
        );
        return nested ?? { range: { start: position, end: position } };
      });
    }),
  );

  answer(session, autoCloseRequest, async ({ uri, position }) => {
    const document = documentOf(uri);
    if (!document) return null;
    const offset = toOffset(document.tree.source, position);
    const inHtml = introTextAt(document.forFeatures(), offset);
    if (!inHtml) return autoClose(document.tree, offset) ?? null;
    const { introTagClose } = await import("../features/intro-html.ts");
    return introTagClose(inHtml) ?? null;
  });

  answer(session, bumpVersionRequest, async ({ uri, part, text }) => {
    // Few sessions raise a version, and none should start later for it.
    const { bumpVersion } = await import("../features/bump-version.ts");
    const document = documentOf(uri);
    if (!document) return null;
    const bump = bumpVersion(document.forFeatures(), part, world.clock.now(), text);
    if (bump.kind === "impossible") {
      return { kind: "impossible", reason: translate(bump.reason, bump.arguments) };
    }
    const edits = bump.edits.map((edit) => toTextEdit(document.tree.source, edit));
    return { kind: "bumped", from: oneLine(bump.from), to: oneLine(bump.to), edits };
  });

  answer(session, commitSubjectsRequest, async ({ uri }) => {
    const document = documentOf(uri);
    // Git is asked where the workspace is trusted only.
    if (document?.path === undefined || !session.isTrusted()) return [];
    const { subjectsSinceRelease } = await import("../engine/subjects-since-release.ts");
    const asked = { path: document.path, name: document.forFeatures().spec.name ?? "" };
    const options = { untrustedFolders: workspace.folders, timeLimit: typistPatience };
    return (await subjectsSinceRelease(asked, world, options)).map(oneLine);
  });
}

/** What can be folded in a text. */
function toFolds(tree: SyntaxTree): FoldingRange[] {
  return foldingRanges(tree).map(({ span, kind }): FoldingRange => {
    const { start, end } = toRange(tree.source, span);
    return {
      startLine: start.line,
      endLine: end.line,
      ...(kind === "element" ? {} : { kind: foldingKinds[kind] }),
    };
  });
}

const foldingKinds = { comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;

const symbolKinds: Readonly<Record<CoreSymbol["kind"], SymbolKind>> = {
  package: SymbolKind.Package,
  text: SymbolKind.String,
  switch: SymbolKind.Boolean,
  requirement: SymbolKind.Interface,
  "file-list": SymbolKind.Array,
  file: SymbolKind.File,
  code: SymbolKind.Function,
  database: SymbolKind.Namespace,
  table: SymbolKind.Struct,
  column: SymbolKind.Field,
  key: SymbolKind.Key,
  row: SymbolKind.Object,
  element: SymbolKind.Property,
};

/** In place of those that the first protocol did not have. */
const oldSymbolKinds: Partial<Record<CoreSymbol["kind"], SymbolKind>> = {
  table: SymbolKind.Class,
  key: SymbolKind.Property,
  row: SymbolKind.Variable,
};

/** An outline as an editor can show it. */
function toSymbols(
  symbols: readonly CoreSymbol[],
  document: OpenDocument,
  { allSymbolKinds, symbolTree }: ClientCapabilities,
): DocumentSymbol[] | SymbolInformation[] {
  const kinds = allSymbolKinds ? symbolKinds : { ...symbolKinds, ...oldSymbolKinds };
  const tree = symbols.map((symbol) => toSymbol(document, symbol, kinds));
  return symbolTree ? tree : tree.flatMap((symbol) => flattened(symbol, document.uri));
}

function toSymbol(document: OpenDocument, symbol: CoreSymbol, kinds: typeof symbolKinds): DocumentSymbol {
  const { source } = document.tree;
  return {
    name: oneLine(symbol.name),
    detail: oneLine(symbol.detail),
    kind: kinds[symbol.kind],
    range: toRange(source, symbol.span),
    selectionRange: toRange(source, symbol.selectionSpan),
    children: symbol.children.map((child) => toSymbol(document, child, kinds)),
  };
}

/** The recursion ends: elements nest to a fixed depth at most. */
function flattened(
  { name, kind, range, children = [] }: DocumentSymbol,
  uri: string,
  containerName?: string,
): SymbolInformation[] {
  const own = {
    name,
    kind,
    location: { uri, range },
    ...(containerName === undefined ? {} : { containerName }),
  };
  return [own, ...children.flatMap((child) => flattened(child, uri, name))];
}

function hoverSettings(
  { open, document, session: { world, client } }: AskedSettings,
  { position }: HoverParams,
  { settingsHover }: SettingsParts,
): Hover | null {
  const { source } = open.tree;
  const shown = settingsHover(document, toOffset(source, position), world.texts.translate);
  return shown
    ? { range: toRange(source, shown.span), contents: toMarkup(shown.markdown, client().hoverMarkdown) }
    : null;
}

function outlineSettings(
  { open, document, session: { client } }: AskedSettings,
  _params: unknown,
  { settingsSymbols }: SettingsParts,
) {
  return toSymbols(settingsSymbols(document), open, client());
}

function foldSettings({ open }: AskedSettings): FoldingRange[] {
  return toFolds(open.tree);
}
