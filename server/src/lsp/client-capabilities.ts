import {
  CompletionItemKind,
  DiagnosticTag,
  type InitializeParams,
  InsertTextMode,
  ResourceOperationKind,
  SymbolKind,
} from "vscode-languageserver";

/** What a client may take an order for to ask for it again, as its capabilities name it. */
const refreshable = ["inlayHint", "semanticTokens", "codeLens"] as const;
export type Refreshable = (typeof refreshable)[number];

/** What it asks and tells about files and folders that it moves and deletes, as its capabilities name it. */
export const fileOperations = ["willRename", "willDelete", "didRename", "didDelete"] as const;
export type FileOperation = (typeof fileOperations)[number];

/** What is answered in documents of other languages, as its capabilities name it. */
const registrableFeatures = ["completion", "hover", "documentSymbol", "foldingRange"] as const;
export type RegistrableFeature = (typeof registrableFeatures)[number];

/** What the client has said that it can do, as far as an answer depends on it. What it is silent about it cannot do. */
export interface ClientCapabilities {
  /** It is asked for settings; without, those count that it sends by itself. */
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  /** It tells of open documents of other languages when it is asked to. */
  readonly registersDocuments: boolean;
  /** It can be told later that it may ask where names are defined and used. */
  readonly registersDefinitions: boolean;
  readonly registersHighlights: boolean;
  readonly registersRename: boolean;
  /** It asks what is renamed before it asks for a new name. */
  readonly preparesRename: boolean;
  /** What it can be told later that it may ask of documents of other languages. */
  readonly registersFeatures: readonly RegistrableFeature[];
  /** It shows what part of a text leads to a definition. */
  readonly definitionLinks: boolean;
  readonly workspaceFolders: boolean;
  /** It tells of files that change when it is asked to. */
  readonly watchesFiles: boolean;
  /** Edits can be for one version of a document. */
  readonly documentChanges: boolean;
  /** Edits can give files other names. */
  readonly renamesFiles: boolean;
  /** Edits can wait until somebody has agreed to them. */
  readonly changeAnnotations: boolean;
  /** It makes edits that it has not asked for. */
  readonly appliesEdits: boolean;
  readonly fileOperations: readonly FileOperation[];
  /** Edits can make files. */
  readonly createsFiles: boolean;
  /** Code actions may be more than commands. */
  readonly codeActions: boolean;
  readonly symbolTree: boolean;
  readonly hoverMarkdown: boolean;
  readonly completionMarkdown: boolean;
  readonly snippets: boolean;
  /** It moves texts of several lines to where they are inserted. */
  readonly adjustsIndentation: boolean;
  /** The kinds of the first protocol, which end at `Reference` and `Array`, or all. */
  readonly allCompletionKinds: boolean;
  readonly allSymbolKinds: boolean;
  /** It asks for findings, and asks again when it is told to. One that cannot be told would not hear of files that come. */
  readonly pullsDiagnostics: boolean;
  readonly diagnosticVersions: boolean;
  /** A finding can lead to the page of its rule. */
  readonly diagnosticPages: boolean;
  /** A finding can lead to other places. */
  readonly relatedPlaces: boolean;
  readonly unnecessaryTag: boolean;
  /** It shows progress under tokens that the server makes. */
  readonly workDoneProgress: boolean;
  /** It shows hints in lines. */
  readonly inlayHints: boolean;
  /** It asks for the tooltip of a hint when it is wanted. */
  readonly resolvesHints: boolean;
  readonly semanticTokens: boolean;
  /** What it asks for again when it is told to. */
  readonly refreshes: readonly Refreshable[];
  /** It is our own extension, which has commands for everything and is never offered those of the server. */
  readonly ownCommands: boolean;
}

/**
 * Reads what a client passed with `initialize`. Nothing in it is trusted to have the shape that it should have.
 *
 */
export function clientCapabilities(params: Partial<InitializeParams>): ClientCapabilities {
  const at = (path: string, start: unknown = params.capabilities) =>
    path.split(".").reduce((value, name) => Object(value)[name], start);
  const has = (path: string) => at(path) === true;
  const lists = (path: string, value: unknown) => {
    const values = at(path);
    return Array.isArray(values) && values.includes(value);
  };
  const item = "textDocument.completion.completionItem";
  const pull = "textDocument.diagnostic";
  const push = "textDocument.publishDiagnostics";
  const isObject = (path: string) => typeof at(path) === "object" && at(path) !== null;
  const pullsDiagnostics = isObject(pull) && has("workspace.diagnostics.refreshSupport");
  return {
    configuration: has("workspace.configuration"),
    registersConfiguration: has("workspace.didChangeConfiguration.dynamicRegistration"),
    registersDocuments: has("textDocument.synchronization.dynamicRegistration"),
    registersDefinitions:
      has("textDocument.definition.dynamicRegistration") &&
      has("textDocument.references.dynamicRegistration"),
    registersHighlights: has("textDocument.documentHighlight.dynamicRegistration"),
    registersRename: has("textDocument.rename.dynamicRegistration"),
    preparesRename: has("textDocument.rename.prepareSupport"),
    registersFeatures: registrableFeatures.filter((each) => has(`textDocument.${each}.dynamicRegistration`)),
    definitionLinks: has("textDocument.definition.linkSupport"),
    workspaceFolders: has("workspace.workspaceFolders"),
    watchesFiles: has("workspace.didChangeWatchedFiles.dynamicRegistration"),
    documentChanges: has("workspace.workspaceEdit.documentChanges"),
    createsFiles:
      has("workspace.workspaceEdit.documentChanges") &&
      lists("workspace.workspaceEdit.resourceOperations", ResourceOperationKind.Create),
    renamesFiles:
      has("workspace.workspaceEdit.documentChanges") &&
      lists("workspace.workspaceEdit.resourceOperations", ResourceOperationKind.Rename),
    changeAnnotations:
      has("workspace.workspaceEdit.documentChanges") &&
      isObject("workspace.workspaceEdit.changeAnnotationSupport"),
    appliesEdits: has("workspace.applyEdit"),
    fileOperations: fileOperations.filter((each) => has(`workspace.fileOperations.${each}`)),
    codeActions: lists(
      "textDocument.codeAction.codeActionLiteralSupport.codeActionKind.valueSet",
      "quickfix",
    ),
    symbolTree: has("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
    hoverMarkdown: lists("textDocument.hover.contentFormat", "markdown"),
    completionMarkdown: lists(`${item}.documentationFormat`, "markdown"),
    snippets: has(`${item}.snippetSupport`),
    adjustsIndentation: lists(`${item}.insertTextModeSupport.valueSet`, InsertTextMode.adjustIndentation),
    allCompletionKinds: lists(
      "textDocument.completion.completionItemKind.valueSet",
      CompletionItemKind.Struct,
    ),
    allSymbolKinds: lists("textDocument.documentSymbol.symbolKind.valueSet", SymbolKind.Struct),
    pullsDiagnostics,
    diagnosticVersions: has(`${push}.versionSupport`),
    // A client of protocol 3.17 says for all findings what it says for those that it is told of.
    diagnosticPages: has(`${push}.codeDescriptionSupport`) || has(`${pull}.codeDescriptionSupport`),
    relatedPlaces: has(`${push}.relatedInformation`) || has(`${pull}.relatedInformation`),
    unnecessaryTag: [push, pull].some((each) =>
      lists(`${each}.tagSupport.valueSet`, DiagnosticTag.Unnecessary),
    ),
    workDoneProgress: has("window.workDoneProgress"),
    inlayHints: isObject("textDocument.inlayHint"),
    resolvesHints: lists("textDocument.inlayHint.resolveSupport.properties", "tooltip"),
    semanticTokens: isObject("textDocument.semanticTokens"),
    refreshes: refreshable.filter((each) => has(`workspace.${each}.refreshSupport`)),
    ownCommands: at("ownCommands", params.initializationOptions) === true,
  };
}
