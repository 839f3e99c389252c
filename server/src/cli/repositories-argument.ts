import { type OpenRepositories, openRepositories } from "../engine/open-repositories.ts";
import { repositoriesOfSystem } from "../engine/repositories-of-system.ts";
import type { FetchProgress } from "../host/fetch-file.ts";
import type { Shell } from "../host/shell.ts";
import { isWebAddress, readWebAddress } from "../host/web-address.ts";
import { type AddressHeader, readAddressHeaders } from "../host/web-headers.ts";
import { isRepositoryList, settingOfRepositories } from "../repository/sources.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { RepositorySetting } from "../system/sandbox-description.ts";
import type { SystemState } from "../system/system-state.ts";
import { oneLine } from "../text/visible.ts";
import type { Given } from "./command.ts";
import { requireFolder } from "./folder-argument.ts";
import { kindOfNamed, requireFile } from "./package-argument.ts";
import type { repositoryParameters } from "./sandbox-commands.ts";
import { UsageError } from "./usage-error.ts";

/** The variable that has the headers, as a file for --headers has them. */
const headersVariable = "SOPM_REPOSITORY_HEADERS";

/**
 * Reads the repositories of a sandbox and those that were named beside, and fetches those in the web.
 *
 * @param isOptional whether it is all the same if there is none
 * @throws UsageError when there is none at all, or one that was named is none
 * @throws PackageError when it was cancelled, or a header cannot be read
 */
export async function repositoriesArgument(
  shell: Shell,
  { description }: Pick<Sandbox, "description">,
  given: Partial<Given<typeof repositoryParameters>>,
  system: SystemState,
  isOptional = false,
): Promise<OpenRepositories> {
  const { world } = shell;
  const { repository = [], root = [], list } = given;
  const named = await Promise.all(repository.map((each) => repositoryNamed(each, shell)));
  const all = [...description.repositories, ...named];
  const namedRoots = root.map((each) => (isWebAddress(each) ? each : world.paths.resolve(each)));
  const roots = [...namedRoots, ...all.filter((each) => each.root).map(({ location }) => location)];
  for (const path of roots) if (!isWebAddress(path)) await requireDocument(path, shell);
  const configured = list === undefined ? undefined : await readList(list, shell);
  if (list !== undefined && !isRepositoryList(configured, system.framework)) {
    const { product, version } = system.framework;
    shell.complain("“{path}” has a form that {framework} passes over, so its repositories are left out.", {
      path: list,
      framework: `${product} ${version}`,
    });
  }
  const ofSystem = repositoriesOfSystem(all, system);
  const listed = all.filter((each) => !each.root);
  const settings = {
    list:
      list === undefined
        ? ofSystem.settings.list
        : settingOfRepositories(listed, configured, system.framework),
    roots: [...namedRoots, ...ofSystem.settings.roots],
  };
  if (list === undefined) for (const note of ofSystem.notes) shell.complain(note);
  if (
    listed.length === 0 &&
    settings.roots.length === 0 &&
    !ofSystem.brought &&
    list === undefined &&
    !isOptional
  ) {
    throw new UsageError(
      "The sandbox knows no repository; name a folder with archives and their index, or an address, with --repository.",
    );
  }
  const headers = await headersArgument(given.headers, shell);
  return withFetchProgress(shell, (onProgress, signal) =>
    openRepositories(
      {
        settings,
        brought: list === undefined ? ofSystem.brought : undefined,
        ...{ system, headers, onProgress, signal },
        onFault({ reason, hint }) {
          const problem = world.texts.textOf(reason);
          if (hint === undefined) shell.complain("{reason}", { reason: problem });
          else shell.complain("{problem} {advice}", { problem, advice: world.texts.translate(hint) });
        },
      },
      world,
    ),
  );
}

/**
 * A repository as the user names one: a folder, or an address in the web.
 *
 * @throws UsageError when it is no folder
 * @throws PackageError when it is no address, or one with a password in it
 */
export async function repositoryNamed(name: string, shell: Shell): Promise<RepositorySetting> {
  const location = placeOfRepository(name, shell);
  if (isWebAddress(location)) readWebAddress(location);
  else await requireFolder(name, shell);
  return { name: isWebAddress(location) ? location : name, location, vendor: undefined, root: false };
}

/** A document that lists repositories, in the same way. */
export async function rootDocumentNamed(name: string, shell: Shell): Promise<RepositorySetting> {
  const location = isWebAddress(name) ? name : shell.world.paths.resolve(name);
  if (isWebAddress(name)) readWebAddress(name);
  else await requireDocument(name, shell);
  return { name, location, vendor: undefined, root: true };
}

/** The absolute path of a folder, or an address as repositories have one. */
export function placeOfRepository(name: string, { world }: Shell): string {
  // The frameworks put a slash and the name of a file behind it.
  return isWebAddress(name) ? name.replace(/\/+$/, "") : world.paths.resolve(name);
}

function requireDocument(path: string, shell: Shell): Promise<void> {
  return requireFile(path, "“{path}” is no file; name a document that lists repositories.", shell);
}

/** What a file says that has the value of the setting Package::RepositoryList, as JSON. */
async function readList(path: string, shell: Shell): Promise<unknown> {
  await requireFile(path, "“{path}” is no file; name one with the value of Package::RepositoryList.", shell);
  try {
    return JSON.parse(new TextDecoder().decode(await shell.world.named.read(path)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
}

/** What servers want to see: from a file, else from the environment. @throws PackageError when it cannot be read */
async function headersArgument(
  path: string | undefined,
  { world }: Shell,
): Promise<readonly AddressHeader[]> {
  if (path === undefined) {
    return readAddressHeaders(world.machine.variable(headersVariable) ?? "", headersVariable);
  }
  // It may come through a pipe, so that no file has the secret.
  const kind = await kindOfNamed(path, world.named);
  if (kind !== "file" && kind !== "pipe") throw new UsageError("“{path}” is no file.", { path });
  return readAddressHeaders(new TextDecoder().decode(await world.named.read(path)), path);
}

/** Milliseconds before anything is shown, and between two looks at it. */
const patience = 200;

/** Does work that fetches: shows on a terminal how far it is, and lets signals end it. */
async function withFetchProgress<T>(
  { world, showProgress, whileInterruptible }: Shell,
  work: (onProgress: (url: string, progress: FetchProgress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let next = performance.now() + patience;
  let hasShown = false;
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  const show = (url: string, { received, total }: FetchProgress) => {
    if (!showProgress || performance.now() < next) return;
    next = performance.now() + patience;
    hasShown = true;
    const values = { url: oneLine(url), received: megabytes(received), total: megabytes(total ?? received) };
    const text = total === undefined ? "{url}: {received} MB" : "{url}: {received} of {total} MB";
    showProgress(world.texts.translate(text, values));
  };
  try {
    return await whileInterruptible((signal) => work(show, signal));
  } finally {
    if (hasShown) showProgress?.("");
  }
}
