import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { InitializeParams, ServerCapabilities } from "vscode-languageserver";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri } from "../support/language-client.ts";
import { pullingClient } from "../support/pulling-editor.ts";
import { RawClient } from "../support/raw-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const page = join(import.meta.dirname, "../../docs/language-features.md");
const text = readFileSync(page, "utf8");

/** A row of the tables: what it is about, what there is for it, and who shows it or why there is nothing. */
interface Row {
  readonly names: readonly string[];
  readonly isHere: boolean;
  readonly shownBy: string;
}

const rows = [...text.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)]
  .filter(([, , , shownBy]) => shownBy !== "Shown by" && shownBy !== "---")
  .map(
    ([, first, second, shownBy]): Row => ({
      names: [...first!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
      isHere: second !== "–",
      shownBy: shownBy!,
    }),
  );

const here = new Set(rows.filter(({ isHere }) => isHere).flatMap(({ names }) => names));

test("what is here is shown by tests that there are, and what is not has a reason", () => {
  assert.ok(rows.length > 70, `${rows.length} rows`);
  for (const { isHere, shownBy } of rows) {
    const links = [...shownBy.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)];
    assert.equal(links.length > 0, isHere, shownBy);
    if (!isHere) assert.match(shownBy, /^[A-Z].*[a-z`*]$/);
    for (const [, title, path] of links) {
      const tests = readFileSync(join(dirname(page), path!), "utf8");
      const written = JSON.stringify(title).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      assert.match(
        tests,
        new RegExp(`(?:\\b(?:test|testWithGit|withServer)\\(|^)\\s*\\[?${written}[,:]`, "m"),
        `${path}: ${title}`,
      );
    }
  }
});

/** An editor that is offered all that a server has, but for what belongs to the extension. */
const everything: InitializeParams["capabilities"] = {
  ...pullingClient,
  workspace: {
    ...pullingClient.workspace,
    // It answers no questions.
    configuration: false,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
    fileOperations: { willRename: true, willDelete: true, didRename: true, didDelete: true },
  },
  textDocument: { ...pullingClient.textDocument, rename: { prepareSupport: true } },
};

/** The requests that a capability announces. */
const requestsOf: Readonly<Record<string, (options: Options) => readonly string[]>> = {
  hoverProvider: () => ["textDocument/hover"],
  completionProvider: (options) => ["textDocument/completion", ...resolved("completionItem", options)],
  definitionProvider: () => ["textDocument/definition"],
  referencesProvider: () => ["textDocument/references"],
  documentHighlightProvider: () => ["textDocument/documentHighlight"],
  documentSymbolProvider: () => ["textDocument/documentSymbol"],
  workspaceSymbolProvider: (options) => ["workspace/symbol", ...resolved("workspaceSymbol", options)],
  codeActionProvider: (options) => ["textDocument/codeAction", ...resolved("codeAction", options)],
  codeLensProvider: (options) => ["textDocument/codeLens", ...resolved("codeLens", options)],
  documentLinkProvider: (options) => ["textDocument/documentLink", ...resolved("documentLink", options)],
  documentFormattingProvider: () => ["textDocument/formatting"],
  documentRangeFormattingProvider: () => ["textDocument/rangeFormatting"],
  documentOnTypeFormattingProvider: () => ["textDocument/onTypeFormatting"],
  renameProvider: ({ prepareProvider }) => [
    "textDocument/rename",
    ...(prepareProvider ? ["textDocument/prepareRename"] : []),
  ],
  linkedEditingRangeProvider: () => ["textDocument/linkedEditingRange"],
  foldingRangeProvider: () => ["textDocument/foldingRange"],
  selectionRangeProvider: () => ["textDocument/selectionRange"],
  semanticTokensProvider: ({ range, full }) => [
    "textDocument/semanticTokens/full",
    ...(Object(full).delta ? ["textDocument/semanticTokens/full/delta"] : []),
    ...(range ? ["textDocument/semanticTokens/range"] : []),
  ],
  inlayHintProvider: (options) => ["textDocument/inlayHint", ...resolved("inlayHint", options)],
  diagnosticProvider: ({ workspaceDiagnostics }) => [
    "textDocument/diagnostic",
    ...(workspaceDiagnostics ? ["workspace/diagnostic"] : []),
  ],
  executeCommandProvider: () => ["workspace/executeCommand"],
};

type Options = Readonly<Record<string, unknown>>;

function resolved(what: string, { resolveProvider }: Options): readonly string[] {
  return resolveProvider ? [`${what}/resolve`] : [];
}

function announced(capabilities: ServerCapabilities): readonly string[] {
  const providers = Object.entries(capabilities).filter(([name]) => name.endsWith("Provider"));
  const operations = Object.keys(capabilities.workspace?.fileOperations ?? {});
  return [
    ...providers.flatMap(([name, options]) => requestsOf[name]?.(Object(options)) ?? assert.fail(name)),
    ...operations.filter((each) => each.startsWith("will")).map((each) => `workspace/${each}Files`),
  ];
}

test("every request that is announced is in the table, and is answered over stdio", async (context) => {
  const folder = temporaryFolder(context, {
    ...goodPackage,
    // Of one that is not open there is something to tell the workspace.
    "Closed.sopm": goodSpec.replace("<Name>Acme", "<Name>Closed"),
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  const client = new RawClient(context);
  const { result } = await client.initialize({
    capabilities: everything,
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
  });
  client.open(uri, goodSpec);
  const { capabilities } = result as { readonly capabilities: ServerCapabilities };
  const requests = announced(capabilities);
  assert.ok(requests.length > 25, `${requests.length} requests`);
  const { codeActionKinds = [] } = Object(capabilities.codeActionProvider);
  assert.ok(codeActionKinds.length > 0);
  const missing = [...requests, ...codeActionKinds].filter((each: string) => !here.has(each));
  assert.deepEqual(missing, [], "docs/language-features.md has no row for these");

  const textDocument = { uri };
  const lines = goodSpec.split("\n");
  const line = lines.findIndex((each) => each.includes("Location"));
  const position = { line, character: lines[line]!.indexOf("Location") + 12 };
  const range = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: 0 } };
  const options = { tabSize: 4, insertSpaces: true };
  const file = fileUri(join(folder, "Kernel/System/Acme.pm"));
  const first = async (method: string, params: unknown) => {
    const { result: found } = await client.request(method, params);
    return (found as { readonly items?: unknown[] })?.items?.[0] ?? (found as unknown[])[0];
  };
  const tokens = await client.request("textDocument/semanticTokens/full", { textDocument });
  /** What is asked for beside the document and a place in it. */
  const more: Readonly<Record<string, unknown>> = {
    "completionItem/resolve": await first("textDocument/completion", {
      textDocument,
      position: { line, character: 8 },
    }),
    "inlayHint/resolve": await first("textDocument/inlayHint", { textDocument, range }),
    "textDocument/semanticTokens/full/delta": {
      textDocument,
      previousResultId: Object(tokens.result).resultId,
    },
    "textDocument/references": { textDocument, position, context: { includeDeclaration: true } },
    "textDocument/rename": { textDocument, position, newName: "Kernel/System/Other.pm" },
    "textDocument/codeAction": { textDocument, range, context: { diagnostics: [] } },
    "textDocument/selectionRange": { textDocument, positions: [position] },
    "textDocument/onTypeFormatting": { textDocument, position, ch: ">", options },
    "workspace/symbol": { query: "Acme" },
    "workspace/diagnostic": { previousResultIds: [] },
    "workspace/executeCommand": { command: "sopm.server.previewSql", arguments: [{ uri }] },
    "workspace/willRenameFiles": { files: [{ oldUri: file, newUri: file.replace("Acme.pm", "Other.pm") }] },
    "workspace/willDeleteFiles": { files: [{ uri: file }] },
  };
  for (const method of requests) {
    const params = more[method] ?? { textDocument, position, range, options };
    const { error } = await client.request(method, params);
    assert.equal(error, undefined, method);
  }
  for (const kind of codeActionKinds) {
    const asked = { textDocument, range, context: { diagnostics: [], only: [kind] } };
    assert.equal((await client.request("textDocument/codeAction", asked)).error, undefined, kind);
  }
  assert.equal((await client.stop()).stderr, "");
});
