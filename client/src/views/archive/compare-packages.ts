import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  archiveRequest,
  type ComparedContent,
  type ComparedPackages,
  comparePackagesRequest,
  type PackagePlace,
} from "../../../../server/src/protocol/archive.ts";
import { versionsRequest } from "../../../../server/src/protocol/versions.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import type { ChosenSystem } from "../../chosen-system.ts";
import { inBackground } from "../../in-background.ts";
import { showFailure } from "../../show-failure.ts";
import { choosePackage } from "../../spec-target.ts";
import { runWithProgress } from "../../with-progress.ts";
import { workspaceSpecs } from "../../workspace-specs.ts";
import { installedIn } from "../explorer/sandbox-nodes.ts";
import { chooseSandbox } from "../sandboxes/choose-sandbox.ts";
import type { VersionNode } from "../versions/versions-nodes.ts";
import { archivedUri } from "./archive-documents.ts";
import { fileOnDisk, nameOf, workspaceArchives } from "./choose-archive.ts";

const comparisonScheme = "sopm-comparison";

/** Compares packages, and shows what differs: a report, and the editor's own view of the texts. */
export class PackageComparisons implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #system: ChosenSystem;
  readonly #registration: vscode.Disposable;
  /** Reports by their address. */
  readonly #reports = new Map<string, string>();

  constructor(client: LanguageClient, system: ChosenSystem) {
    this.#client = client;
    this.#system = system;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(comparisonScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#reports.delete(uri.toString())),
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#reports.get(uri.toString());
  }

  /**
   * Compares a package with another one, which the reader picks where nobody has named it. Yields the report; undefined
   * where nothing is compared.
   */
  async compare(argument: unknown, other?: unknown): Promise<string | undefined> {
    const earlier = versionIn(argument);
    const uri = earlier ? vscode.Uri.parse(earlier.spec) : await choosePackage(argument, undefined);
    if (!uri) return undefined;
    const own = this.#fileAt(uri);
    const name = installedIn(argument) ?? oneLine(basename(uri.path));
    const one = earlier ? this.#versionOf(uri, earlier.listed.version) : own;
    // An earlier version is compared with the spec as it is now.
    const another = earlier
      ? own
      : other instanceof vscode.Uri
        ? this.#fileAt(other)
        : await this.#chooseOther(one, uri, name);
    if (!another) return undefined;
    const result = await runWithProgress(vscode.l10n.t("Comparing packages…"), (_report, cancellation) =>
      ask(this.#client, comparePackagesRequest, { before: one, after: another }, cancellation),
    );
    if (result.kind === "failed") showFailure(result);
    if (result.kind !== "comparison") return undefined;
    if (result.isSame) {
      inBackground(vscode.window.showInformationMessage(vscode.l10n.t("Both packages are the same.")));
      return result.text;
    }
    await this.#showTexts(one, another, result);
    await this.#showReport(name, result);
    return result.text;
  }

  #fileAt(uri: vscode.Uri): PackagePlace {
    return { kind: "file", uri: this.#client.code2ProtocolConverter.asUri(uri) };
  }

  async #chooseOther(one: PackagePlace, uri: vscode.Uri, name: string): Promise<PackagePlace | undefined> {
    const isOther = (each: vscode.Uri) => each.toString() !== uri.toString();
    const [specs, archives] = await Promise.all([workspaceSpecs(), workspaceArchives()]);
    interface Item extends vscode.QuickPickItem {
      readonly choose?: () => Promise<PackagePlace | undefined>;
    }
    const itemOf = (icon: string) => (each: vscode.Uri) => ({
      label: `$(${icon}) ${nameOf(each)}`,
      choose: async () => this.#fileAt(each),
    });
    const items: Item[] = [
      ...specs.filter(isOther).map(itemOf("file-code")),
      ...archives.filter(isOther).map(itemOf("package")),
      { label: "", kind: vscode.QuickPickItemKind.Separator },
      ...(uri.path.endsWith(".opm")
        ? [
            {
              label: `$(server) ${vscode.l10n.t("As It Is Installed in a Sandbox…")}`,
              choose: () => this.#chooseInstalled(one),
            },
          ]
        : []),
      ...(uri.path.endsWith(".sopm")
        ? [
            {
              label: `$(history) ${vscode.l10n.t("Earlier Version or Tag…")}`,
              choose: () => this.#chooseVersion(uri),
            },
          ]
        : []),
      {
        label: `$(folder-opened) ${vscode.l10n.t("Choose a File…")}`,
        choose: async () => {
          const chosen = await fileOnDisk(["opm", "sopm"]);
          return chosen && this.#fileAt(chosen);
        },
      },
    ];
    const placeHolder = vscode.l10n.t("Compare {0} with which package?", name);
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.choose?.();
  }

  async #chooseVersion(spec: vscode.Uri): Promise<PackagePlace | undefined> {
    const uri = this.#client.code2ProtocolConverter.asUri(spec);
    const title = vscode.l10n.t("Looking for versions…");
    const found = await runWithProgress(title, (_report, cancellation) =>
      ask(this.#client, versionsRequest, { uri }, cancellation),
    );
    if (found?.kind === "failed") showFailure(found);
    if (found?.kind !== "versions") return undefined;
    const items = found.versions
      .filter(({ source, problem }) => source !== "spec" && problem === "")
      .map(({ version, places, date }) => ({ label: version, description: [date, ...places].join(" · ") }));
    if (items.length === 0) {
      const text = vscode.l10n.t("No earlier version of this spec is found.");
      inBackground(vscode.window.showInformationMessage([text, ...found.notes].join(" ")));
      return undefined;
    }
    const options = { placeHolder: vscode.l10n.t("Which version?"), matchOnDescription: true };
    const chosen = await vscode.window.showQuickPick(items, options);
    return chosen && this.#versionOf(spec, chosen.label);
  }

  #versionOf(spec: vscode.Uri, version: string): PackagePlace {
    return { kind: "version", uri: this.#client.code2ProtocolConverter.asUri(spec), version };
  }

  async #chooseInstalled(one: PackagePlace): Promise<PackagePlace | undefined> {
    const archive = await ask(this.#client, archiveRequest, { of: one });
    if (archive.kind === "failed") showFailure(archive);
    if (archive.kind !== "archive") return undefined;
    const sandbox = await chooseSandbox(this.#client, this.#system);
    return sandbox?.folder === undefined
      ? undefined
      : { kind: "installed", folder: sandbox.folder, name: archive.name };
  }

  /** The spec parts and all files that differ, side by side. */
  async #showTexts(one: PackagePlace, other: PackagePlace, { files }: ComparedPackages): Promise<void> {
    const specs = this.#specsOf(one, other);
    const resources = files.map(({ location, before, after }) => [
      archivedUri(one, location),
      before === null ? undefined : this.#uriOf(one, location, before),
      after === null ? undefined : this.#uriOf(other, location, after),
    ]);
    const title = vscode.l10n.t("Differences of Packages");
    await vscode.commands.executeCommand("vscode.changes", title, [[specs[0], ...specs], ...resources]);
  }

  /** A spec is not written like an archive, and would differ from it everywhere: it is shown as it would be built. */
  #specsOf(one: PackagePlace, other: PackagePlace): readonly [vscode.Uri, vscode.Uri] {
    const { asUri } = this.#client.protocol2CodeConverter;
    if (isSpec(one) && isSpec(other)) return [asUri(one.uri), asUri(other.uri)];
    return [archivedUri(one, "package.sopm"), archivedUri(other, "package.sopm")];
  }

  #uriOf(of: PackagePlace, location: string, content: ComparedContent): vscode.Uri {
    return content.kind === "disk"
      ? this.#client.protocol2CodeConverter.asUri(content.uri)
      : archivedUri(of, location, content.file);
  }

  async #showReport(name: string, { text }: ComparedPackages): Promise<void> {
    const address = vscode.Uri.from({
      scheme: comparisonScheme,
      path: `/${name}.diff`,
      query: String(++this.#count),
    });
    this.#reports.set(address.toString(), text);
    const document = await vscode.workspace.openTextDocument(address);
    const options = { viewColumn: vscode.ViewColumn.Beside, preview: false, preserveFocus: true };
    await vscode.window.showTextDocument(document, options);
  }

  #count = 0;
}

function isSpec(of: PackagePlace): of is Extract<PackagePlace, { readonly kind: "file" }> {
  return of.kind === "file" && !/\.opm$/i.test(of.uri);
}

/** A row of the view of versions that stands for an earlier one. */
function versionIn(argument: unknown): Extract<VersionNode, { readonly kind: "version" }> | undefined {
  const { kind } = Object(argument) as Partial<VersionNode>;
  const node = argument as Extract<VersionNode, { readonly kind: "version" }>;
  return kind === "version" && node.listed.source !== "spec" ? node : undefined;
}
