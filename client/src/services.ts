import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import type { InitializationOptions } from "../../server/src/protocol/session.ts";
import { ChosenSystem } from "./chosen-system.ts";
import { documentSelector } from "./document-selector.ts";
import { EntryEditor } from "./editing/edit-entry.ts";
import { sayNowhere } from "./moving/say-nowhere.ts";
import { type Forwarding, forwardPerl } from "./perl/forward-perl.ts";
import { PerlDocuments } from "./perl/perl-documents.ts";
import { PerlExtensions } from "./perl/perl-extensions.ts";
import { codeCacheFolder } from "./session/code-cache.ts";
import { partsFolder } from "./session/engines.ts";
import { GitReferences } from "./session/git-references.ts";
import { setSettings, settingKeysOf } from "./session/set-settings.ts";
import { pageScript } from "./views/page-script.ts";
import { createReports } from "./views/report/create-reports.ts";
import type { ReportPanels } from "./views/report/report-panels.ts";
import { Verifications } from "./views/verify/verifications.ts";

/** What the parts of the extension share. */
export interface Services {
  readonly client: LanguageClient;
  readonly output: vscode.LogOutputChannel;
  /** Tells of every file of the workspace that changes. */
  readonly files: vscode.FileSystemWatcher;
  /** Tells when earlier versions come or go. */
  readonly references: GitReferences;
  /** Of this workspace. */
  readonly memory: vscode.Memento;
  readonly system: ChosenSystem;
  readonly entries: EntryEditor;
  readonly reports: ReportPanels;
  readonly verifications: Verifications;
  readonly perl: Forwarding;
}

/** Makes them; they end with the extension. The server does not run yet. */
export function createServices(context: vscode.ExtensionContext): Services {
  const output = vscode.window.createOutputChannel("SOPM", { log: true });
  const files = vscode.workspace.createFileSystemWatcher("**/*");
  const perl = { client: () => client, documents: new PerlDocuments(), extensions: new PerlExtensions() };
  const client: LanguageClient = createClient(context, output, perl);
  const memory = context.workspaceState;
  const system = new ChosenSystem(memory);
  const references = new GitReferences(client, files);
  const entries = new EntryEditor();
  const { documents, extensions } = perl;
  context.subscriptions.push(output, files, documents, extensions, client, system, references, entries);
  const reports = createReports(context, { client, system, files, references });
  const verifications = new Verifications(client, system, pageScript(context, "verify-view"));
  context.subscriptions.push(verifications);
  return { client, output, files, references, memory, system, entries, reports, verifications, perl };
}

function createClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  perl: Forwarding,
): LanguageClient {
  const { provideDefinition, ...forwarded } = forwardPerl(perl);
  const nowhere = sayNowhere(perl.client);
  return new LanguageClient(
    "sopm",
    "SOPM",
    {
      module: context.asAbsolutePath("dist/server.js"),
      transport: TransportKind.ipc,
      options: { env: { SOPM_CODE_CACHE: codeCacheFolder(context) } },
    },
    {
      documentSelector,
      // Findings are asked for with every edit; of files that change the server tells.
      diagnosticPullOptions: { onChange: true },
      outputChannel: output,
      // Asked again at every start of the server.
      initializationOptions: (): InitializationOptions => {
        const parts = partsFolder();
        return {
          trusted: vscode.workspace.isTrusted,
          locale: vscode.env.language,
          storageFolder: context.globalStorageUri.fsPath,
          ...(parts === undefined ? {} : { partsFolder: parts }),
          ownCommands: true,
        };
      },
      middleware: {
        ...forwarded,
        // What leads nowhere is said when nobody knows the way.
        provideDefinition: (document, position, token, next) =>
          nowhere.provideDefinition(document, position, token, (...asked) =>
            provideDefinition(...asked, next),
          ),
        workspace: { configuration: (params) => setSettings(params, settingKeysOf(context)) },
      },
    },
  );
}
