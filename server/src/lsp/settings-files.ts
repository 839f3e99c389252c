import {
  type CancellationToken,
  CompletionRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import { completionTriggers } from "../features/completion.ts";
import type { SettingsDocument } from "../features/settings-file/document.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { openFileKind } from "../workspace/open-files.ts";
import { withdrawn } from "./about-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Where packages have their settings files. What else lies there is told from them by its root element. */
const settingsFileSelector = [{ scheme: "file", pattern: "**/Kernel/Config/Files/**/*.xml" }];

/** Has editors ask about settings files, whatever language they take them for. */
export function registerSettingsFiles(
  { connection }: Session,
  { registersFeatures }: ClientCapabilities,
): void {
  const documentSelector = settingsFileSelector;
  const registrations = {
    completion: () =>
      connection.client.register(CompletionRequest.type, {
        documentSelector,
        triggerCharacters: [...completionTriggers],
      }),
    hover: () => connection.client.register(HoverRequest.type, { documentSelector }),
    documentSymbol: () => connection.client.register(DocumentSymbolRequest.type, { documentSelector }),
    foldingRange: () => connection.client.register(FoldingRangeRequest.type, { documentSelector }),
  };
  for (const each of registersFeatures) inBackground(connection, registrations[each]());
}

/** A settings file that is asked about, and the editor that asks. */
export interface AskedSettings {
  readonly open: OpenDocument;
  readonly document: SettingsDocument;
  readonly session: Session;
}

export type SettingsParts = typeof import("../features/settings-file.ts");

/**
 * Makes the answer to a question that is asked about specs and about settings files. Null is the answer for a file that is
 * somebody else's. What settings files need is loaded when one is first asked about.
 */
export function orSettingsFile<
  Params extends { readonly textDocument: TextDocumentIdentifier },
  Result,
  Other,
>(
  session: Session,
  answer: (asked: AskedSettings, params: Params, parts: SettingsParts) => Result | null,
  other: (params: Params, cancellation: CancellationToken) => Promise<Other>,
) {
  const { workspace, world } = session;
  return async (params: Params, cancellation: CancellationToken) => {
    const path = world.paths.fromUri(params.textDocument.uri);
    const open = workspace.files.get(path);
    if (!open || path === undefined || openFileKind(open) !== "settings") return other(params, cancellation);
    const parts = await import("../features/settings-file.ts");
    if (cancellation.isCancellationRequested) return withdrawn();
    const format = parts.settingsFormat(open.tree, path);
    if (format === undefined) return null;
    const known = workspace.symbolsBeside(path);
    const document: SettingsDocument = {
      ...{ tree: open.tree, format, known },
      knowledge: parts.settingsKnowledge(open.tree, format, world.knowledge),
      owners: ownersOf(path, known),
    };
    return answer({ open, document, session }, params, parts);
  };
}

/** The packages whose spec lists the file, not one of the same name elsewhere. */
function ownersOf(path: string, { packages, fileOf }: SettingsDocument["known"]): SettingsDocument["owners"] {
  const [location] = /Kernel[\\/]Config[\\/]Files[\\/].*$/.exec(path) ?? [];
  if (location === undefined) return [];
  const listed = location.replaceAll("\\", "/");
  return packages
    .listing(listed)
    .filter(({ kind, document }) => kind === "spec" && fileOf(document, listed) === path);
}
