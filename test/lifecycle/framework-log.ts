import type { LogId } from "../../server/src/lifecycle/log.ts";
import type { ConfigurationLogId } from "../../server/src/sysconfig/configuration-log.ts";

/** A line of the framework's log in our words: what happened, and about what. */
export interface KnownLine {
  /** The line may stand for several of ours. */
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** What the framework writes, as patterns whose named groups are our values. Lines of no row are the package's own. */
const rows: readonly (readonly [RegExp, ...(LogId | ConfigurationLogId)[]])[] = [
  [/^Invalid XMLParse in PackageParse\(\)!$/, "unreadable"],
  [/^Invalid file\/location '(?<location>.*)' in PackageParse\(\)!$/, "forbidden-location"],
  [/^Need String \(PackageString\) or Name/, "name-unknown"],
  [/^Package already installed, try(ing)? upgrade!$/, "going-on-as-upgrade"],
  [/^Package is not installed, try an? installation!$/, "going-on-as-install", "upgrade-not-installed"],
  [/^Package is not installed\.$/, "not-installed"],
  [/^Sorry.* OS of package \((?<wanted>.*?)\) does not match your OS \((?<system>.*?)\)!$/, "system-unfit"],
  [
    /^Sorry.* framework version required by the package \((?<wanted>.*?);\) .* \((?<framework>.*?)\)!$/,
    "framework-unfit",
  ],
  [/^VersionNew not defined!$/, "version-not-given"],
  [/^Sorry.* because package (?<name>\S+) v(?<version>\S*) is required!$/, "package-required"],
  [/^Sorry.* because module (?<name>\S+) v(?<version>\S*) is required and not installed!$/, "module-missing"],
  [
    /^Sorry.* because package (?<name>\S+) v(?<installed>\S+) newer than required v(?<target>\S+)!$/,
    "merge-newer",
  ],
  [/^Can't upgrade, package '(?<name>.+)-(?<version>[\d.]+)' already installed!$/, "already-installed"],
  [/^Can't upgrade, installed package '(?<installed>.+)' is newer as '(?<version>.+)'!$/, "installed-newer"],
  [
    /^Can't install\/upgrade package, file (?<location>.+) already used in package (?<name>.+)-(?<version>[\d.]+)!$/,
    "file-taken",
  ],
  [
    /^Sorry.* uninstall package (?<name>\S+), because package (?<dependent>\S+) depends on it!$/,
    "depended-on",
  ],
  [
    /^Sorry.* because module (?<name>\S+) v(?<version>\S+) is required and (?<installed>\S+) is installed!/,
    "module-too-old",
  ],
  [/^Name not defined!$/, "name-not-given"],
  [/^No such home directory: /, "home-missing"],
  [/^Can't create directory: <HOME>\/(?<path>.+): /, "folder-not-made"],
  [/^Invalid Package!$/, "invalid-package"],
  [/^Need Name!$/, "name-needed"],
  [/^Need Version!$/, "version-needed"],
  [/^Column '(?<column>vendor|name|version)' cannot be null$/, "column-null"],
  [/^Code: /, "code-failed"],
  [/^(?<attribute>\w+) not defined in File!$/, "attribute-missing"],
  [/^Can't remove file <HOME>\/(?<path>.+), because it a framework file/, "framework-file-kept"],
  [/^There was a problem writing XML to DB\.$/, "configuration-not-read"],
  [/^(?<name>\S+)-(?<version>[\d.]+): <HOME>\/(?<path>.+) is different!$/, "file-differs"],
  [/^(?<name>\S+)-(?<version>[\d.]+): No such file: <HOME>\/(?<path>.+)!$/, "file-missing"],
  [/^Notice: Create Directory <HOME>\/(?<path>.+)!$/, "folder-made"],
  [/^Notice: Backup for changed file: <HOME>\/(?<path>.+)\.(custom_)?backup$/, "changed-file-copied"],
  [/^Notice: Recovered: <HOME>\/(?<path>.+)$/, "file-recovered"],
  [/^Need Data!$/, "definition-missing", "value-missing"],
  [/^Need Value!$/, "value-not-read"],
  [/^Column 'effective_value' cannot be null$/, "settings-refused"],
  [/^System was unable to rebuild config!$/, "settings-not-stored"],
];

/** What a line of the framework says; undefined for one of no row. */
export function readLine(line: string): KnownLine | undefined {
  for (const [pattern, ...ids] of rows) {
    const match = pattern.exec(line);
    if (match) return { ids, values: { ...match.groups } };
  }
  return undefined;
}
