import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type FetchParams,
  fetchRepositoriesRequest,
  type OfferedArchiveParams,
  offeredArchiveRequest,
  type SystemRepositories,
} from "../../../../server/src/protocol/repositories.ts";
import { askWithProgress } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import type { Services } from "../../services.ts";
import { showFailure } from "../../show-failure.ts";
import { runWithProgress } from "../../with-progress.ts";
import { saveArchive } from "../archive/save-archive.ts";
import { tellNoSandbox } from "../sandboxes/no-sandbox.ts";
import { showSandboxFailure } from "../sandboxes/offer-repair.ts";
import { addRepository, dropRepository } from "./add-repository.ts";
import { bringPackages, type Target } from "./bring-packages.ts";
import { fetchParams } from "./fetch-params.ts";
import { RepositoriesTree } from "./repositories-tree.ts";
import { answerHeaders, setHeader } from "./repository-headers.ts";
import type { RepositoryNode } from "./repository-nodes.ts";

type OfferRow = Extract<RepositoryNode, { readonly kind: "offer" | "bring" }>;
type RepositoryRow = Extract<RepositoryNode, { readonly kind: "repository" }>;

/** The view of repositories, and what brings packages out of them. Each command asks for what it is not given. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const { registerCommand } = vscode.commands;
  const tree = new RepositoriesTree(client);
  const target = (node: unknown) => targetOf(node, tree);
  const bring = async (node?: unknown) => {
    const chosen = await target(node);
    const name = offerIn(node)?.offer.name ?? (chosen && (await chooseOffer(client, tree, chosen)));
    return chosen && name ? bringPackages(client, chosen, { kind: "package", name }) : undefined;
  };
  context.subscriptions.push(
    tree,
    answerHeaders(client, context.secrets),
    registerCommand("sopm.fetchRepositories", async (node?: unknown) => {
      const given = targetIn(node);
      const systems = await tree.systems();
      const known = systems.filter(({ repositories }) => repositories.length > 0);
      for (const each of given ? [given] : known) if (!(await fetchLists(client, each))) return;
    }),
    registerCommand("sopm.filterRepositories", async () => {
      await vscode.commands.executeCommand("sopm.repositories.focus");
      await vscode.commands.executeCommand("list.find");
    }),
    registerCommand("sopm.showHiddenOffers", () => tree.showHidden(true)),
    registerCommand("sopm.hideHiddenOffers", () => tree.showHidden(false)),
    registerCommand("sopm.addRepository", async (node?: unknown) => {
      const chosen = await target(node);
      if (!chosen || !(await addRepository(client, chosen))) return;
      await fetchLists(client, chosen);
    }),
    registerCommand("sopm.dropRepository", async (node?: unknown) => {
      const chosen = await repositoryOf(
        node,
        tree,
        ({ location, isOfSettings }) => location !== undefined && !isOfSettings,
        vscode.l10n.t("No repository was added to a sandbox yet."),
      );
      if (!chosen) return;
      const { folder, sandbox, facts } = chosen;
      await dropRepository(
        client,
        { folder, name: sandbox },
        { name: facts.name, location: facts.location! },
      );
    }),
    registerCommand("sopm.setRepositoryHeader", async (node?: unknown) => {
      const chosen = await repositoryOf(
        node,
        tree,
        ({ location }) => /^https?:/i.test(location ?? ""),
        vscode.l10n.t("No sandbox has a repository in the web."),
      );
      if (chosen) await setHeader(context.secrets, chosen.facts.location!);
    }),
    ...["sopm.installOffer", "sopm.upgradeOffer"].map((id) => registerCommand(id, bring)),
    registerCommand("sopm.updateAll", async (node?: unknown) => {
      const chosen = await target(node);
      return chosen && bringPackages(client, chosen, { kind: "all" });
    }),
    registerCommand("sopm.openOffer", async (node: OfferRow) => {
      const uri = await archiveOf(client, node);
      if (uri) await vscode.commands.executeCommand("sopm.openArchive", uri);
    }),
    registerCommand("sopm.saveOffer", async (node: OfferRow) => {
      const uri = await archiveOf(client, node);
      if (uri) await saveArchive(uri, node.offer);
    }),
    registerCommand("sopm.compareOffer", async (node: OfferRow) => {
      const uri = await archiveOf(client, node);
      if (uri) await vscode.commands.executeCommand("sopm.comparePackage", uri);
    }),
  );
}

/** @returns false when its reader has cancelled it */
async function fetchLists(client: LanguageClient, { folder, name }: Target): Promise<boolean> {
  const params: FetchParams = fetchParams(folder);
  const title = vscode.l10n.t("Fetching what is offered to “{0}”", name);
  const result = await runWithProgress(title, (report, cancellation) =>
    askWithProgress(client, fetchRepositoriesRequest, params, report, cancellation),
  );
  if (result.kind === "failed") showSandboxFailure(client, result);
  return result.kind !== "cancelled";
}

/** The sandbox of a row; undefined for what is none. */
function targetIn(node: unknown): Target | undefined {
  const { folder, sandbox } = Object(node) as Partial<RepositoryNode>;
  return typeof folder === "string" && typeof sandbox === "string" ? { folder, name: sandbox } : undefined;
}

/** The sandbox of a row, else the only one, else the reader's pick. */
async function targetOf(node: unknown, tree: RepositoriesTree): Promise<Target | undefined> {
  const given = targetIn(node);
  if (given) return given;
  const systems = await tree.systems();
  if (systems.length > 1) {
    const items = systems.map((each) => ({
      label: `$(server) ${each.name}`,
      description: each.product,
      each,
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which sandbox?") });
    return chosen?.each;
  }
  if (systems.length === 0) inBackground(tellNoSandbox());
  return systems[0];
}

/** The repository of a row, else the reader's pick of those that fit. @param none what is said where none does */
async function repositoryOf(
  node: unknown,
  tree: RepositoriesTree,
  fits: (facts: RepositoryRow["facts"]) => boolean,
  none: string,
): Promise<RepositoryRow | undefined> {
  const { kind } = Object(node) as Partial<RepositoryNode>;
  if (kind === "repository") return node as RepositoryRow;
  const rowOf = ({ folder, name }: SystemRepositories, facts: RepositoryRow["facts"]): RepositoryRow => ({
    ...{ kind: "repository", facts, folder, sandbox: name },
  });
  const rows = (await tree.systems()).flatMap((system) =>
    system.repositories.filter(fits).map((facts) => rowOf(system, facts)),
  );
  if (rows.length === 0) {
    inBackground(tellNoRepository(none));
    return undefined;
  }
  const items = rows.map((each) => ({ label: each.facts.name, description: each.sandbox, each }));
  const placeHolder = vscode.l10n.t("Which repository?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.each;
}

async function tellNoRepository(text: string): Promise<void> {
  const add = vscode.l10n.t("Add Repository…");
  if ((await vscode.window.showInformationMessage(text, add)) === add)
    await vscode.commands.executeCommand("sopm.addRepository");
}

function offerIn(node: unknown): OfferRow | undefined {
  const { kind } = Object(node) as Partial<RepositoryNode>;
  return kind === "offer" || kind === "bring" ? (node as OfferRow) : undefined;
}

/** The name of a package that is offered. What was never fetched is fetched first: who wants to install has asked for it. */
async function chooseOffer(
  client: LanguageClient,
  tree: RepositoriesTree,
  { folder, name }: Target,
): Promise<string | undefined> {
  const repositoriesOf = async () =>
    (await tree.systems()).find((each) => each.folder === folder)?.repositories ?? [];
  if ((await repositoriesOf()).every(({ offers }) => !offers)) {
    if (!(await fetchLists(client, { folder, name }))) return undefined;
    tree.refresh();
  }
  const lists = await Promise.all((await repositoriesOf()).map((each) => tree.offersOf(folder, each)));
  const offers = lists
    .flatMap((each) => each?.offers ?? [])
    .filter(({ isUpdate, installed }) => isUpdate || installed === undefined);
  if (offers.length === 0) {
    const text = vscode.l10n.t("No repository offers anything that the sandbox “{0}” does not have.", name);
    await vscode.window.showInformationMessage(text);
    return undefined;
  }
  const items = offers.map((offer) => ({
    label: offer.name,
    description: offer.installed === undefined ? offer.version : `${offer.installed} → ${offer.version}`,
    detail: offer.description,
  }));
  const placeHolder = vscode.l10n.t("Which package?");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.label;
}

/** The archive of an offer on the disk; it is fetched if it lies in the web. */
async function archiveOf(
  client: LanguageClient,
  { folder, repository, offer }: OfferRow,
): Promise<vscode.Uri | undefined> {
  const params: OfferedArchiveParams = {
    ...fetchParams(folder),
    source: repository.source,
    file: offer.file,
  };
  const title = vscode.l10n.t("Fetching {0}", offer.name);
  const archive = await runWithProgress(title, (report, cancellation) =>
    askWithProgress(client, offeredArchiveRequest, params, report, cancellation),
  );
  if (archive.kind === "failed") showFailure(archive);
  return archive.kind === "archive" ? client.protocol2CodeConverter.asUri(archive.uri) : undefined;
}
