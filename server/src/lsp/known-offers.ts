import type { FrameworkRelease } from "../dialect/switches.ts";
import {
  type OpenRepositories,
  openRepositories,
  type RepositoryFault,
} from "../engine/open-repositories.ts";
import { repositoriesOfSystem, type SystemSources } from "../engine/repositories-of-system.ts";
import { PackageError } from "../host/package-error.ts";
import { isWebAddress, readWebAddress } from "../host/web-address.ts";
import { type AddressHeader, readAddressHeaders } from "../host/web-headers.ts";
import { type FetchParams, repositoryHeaderMethod } from "../protocol/repositories.ts";
import { type HiddenOffer, hiddenOffers } from "../repository/hidden-offers.ts";
import { type OnlineList, onlineList } from "../repository/online-list.ts";
import type { IndexEntry } from "../repository/read-index.ts";
import { sourceKey } from "../repository/sources.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { RepositorySetting } from "../system/sandbox-description.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { oneLine } from "../text/visible.ts";
import { openOnce } from "./dry-run-system.ts";
import { inBackground } from "./in-background.ts";
import { workDone } from "./progress.ts";
import type { Session } from "./session.ts";

/** What was read of the repositories of a sandbox when somebody asked for it last. */
export interface FetchedOffers {
  readonly sandbox: Sandbox;
  readonly opened: OpenRepositories;
  readonly sources: SystemSources;
  /** Why repositories cannot be read, by their address as it may be shown. */
  readonly faults: readonly RepositoryFault[];
  /** The state of the sandbox when it was looked at, with what each repository offers to it. */
  lists: { readonly packages: SystemState["packages"]; readonly bySource: ReadonlyMap<string, OnlineList> };
}

const fetchedIn = memo((_session: Session) => new Map<string, FetchedOffers>());

/** Undefined while nobody has asked for the repositories of a sandbox. */
export function fetchedOffers(folder: string, session: Session): FetchedOffers | undefined {
  return fetchedIn(session).get(folder);
}

/** Forgets what was read, since other repositories count now. */
export function forgetOffers(folder: string, session: Session): void {
  fetchedIn(session).delete(folder);
}

/** What each repository offers to a sandbox as it is now, by how the framework asks for it. Nothing is read anew. */
export function offersFor(
  fetched: FetchedOffers,
  { packages }: Pick<SystemState, "packages">,
  session: Session,
): ReadonlyMap<string, OnlineList> {
  if (fetched.lists.packages !== packages) fetched.lists = listsOf(fetched.opened, packages, session);
  return fetched.lists.bySource;
}

/** What a repository does not offer whatever is installed, with the reason for each. */
export const hiddenIn = memo(
  (entries: readonly IndexEntry[], release: FrameworkRelease): readonly HiddenOffer[] =>
    hiddenOffers(entries, undefined, release),
);

function listsOf(
  { options }: OpenRepositories,
  packages: SystemState["packages"],
  { world }: Session,
): FetchedOffers["lists"] {
  const language = world.texts.language;
  const framework = { dialect: options.dialect, version: options.framework };
  const keys = options.sources.map((each) => sourceKey(each, framework));
  const bySource = new Map(
    keys.map((source) => [
      source,
      onlineList(source, { ...options, packages, language, includeSameVersion: true }),
    ]),
  );
  return { packages, bySource };
}

/** The repositories that a sandbox knows, those of the settings behind its own. */
export async function namedRepositories(
  own: readonly RepositorySetting[],
  session: Session,
): Promise<readonly (RepositorySetting & { readonly isOfSettings: boolean })[]> {
  const { repositories } = await session.settingsFor("");
  const known = new Set(own.map(({ location }) => location));
  const shared = [...new Set(repositories.map(placeOfRepository))].filter(
    (location) =>
      (isWebAddress(location) || session.world.paths.isAbsolute(location)) && !known.has(location),
  );
  return [
    ...own.map((each) => ({ ...each, isOfSettings: false })),
    ...shared.map((location) => ({
      ...{ name: location, location, vendor: undefined, root: false, isOfSettings: true },
    })),
  ];
}

/** The frameworks put a slash and the name of a file behind an address. */
export function placeOfRepository(location: string): string {
  return isWebAddress(location) ? location.replace(/\/+$/, "") : location;
}

/**
 * Reads the repositories of a sandbox, and fetches those in the web: somebody has asked for it at this moment.
 *
 * @throws PackageError when it is cancelled, or there is no such sandbox
 */
export async function fetchOffers(
  { folder, proxy, workDoneToken }: FetchParams,
  session: Session,
  signal: AbortSignal,
): Promise<FetchedOffers> {
  const sandbox = await openOnce(folder, session);
  const system = await sandbox.state();
  const named = await namedRepositories(sandbox.description.repositories, session);
  const sources = repositoriesOfSystem(named, system);
  const faults: RepositoryFault[] = [];
  const opened = await openRepositories(
    {
      settings: sources.settings,
      brought: sources.brought,
      ...{ system, signal, proxy, headers: await headersFor(named, session, signal) },
      onFault: (fault) => faults.push(fault),
      onProgress: (url, { received, total }) => {
        if (workDoneToken === undefined) return;
        const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
        const values = { url: oneLine(url), received: megabytes(received), total: megabytes(total ?? 0) };
        const text = total === undefined ? "{url}: {received} MB" : "{url}: {received} of {total} MB";
        const report = { kind: "report", message: session.world.texts.translate(text, values) } as const;
        inBackground(
          session.connection,
          session.connection.sendProgress(workDone, workDoneToken, { ...report, percentage: 0 }),
        );
      },
    },
    session.world,
  );
  const lists = listsOf(opened, system.packages, session);
  const fetched: FetchedOffers = { sandbox, opened, sources, faults, lists };
  fetchedIn(session).set(folder, fetched);
  return fetched;
}

/** What servers want to see, as the editor keeps it. One that keeps none says nothing, or that it does not know what is asked. */
async function headersFor(
  named: readonly RepositorySetting[],
  { connection }: Session,
  signal: AbortSignal,
): Promise<readonly AddressHeader[]> {
  const headers: AddressHeader[] = [];
  for (const { location } of named.filter((each) => isWebAddress(each.location))) {
    const address = readWebAddress(location).href.replace(/\/+$/, "");
    const asked = connection.sendRequest<string | null>(repositoryHeaderMethod, { address: location });
    const kept = await untilCancelled(
      asked.catch(() => null),
      signal,
    );
    if (typeof kept === "string" && kept !== "")
      headers.push(...readAddressHeaders(`${address} ${kept}`, address));
  }
  return headers;
}

/** An editor may ask its user, who may take long to answer. @throws PackageError when it is cancelled */
function untilCancelled<Result>(asked: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new PackageError("web-cancelled", { url: "" }));
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    asked.then(resolve, reject);
  });
}
