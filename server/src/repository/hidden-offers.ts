import { type FrameworkRelease, switchesOf } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import { type FrameworkRange, matchFramework } from "../model/framework-range.ts";
import { isAtLeast } from "../model/version.ts";
import type { PackageTable } from "../system/package-table.ts";
import { isForFramework, newestOfEach } from "./online-list.ts";
import type { IndexEntry } from "./read-index.ts";

/** An entry of an index that a system is not offered. */
export interface HiddenOffer {
  readonly entry: IndexEntry;
  readonly reason: Message;
}

/**
 * Why the list of a repository leaves entries out, in the order of the index.
 *
 * @param entries all of the index
 * @param packages those of the system; undefined where what is installed hides nothing
 * @source Znuny 7.1, RepositoryPackageListGet; OTOBO 11, PackageOnlineList
 */
export function hiddenOffers(
  entries: readonly IndexEntry[],
  packages: PackageTable | undefined,
  release: FrameworkRelease,
): readonly HiddenOffer[] {
  const fitting = entries.filter(({ frameworks }) => isForFramework(frameworks, release));
  const newest = new Map(newestOfEach(fitting, release).map((entry) => [entry.name, entry]));
  return entries.flatMap((entry) => {
    const reason = reasonOf(entry, newest.get(entry.name), packages, release);
    return reason ? [{ entry, reason }] : [];
  });
}

function reasonOf(
  entry: IndexEntry,
  newest: IndexEntry | undefined,
  packages: PackageTable | undefined,
  release: FrameworkRelease,
): Message | undefined {
  const { frameworks, version, name } = entry;
  if (frameworks.length === 0) {
    return { text: "The entry has no element Framework, and such are offered to nobody." };
  }
  if (!isForFramework(frameworks, release)) return frameworkReason(frameworks, release);
  if (newest && newest !== entry) {
    const values = { version: newest.version };
    return isAtLeast(version, newest.version, release)
      ? { text: "It is listed a second time; the first entry counts." }
      : { text: "Version {version} is offered, which is newer.", values };
  }
  const installed = packages?.find(
    (row) => row.name === name && row.status === "installed" && isAtLeast(row.version, version, release),
  );
  if (!installed) return undefined;
  return {
    text: "Version {version} is installed, which is not older.",
    values: { version: installed.version },
  };
}

function frameworkReason(frameworks: readonly FrameworkRange[], release: FrameworkRelease): Message {
  const { dialect, version = "" } = release;
  const asked = frameworks.map(({ pattern }) => pattern ?? "").join(", ");
  const matched = matchFramework(version, frameworks, dialect);
  const bounds = !switchesOf(release).onlineListIgnoresBounds;
  if (bounds && matched.minimumNotMet !== undefined) {
    const values = { version, minimum: matched.minimumNotMet };
    return {
      text: "It needs at least version {minimum} of the framework, and the system has {version}.",
      values,
    };
  }
  if (bounds && matched.maximumExceeded !== undefined) {
    const values = { version, maximum: matched.maximumExceeded };
    return {
      text: "It is for version {maximum} of the framework at most, and the system has {version}.",
      values,
    };
  }
  return {
    text: "It is for other versions of the framework ({asked}), and the system has {version}.",
    values: { asked, version },
  };
}
