import { productOf } from "../dialect/products.ts";
import { keepOffer } from "../engine/kept-offers.ts";
import type { RepositoryFault } from "../engine/open-repositories.ts";
import { PackageError } from "../host/package-error.ts";
import { isWebAddress, readWebAddress, shownAddress } from "../host/web-address.ts";
import type {
  ChangedRepositories,
  ChangeRepositoriesParams,
  FetchedRepositories,
  FetchParams,
  ListedRepository,
  OfferedArchive,
  OfferedArchiveParams,
  OffersParams,
  OffersResult,
  RepositoriesResult,
  SystemRepositories,
} from "../protocol/repositories.ts";
import type { SandboxFacts } from "../protocol/sandbox.ts";
import type { OnlineList, OnlinePackage } from "../repository/online-list.ts";
import { type Source, sourceKey } from "../repository/sources.ts";
import type { SystemState } from "../system/system-state.ts";
import { oneLine } from "../text/visible.ts";
import { openOnce, sandboxAt } from "./dry-run-system.ts";
import { failedText } from "./failed-text.ts";
import {
  type FetchedOffers,
  fetchedOffers,
  fetchOffers,
  forgetOffers,
  hiddenIn,
  namedRepositories,
  offersFor,
  placeOfRepository,
} from "./known-offers.ts";
import type { Session } from "./session.ts";
import { systemsForEditor } from "./systems.ts";

/** The repositories of all sandboxes. Nothing is fetched for it. */
export async function repositoriesForEditor(session: Session): Promise<RepositoriesResult> {
  const { sandboxes } = await systemsForEditor({}, session);
  const usable = sandboxes.filter(({ problem }) => problem === undefined);
  const systems = await Promise.all(usable.map((each) => systemRepositories(each, session)));
  return { kind: "repositories", systems: systems.filter((each) => each !== undefined) };
}

/** Undefined for a sandbox that is gone by now. */
async function systemRepositories(
  { folder, name, product = "" }: SandboxFacts,
  session: Session,
): Promise<SystemRepositories | undefined> {
  const fetched = fetchedOffers(folder, session);
  try {
    const known = fetched ? await knownRepositories(fetched, session) : await unfetched(folder, session);
    return { folder, name, product, ...known };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return undefined;
  }
}

type Known = Pick<SystemRepositories, "repositories" | "notes">;

async function unfetched(folder: string, session: Session): Promise<Known> {
  const { description } = await sandboxAt(folder, session).then(async (sandbox) => {
    await sandbox.prepare();
    return sandbox;
  });
  const named = await namedRepositories(description.repositories, session);
  return {
    repositories: named.map((each) => ({
      source: each.name,
      ...namedFacts(each),
      ...{ isOfSettings: each.isOfSettings, problem: "" },
    })),
    notes: [],
  };
}

function namedFacts({
  name,
  location,
  vendor = "",
  root,
}: {
  readonly name: string;
  readonly location: string;
  readonly vendor: string | undefined;
  readonly root: boolean;
}): Pick<ListedRepository, "name" | "address" | "location" | "vendor" | "isRoot"> {
  const address = oneLine(shownAddress(location));
  const shown = name === location ? address : oneLine(name);
  return { name: shown, address, location, vendor: oneLine(vendor), isRoot: root };
}

async function knownRepositories(fetched: FetchedOffers, session: Session): Promise<Known> {
  const { sandbox, opened, sources, faults } = fetched;
  const { textOf } = session.world.texts;
  const system = await sandbox.state();
  const lists = offersFor(fetched, system, session);
  const named = await namedRepositories(sandbox.description.repositories, session);
  const said = new Set<unknown>(faults.map(({ url }) => url));
  const { indexFileName } = productOf(system.framework.dialect);
  const faultOf = (source: Source) =>
    faults.find(({ url }) => url === shownAddress(`${source.url}/${indexFileName}`));
  const repositories = opened.options.sources.map((each): ListedRepository => {
    const source = sourceKey(each, system.framework);
    const setting = named.find(({ location, root }) => location === each.url && !root);
    const facts = setting ?? { name: each.name, location: each.url, vendor: undefined, root: false };
    const { location, ...shown } = namedFacts(facts);
    const list = lists.get(source);
    const fault = faultOf(each);
    const logged = list?.log.find(({ priority }) => priority === "error");
    const isRead = list !== undefined && fault === undefined && !list.died;
    const { brought } = sources;
    return {
      source,
      ...shown,
      ...(setting && { location }),
      ...(brought?.urls.has(each.url) && { broughtBy: oneLine(brought.file) }),
      isOfSettings: setting?.isOfSettings ?? false,
      ...(isRead && { offers: countsOf(list, system) }),
      problem: fault ? faultText(fault, session) : logged ? textOf(logged) : "",
    };
  });
  const roots = named
    .filter(({ root }) => root)
    .map((each): ListedRepository => {
      const fault = faults.find(({ url }) => url === shownAddress(each.location));
      const facts = namedFacts(each);
      return {
        ...{ source: each.location, ...facts, isOfSettings: each.isOfSettings },
        problem: fault ? faultText(fault, session) : "",
      };
    });
  const log = opened.log.filter(({ values }) => !said.has(values?.url));
  return { repositories: [...roots, ...repositories], notes: [...sources.notes, ...log].map(textOf) };
}

/** Why something cannot be read, and what to do about it. */
function faultText({ reason, hint }: RepositoryFault, { world }: Session): string {
  const { textOf, translate } = world.texts;
  return hint === undefined ? textOf(reason) : `${textOf(reason)} ${translate(hint)}`;
}

function countsOf(list: OnlineList, system: SystemState): NonNullable<ListedRepository["offers"]> {
  const { packages, entries } = list;
  return {
    offers: packages.length,
    updates: packages.filter(({ isUpgrade }) => isUpgrade).length,
    hidden: hiddenIn(entries, system.framework).length,
  };
}

/** What a repository offers to a sandbox as it is now; null for one that was not fetched. */
export async function offersForEditor(
  { folder, source }: OffersParams,
  session: Session,
): Promise<OffersResult | null> {
  const fetched = fetchedOffers(folder, session);
  const system = await fetched?.sandbox.state();
  const list = fetched && system && offersFor(fetched, system, session).get(source);
  if (!list) return null;
  const { textOf } = session.world.texts;
  const installed = new Map(
    system.packages.flatMap(({ name, version, status }) => (status === "installed" ? [[name, version]] : [])),
  );
  return {
    kind: "offers",
    offers: list.packages.map((each) => offerOf(each, installed.get(each.entry.name))),
    hidden: hiddenIn(list.entries, system.framework).map(({ entry, reason }) => ({
      ...{ name: oneLine(entry.name), version: oneLine(entry.version), reason: textOf(reason) },
    })),
  };
}

function offerOf(
  { entry, isUpgrade }: OnlinePackage,
  installed: string | undefined,
): OffersResult["offers"][number] {
  const { name, version, file, description = "", fields, requiredPackages } = entry;
  return {
    ...{ name: oneLine(name), version: oneLine(version), file, description: oneLine(description) },
    vendor: oneLine(fields.get("Vendor") ?? ""),
    ...(installed !== undefined && { installed: oneLine(installed) }),
    isUpdate: isUpgrade,
    requires: requiredPackages.map((each) => oneLine([each.name, each.version].filter(Boolean).join(" "))),
  };
}

/** Fetches the indexes of the repositories of a sandbox. @throws PackageError */
export async function fetchForEditor(
  params: FetchParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<FetchedRepositories> {
  const { opened } = await fetchOffers(params, session, cancelled);
  return { kind: "fetched", failed: opened.unreadable.size };
}

/** Has a sandbox know other repositories. @throws PackageError */
export async function changeForEditor(
  { folder, add, drop }: ChangeRepositoriesParams,
  session: Session,
): Promise<ChangedRepositories> {
  const { texts, named } = session.world;
  const sandbox = await openOnce(folder, session);
  const gone = new Set([drop]);
  const added = [];
  if (add) {
    const { isRoot: root, vendor } = add;
    const location = root ? add.location : placeOfRepository(add.location);
    if (isWebAddress(location)) readWebAddress(location);
    else {
      const kind = await named.kindOf(location).catch(() => undefined);
      if (kind !== (root ? "file" : "folder")) {
        const text = root
          ? "“{path}” is no file; name a document that lists repositories."
          : "There is no folder “{path}”.";
        return failedText(texts, text, { path: location });
      }
    }
    gone.add(location);
    added.push({ name: add.name || location, location, root, vendor: vendor || undefined });
  }
  const { repositories } = sandbox.description;
  await sandbox.configure({
    repositories: [...repositories.filter(({ location }) => !gone.has(location)), ...added],
  });
  forgetOffers(folder, session);
  return { kind: "changed" };
}

/** The archive of an offer as a file that everything takes which takes one. @throws PackageError */
export async function offeredArchiveForEditor(
  { source, file, ...params }: OfferedArchiveParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<OfferedArchive> {
  const { texts, paths } = session.world;
  // What lies in a folder is there as it was when its index was read.
  const known = fetchedOffers(params.folder, session);
  const isThere = known && !isInWeb(source, known);
  const { opened, faults } = isThere ? known : await fetchOffers(params, session, cancelled);
  const path = await opened.pathOf(source, file);
  if (path === undefined) {
    const fault = faults.at(-1);
    const text = "The archive “{file}” cannot be loaded from “{source}”.";
    if (!fault) return failedText(texts, text, { file, source });
    return {
      kind: "failed",
      message: texts.textOf(fault.reason),
      hint: fault.hint === undefined ? "" : texts.translate(fault.hint),
    };
  }
  const isFetched = isInWeb(source, { opened });
  return { kind: "archive", uri: paths.toUri(isFetched ? await readable(path, file, session) : path) };
}

/** Whether what a source offers has to be fetched. */
function isInWeb(source: string, { opened }: Pick<FetchedOffers, "opened">): boolean {
  const { sources } = opened.options;
  return isWebAddress(sources.find(({ name, url }) => name === source || url === source)?.url ?? source);
}

/** What was fetched under a name that can be read, since the editor shows it, in the folder that the editor keeps for us. */
async function readable(path: string, file: string, session: Session): Promise<string> {
  const { paths, files, output } = session.world;
  const storage = session.storageFolder();
  if (storage === undefined) return path;
  const folder = paths.join(storage, "offers");
  await output.makeFolder(folder);
  return keepOffer(folder, path, file, files({ flush: false }));
}
