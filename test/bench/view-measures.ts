import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { packageNodes } from "../../client/src/views/explorer/packages-nodes.ts";
import { installedNodes } from "../../client/src/views/explorer/sandbox-nodes.ts";
import {
  offerNodes,
  type RepositoryNode,
  repositoryNodes,
  systemNodes,
} from "../../client/src/views/repositories/repository-nodes.ts";
import type { PackagesResult } from "../../server/src/protocol/packages-view.ts";
import type { OffersResult, RepositoriesResult } from "../../server/src/protocol/repositories.ts";
import type { CreateSandboxResult, SystemsResult } from "../../server/src/protocol/sandbox.ts";
import type { SandboxPackagesResult } from "../../server/src/protocol/sandbox-view.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { fileUri, fullClient, LanguageClient, serverBundle } from "../support/language-client.ts";
import { type Comparison, median, percent, runProcess } from "./measure.ts";
import { type Bench, textOf, writeArchive } from "./sandbox-measures.ts";

const packages = 300;
const sandboxes = 20;
const entries = 5_000;

/** Milliseconds until a view stands there that was not asked for before, and until it is right again after an event. */
const goals = { first: 200, again: 50 };

const rounds = { first: 5, again: 15 };

/**
 * What the views of packages, sandboxes and repositories ask of a server, with the rows that they make of it. The editor's
 * own part is not in it.
 */
export async function views({
  folder,
  cli,
  compared,
}: Pick<Bench, "folder" | "cli" | "compared">): Promise<Comparison[]> {
  const place = join(folder, "views");
  const workspace = join(place, "workspace");
  const storage = join(place, "storage");
  const repository = join(place, "repository");
  for (const each of [workspace, storage, repository]) mkdirSync(each, { recursive: true });
  for (let index = 0; index < packages; index++)
    writeFileSync(join(workspace, `${nameOf(index)}.sopm`), specOf(index));
  writeFileSync(join(repository, "otrs.xml"), indexOf(entries));
  await makeSandboxes(storage, place, cli);

  const times = new Map<string, { readonly first: number[]; readonly again: number[] }>();
  for (let round = 0; round < rounds.first; round++) {
    const client = await started(workspace, storage);
    await allAreChecked(client);
    for (const [name, show] of Object.entries(await shows(client, repository))) {
      const measured = times.get(name) ?? { first: [], again: [] };
      times.set(name, measured);
      measured.first.push(await elapsed(show));
      for (let again = 0; again < rounds.again / rounds.first; again++)
        measured.again.push(await elapsed(show));
    }
    await client.stop();
  }
  return [...times].flatMap(([name, { first, again }]) => [
    compared(
      `${name}, first paint`,
      `a goal of ${goals.first} ms`,
      { ours: median(first), theirs: goals.first },
      percent,
      1,
      0.5,
    ),
    compared(
      `${name}, again after an event`,
      `a goal of ${goals.again} ms`,
      { ours: median(again), theirs: goals.again },
      percent,
      1,
      0.5,
    ),
  ]);
}

async function elapsed(show: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const rows = await show();
  const time = performance.now() - start;
  if (rows === 0) throw new Error("nothing is shown");
  return time;
}

async function started(workspace: string, storage: string): Promise<LanguageClient> {
  const client = new LanguageClient(serverBundle);
  await client.initialize({
    capabilities: { workspace: fullClient.capabilities.workspace! },
    workspaceFolders: [{ uri: fileUri(workspace), name: "workspace" }],
    initializationOptions: { trusted: true, storageFolder: storage },
  });
  return client;
}

/** Waits until the server knows of every package what is wrong with it, as long after the start of an editor. */
async function allAreChecked(client: LanguageClient): Promise<void> {
  for (;;) {
    const told = new Promise<void>((resolve) => {
      client.connection.onNotification("sopm/packagesChanged", () => resolve());
    });
    const result = await client.request<PackagesResult>("sopm/packages", {});
    if (result.packages.filter(({ findings }) => findings).length === packages) return;
    await told;
  }
}

/** What each view does when it is shown, which yields how many rows it has. */
async function shows(
  client: LanguageClient,
  repository: string,
): Promise<Readonly<Record<string, () => Promise<number>>>> {
  const { sandboxes: found } = await client.request<SystemsResult>("sopm/systems", {});
  if (found.length !== sandboxes) throw new Error(`${found.length} sandboxes`);
  const folder = found[0]!.folder;
  await client.request("sopm/changeRepositories", {
    ...{ folder, add: { location: repository, name: "", vendor: "", isRoot: false } },
  });
  await client.request("sopm/fetchRepositories", { folder });
  return {
    [`view of ${packages} packages`]: async () => {
      const result = await client.request<PackagesResult>("sopm/packages", {});
      return packageNodes(result.packages).length;
    },
    [`view of ${sandboxes} sandboxes, with the packages of each`]: async () => {
      const systems = await client.request<SystemsResult>("sopm/systems", {});
      const rows = await Promise.all(
        systems.sandboxes.map(async (each) => {
          const of = { folder: each.folder, sandbox: each.name };
          const result = await client.request<SandboxPackagesResult>("sopm/sandboxPackages", of);
          return result.kind === "packages" ? installedNodes(of, result.packages, undefined).length : 0;
        }),
      );
      return Math.min(...rows);
    },
    [`view of a repository with ${entries.toLocaleString("en")} entries`]: async () => {
      const { systems } = await client.request<RepositoriesResult>("sopm/repositories", {});
      const nodes = systemNodes(systems);
      const of = repositoryNodes(systems.find((each) => each.folder === folder)!).find(
        (node): node is Extract<RepositoryNode, { readonly kind: "repository" }> =>
          node.kind === "repository",
      )!;
      const offers = await client.request<OffersResult>("sopm/offers", { folder, source: of.facts.source });
      return nodes.length * offerNodes(of, offers, true).length;
    },
  };
}

async function makeSandboxes(storage: string, place: string, cli: string): Promise<void> {
  const client = new LanguageClient(serverBundle);
  await client.initialize({ initializationOptions: { trusted: true, storageFolder: storage } });
  const made = await client.request<CreateSandboxResult>("sopm/createSandbox", {
    name: "Box",
    framework: { kind: "product", product: "Znuny 7.1.7" },
  });
  await client.stop();
  if (made.kind !== "made") throw new Error(JSON.stringify(made));
  const { folder } = made.sandbox;
  for (let index = 0; index < 5; index++) {
    const archive = join(place, `Installed${index}.opm`);
    writeArchive(
      archive,
      `Installed${index}`,
      new Map([[`Kernel/Installed${index}.pm`, textOf(2_000, index)]]),
    );
    runProcess(process.execPath, [cli, "sandbox", "install", folder, archive]);
  }
  for (let index = 1; index < sandboxes; index++)
    cpSync(folder, join(dirname(folder), `${basename(folder)}${index}`), { recursive: true });
}

function nameOf(index: number): string {
  return `Package${String(index).padStart(4, "0")}`;
}

function specOf(index: number): string {
  return generateSpec(60, index).replace(/<Name>.*?<\/Name>/, `<Name>${nameOf(index)}</Name>`);
}

/** Each package in one version, so that all of them are offered. */
function indexOf(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `<Package>\n    <Name>${nameOf(index)}</Name>\n    <Version>1.0.0</Version>\n    <Vendor>V</Vendor>\n` +
      '    <License>MIT</License>\n    <Description Lang="en">A package.</Description>\n    <Framework>7.1.x</Framework>\n' +
      `  <File>${nameOf(index)}-1.0.0.opm</File>\n</Package>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package_list version="1.0">\n${lines.join("")}</otrs_package_list>\n`;
}
