import {
  DefinitionRequest,
  DocumentHighlightKind,
  DocumentHighlightRequest,
  type Location,
  type LocationLink,
  MessageType,
  type Range,
  ReferencesRequest,
  RenameRequest,
  type ServerCapabilities,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import { type Definition, type DefinitionTarget, definition } from "../features/definition.ts";
import { documentHighlights } from "../features/document-highlight.ts";
import { frameworkTable } from "../features/framework-table.ts";
import type { KnownSymbols } from "../features/known-symbols.ts";
import { type NamedDocument, namedFile, namedSpec } from "../features/named-document.ts";
import { type Reference, references } from "../features/references.ts";
import { releases } from "../knowledge/releases.ts";
import { messageText } from "../l10n/translate.ts";
import { frameworkTextRequest, nowhereRequest } from "../protocol/moving.ts";
import type { SymbolKind as CoreKind } from "../symbols/symbol.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { fileSymbols, openFileKind } from "../workspace/open-files.ts";
import { aboutDocuments } from "./about-documents.ts";
import { answer } from "./answer.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toOffset, toRange } from "./convert.ts";
import { frameworkRange, frameworkText, frameworkUri } from "./framework-texts.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

export const movingCapabilities: ServerCapabilities = {
  definitionProvider: true,
  documentHighlightProvider: true,
  referencesProvider: true,
  workspaceSymbolProvider: true,
};

/** The files of packages that are open as what they are to others, and in which names lead somewhere all the same. */
export const packageFileSelector = [
  { scheme: "file", pattern: "**/Kernel/Config/Files/**/*.xml" },
  { scheme: "file", pattern: "**/var/packagesetup/**/*.pm" },
];

/** Has editors ask about names in files of packages, too. */
export function registerMoving({ connection }: Session, client: ClientCapabilities): void {
  const { registersDefinitions, registersHighlights, registersRename, preparesRename } = client;
  const documentSelector = packageFileSelector;
  if (registersHighlights)
    inBackground(connection, connection.client.register(DocumentHighlightRequest.type, { documentSelector }));
  if (!registersDefinitions) return;
  for (const { type } of [DefinitionRequest, ReferencesRequest])
    inBackground(connection, connection.client.register(type, { documentSelector }));
  if (registersRename)
    inBackground(
      connection,
      connection.client.register(RenameRequest.type, { documentSelector, prepareProvider: preparesRename }),
    );
}

/** Answers where names are defined and used. */
export function answerMoving(session: Session): void {
  const { connection, world, client, workspace } = session;
  const about = aboutDocuments((uri) => namedOf(uri, session));

  connection.onDefinition(
    about((asked, { position }) => {
      const found = definitionAt(asked, position);
      if (!found) return null;
      const targets = found.targets.flatMap((target) => locationOf(target, asked) ?? []);
      if (targets.length === 0 && !client().ownCommands)
        showMessage(connection, MessageType.Info, nowhereText(found, asked, session));
      if (!client().definitionLinks) return targets;
      const originSelectionRange = toRange(asked.open.tree.source, found.origin);
      return targets.map(
        ({ uri: targetUri, range }): LocationLink => ({
          ...{ originSelectionRange, targetUri },
          ...{ targetRange: range, targetSelectionRange: range },
        }),
      );
    }),
  );

  connection.onReferences(
    about(({ open, document, known }, { position, context }) => {
      const { source } = open.tree;
      const found = references(document, toOffset(source, position), known, context.includeDeclaration);
      return found?.map((each) => placeOf(each, open)) ?? null;
    }),
  );

  connection.onDocumentHighlight(
    about(({ open, document }, { position }) => {
      const { source } = open.tree;
      const hasTags = document.kind !== "file" || openFileKind(open) === "settings";
      const found = documentHighlights(document, hasTags ? open.tree : undefined, toOffset(source, position));
      return found.map(({ span, kind }) => ({ range: toRange(source, span), kind: highlightKinds[kind] }));
    }),
  );

  connection.onWorkspaceSymbol(async ({ query }) => {
    const { workspaceSymbols } = await import("../features/workspace-symbols.ts");
    const known = workspace.symbolsBeside(undefined);
    const kinds = client().allSymbolKinds ? symbolKinds : { ...symbolKinds, table: SymbolKind.Class };
    return workspaceSymbols(query, known).map((found): SymbolInformation => {
      const { kind, name, owner, document, place, path } = found;
      const file = path === undefined ? undefined : known.fileOf(document, path);
      return {
        name: oneLine(name),
        kind: kinds[kind],
        ...(owner === undefined ? {} : { containerName: oneLine(owner) }),
        location:
          file === undefined
            ? { uri: uriOf(document, session), range: place }
            : { uri: uriOf(file, session), range: atStart },
      };
    });
  });

  answer(session, nowhereRequest, async ({ uri, position }) => {
    const asked = namedOf(uri, session);
    const found = asked && definitionAt(asked, position);
    if (!asked || !found) return null;
    const isSomewhere = found.targets.some((target) => locationOf(target, asked));
    return isSomewhere ? null : nowhereText(found, asked, session);
  });

  answer(session, frameworkTextRequest, async ({ uri }) => frameworkText(uri, world) ?? null);

  /** Undefined for a place that this editor cannot show. */
  function locationOf(target: DefinitionTarget, { open, document }: Asked): Location | undefined {
    switch (target.kind) {
      case "own-file": {
        const { baseFolder } = open;
        return baseFolder === undefined
          ? undefined
          : { uri: uriOf(world.paths.join(baseFolder, target.path), session), range: atStart };
      }
      case "file":
        return { uri: uriOf(target.file, session), range: atStart };
      case "framework": {
        const table = frameworkTable(target.table, document.knowledge, world.texts.translate);
        if (!table || !client().ownCommands) return undefined;
        const uri = frameworkUri(target.table, document.knowledge);
        return { uri, range: frameworkRange(table, target.column) };
      }
      default:
        return placeOf(target, open);
    }
  }

  function placeOf(reference: Reference, { uri, tree }: OpenDocument): Location {
    return reference.kind === "here"
      ? { uri, range: toRange(tree.source, reference.span) }
      : { uri: uriOf(reference.document, session), range: reference.place };
  }
}

/** Editors write addresses in ways of their own; what is open is called as it was opened. */
export function uriOf(path: string, { workspace, world }: Pick<Session, "workspace" | "world">): string {
  const open = workspace.documents.all().find((each) => each.path === path) ?? workspace.files.get(path);
  return open?.uri ?? world.paths.toUri(path);
}

/** A document that is asked about, with all that is known beside it. */
export interface Asked {
  readonly open: OpenDocument;
  readonly document: NamedDocument;
  readonly known: KnownSymbols;
}

/** A document that is open, as features about names take it. */
export function namedOf(uri: string, { documentOf, workspace, world }: Session): Asked | undefined {
  const spec = documentOf(uri);
  const open = spec ?? workspace.files.get(world.paths.fromUri(uri));
  if (!open) return undefined;
  const document = spec
    ? namedSpec(spec.forFeatures())
    : namedFile(fileSymbols(open, {}), world.knowledge.knowledgeOf(releases));
  return { open, document, known: workspace.symbolsBeside(open.path) };
}

function definitionAt({ open, document, known }: Asked, position: Range["start"]): Definition | undefined {
  return definition(document, toOffset(open.tree.source, position), known);
}

/** What is said where an editor has nothing to show: of tables of the framework, that it has them. */
function nowhereText({ targets, nowhere }: Definition, { document }: Asked, { world }: Session): string {
  const { translate } = world.texts;
  const framework = targets.find((target) => target.kind === "framework");
  if (!framework) return oneLine(messageText(nowhere, translate));
  const { table } = framework;
  const release = document.knowledge.release ?? "";
  return oneLine(translate("The table “{table}” comes with {release}.", { table, release }));
}

const highlightKinds = {
  text: DocumentHighlightKind.Text,
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
};

const symbolKinds: Readonly<Record<CoreKind, SymbolKind>> = {
  package: SymbolKind.Package,
  file: SymbolKind.File,
  module: SymbolKind.Module,
  sub: SymbolKind.Function,
  setting: SymbolKind.Property,
  table: SymbolKind.Struct,
  column: SymbolKind.Field,
  index: SymbolKind.Key,
  key: SymbolKind.Key,
};

const atStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
