import {
  createConnection,
  type Diagnostic,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

/** The yardstick: a language server that keeps documents and answers every change with no findings. */
const connection = createConnection();
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.onDidChangeContent(({ document: { uri, version } }) => {
  const diagnostics: Diagnostic[] = [];
  void connection.sendDiagnostics({ uri, version, diagnostics });
});
documents.listen(connection);
connection.listen();
