import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { EarlierChoice } from "../../../../server/src/protocol/dry-run.ts";
import { type ListedVersion, versionsRequest } from "../../../../server/src/protocol/versions.ts";
import { isVersionText } from "../../../../server/src/text/version-text.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";

/** What was chosen to be installed before an upgrade. */
export interface EarlierVersion {
  /** Undefined for what the sandbox has. */
  readonly from: EarlierChoice | undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly choose?: () => Promise<EarlierChoice | undefined>;
}

/**
 * Asks which version is installed before an upgrade. Undefined when the reader chooses none.
 *
 * @param hasSandbox whether a sandbox is chosen, which may have the package
 */
export async function chooseEarlierVersion(
  client: LanguageClient,
  spec: vscode.Uri,
  hasSandbox: boolean,
): Promise<EarlierVersion | undefined> {
  const items = itemsFor(client, spec, hasSandbox);
  const placeHolder = vscode.l10n.t("What is installed before the upgrade?");
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (!picked) return undefined;
  if (!picked.choose) return { from: undefined };
  const from = await picked.choose();
  return from && { from };
}

async function itemsFor(client: LanguageClient, spec: vscode.Uri, hasSandbox: boolean): Promise<Item[]> {
  const of = client.code2ProtocolConverter.asUri(spec);
  const [archives, found] = await Promise.all([
    archivesNear(spec),
    ask(client, versionsRequest, { uri: of }),
  ]);
  const versions = found?.kind === "versions" ? found.versions : [];
  const sandbox: Item[] = hasSandbox
    ? [{ label: vscode.l10n.t("$(server) What the sandbox has installed") }]
    : [];
  return [
    ...sandbox,
    ...group(
      vscode.l10n.t("Versions"),
      versions
        .filter(({ source, problem }) => source !== "spec" && problem === "")
        .map((version) => versionItem(version, of)),
    ),
    ...group(vscode.l10n.t("Archives"), archives.map(archiveItem)),
    ...group(vscode.l10n.t("Other"), [
      { label: vscode.l10n.t("$(folder-opened) Choose Another Archive…"), choose: askArchive },
      {
        label: vscode.l10n.t("$(edit) A Version Number Alone…"),
        description: vscode.l10n.t("its tables are guessed from the spec"),
        choose: askVersion,
      },
    ]),
  ];
}

function group(label: string, items: readonly Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** @param of URI of the package, as the server has it */
function versionItem({ version, places }: ListedVersion, of: string): Item {
  return {
    label: `$(tag) ${version}`,
    description: places[0] ?? "",
    choose: async () => ({ kind: "found", of, version, isStepByStep: false }),
  };
}

function archiveItem(archive: vscode.Uri): Item {
  return {
    label: `$(package) ${oneLine(basename(archive.path))}`,
    description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(archive, "..")),
    choose: async () => ({ kind: "file", uri: archive.toString() }),
  };
}

/** Archives of the workspace, those that are called like the package first, the highest version before lower ones. */
async function archivesNear(spec: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const beside = vscode.workspace.getWorkspaceFolder(spec)
    ? []
    : await vscode.workspace.findFiles(
        new vscode.RelativePattern(vscode.Uri.joinPath(spec, ".."), "*.opm"),
        null,
        100,
      );
  const inWorkspace = await vscode.workspace.findFiles("**/*.opm", "**/{node_modules,.sopm}/**", 200);
  const name = basename(spec.path).replace(/\.s?opm$/i, "");
  const isOwn = (archive: vscode.Uri) => basename(archive.path).startsWith(`${name}-`);
  const order = new Intl.Collator("en", { numeric: true });
  return [...beside, ...inWorkspace]
    .filter((archive) => archive.toString() !== spec.toString())
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || order.compare(basename(b.path), basename(a.path)));
}

async function askArchive(): Promise<EarlierChoice | undefined> {
  const [archive] =
    (await vscode.window.showOpenDialog({
      canSelectMany: false,
      filters: { [vscode.l10n.t("Archives and specs")]: ["opm", "sopm"] },
      openLabel: vscode.l10n.t("Upgrade From This"),
    })) ?? [];
  return archive && { kind: "file", uri: archive.toString() };
}

async function askVersion(): Promise<EarlierChoice | undefined> {
  const version = await vscode.window.showInputBox({
    prompt: vscode.l10n.t("Version that is installed before the upgrade"),
    placeHolder: "1.0.0",
    validateInput: (text) =>
      isVersionText(text.trim()) ? undefined : vscode.l10n.t("A version looks like 1.0.0."),
  });
  return version === undefined ? undefined : { kind: "version", version: version.trim() };
}
