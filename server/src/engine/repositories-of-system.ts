import type { Message } from "../l10n/translate.ts";
import { isRepositoryList, type SourceSettings, settingOfRepositories } from "../repository/sources.ts";
import type { Setting, SettingValue } from "../sysconfig/setting.ts";
import type { RepositorySetting } from "../system/sandbox-description.ts";
import type { SystemState } from "../system/system-state.ts";

/** The repositories of a system, as the framework is told of them. */
export interface SystemSources {
  readonly settings: SourceSettings;
  /** What the settings of installed packages add; undefined where they add nothing. */
  readonly brought: BroughtRepositories | undefined;
  /** What is passed over, and why. */
  readonly notes: readonly Message[];
}

/** Repositories that nobody but a package has named. */
export interface BroughtRepositories {
  /** The configuration file, without folder. */
  readonly file: string;
  readonly urls: ReadonlySet<string>;
}

/**
 * Puts together what a system knows of repositories: those that its user has named, and what the settings of installed
 * packages say. Of one that both name, what comes later counts, which is the setting.
 *
 * @param named by its user, root documents among them
 * @source Znuny 7.1, ConfiguredRepositoryListGet; OTOBO 11, PackageOnlineRepositories
 */
export function repositoriesOfSystem(
  named: readonly RepositorySetting[],
  { framework, settings }: Pick<SystemState, "framework" | "settings">,
): SystemSources {
  const found = valid(settings.get("Package::RepositoryList"));
  const listed = named.filter(({ root }) => !root);
  const isRead = found !== undefined && isRepositoryList(found.value, framework);
  const own = new Set(listed.map(({ location }) => location));
  const urls = new Set(isRead ? urlsIn(found.value).filter((url) => !own.has(url)) : []);
  const roots = valid(settings.get("Package::RepositoryRoot"));
  const notes: Message[] = [];
  if (found && !isRead && !isEmpty(found.value)) {
    const text =
      "The setting Package::RepositoryList in “{file}” has a form that {framework} passes over, so its repositories are left out.";
    const values = { file: found.file, framework: `${framework.product} ${framework.version}` };
    notes.push({ text, values });
  }
  if (roots && !isEmpty(roots.value)) {
    const text =
      "The setting Package::RepositoryRoot in “{file}” names documents that list repositories. They are not fetched, because only a package has named them.";
    notes.push({ text, values: { file: roots.file } });
  }
  return {
    settings: {
      list: settingOfRepositories(listed, found?.value, framework),
      roots: named.filter(({ root }) => root).map(({ location }) => location),
    },
    brought: found && urls.size > 0 ? { file: found.file, urls } : undefined,
    notes,
  };
}

function valid(setting: Setting | undefined): Setting | undefined {
  return setting?.valid ? setting : undefined;
}

/** The addresses in either form of the setting. */
function urlsIn(value: SettingValue): readonly string[] {
  if (typeof value === "string") return [];
  if (!Array.isArray(value)) return Object.keys(value);
  return value.flatMap((each) => {
    const url: unknown = Object(each).URL;
    return typeof url === "string" ? [url] : [];
  });
}

function isEmpty(value: SettingValue): boolean {
  return typeof value === "string" ? value.trim() === "" : Object.keys(value).length === 0;
}
