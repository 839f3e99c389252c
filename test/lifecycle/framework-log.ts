import { databaseErrorTexts } from "../../server/src/database/database-error.ts";
import type { LogId } from "../../server/src/lifecycle/log.ts";
import type { CheckId } from "../../server/src/lifecycle/plan.ts";
import type { ConfigurationLogId } from "../../server/src/sysconfig/configuration-log.ts";

/** A line of the framework's log in our words: what happened, and about what. */
export interface KnownLine {
  /** The line may stand for several of ours. */
  readonly ids: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  /** Our text, where several have one id: what the database says of a statement. */
  readonly text: string | undefined;
  /** The check that refuses the operation with this line; undefined for one that refuses nothing. */
  readonly check: CheckId | undefined;
}

interface LogRow {
  /** Named groups are our values. */
  readonly pattern: RegExp;
  readonly ids: readonly (LogId | ConfigurationLogId)[];
  readonly text?: string;
  readonly check?: CheckId;
}

const line = (pattern: RegExp, ...ids: LogRow["ids"]): LogRow => ({ pattern, ids });
const refusal = (check: CheckId, pattern: RegExp, ...ids: LogRow["ids"]): LogRow => ({ pattern, ids, check });
const database = (id: keyof typeof databaseErrorTexts, pattern: RegExp): LogRow => ({
  pattern,
  ids: ["statement-failed"],
  text: databaseErrorTexts[id],
});

/** What the framework writes. Lines of no row are the package's own. */
const rows: readonly LogRow[] = [
  line(/^C-Parser: (?:!|.* at line (?<line>\d+), column \d+, byte -?\d+)$/s, "parser-stopped"),
  line(/^XML::Parser had errors, falling back to XML::Parser::Lite\.$/, "read-leniently"),
  line(/^Invalid XMLParse in PackageParse\(\)!$/, "unreadable"),
  line(/^Invalid file\/location '(?<location>.*)' in PackageParse\(\)!$/, "forbidden-location"),
  line(/^Need String \(PackageString\) or Name \(Name of the package\)!$/, "name-unknown"),
  line(/^Package already installed, try(ing)? upgrade!$/, "going-on-as-upgrade"),
  refusal(
    "installed",
    /^Package is not installed, try an? installation!$/,
    "going-on-as-install",
    "upgrade-not-installed",
  ),
  refusal("installed", /^Package is not installed\.$/, "not-installed"),
  refusal(
    "operating-system",
    /^Sorry.* OS of package \((?<wanted>.*?)\) does not match your OS \((?<system>.*?)\)!$/,
    "system-unfit",
  ),
  refusal(
    "framework",
    /^Sorry.* framework version required by the package \((?:(?<wanted>.*?);)?\) .* \((?<framework>.*?)\)!$/,
    "framework-unfit",
  ),
  line(/^VersionNew not defined!$/, "version-not-given"),
  refusal(
    "required-packages",
    /^Sorry.* because package (?<name>\S+) v(?<version>\S*) is required!$/,
    "package-required",
  ),
  refusal(
    "required-modules",
    /^Sorry.* because module (?<name>\S+) v(?<version>\S*) is required and not installed!$/,
    "module-missing",
  ),
  refusal(
    "required-modules",
    /^Sorry.* because module (?<name>\S+) v(?<version>\S+) is required and (?<installed>\S+) is installed!$/,
    "module-too-old",
  ),
  refusal(
    "merge",
    /^Sorry.* because package (?<name>\S+) v(?<installed>\S+) newer than required v(?<target>\S+)!$/,
    "merge-newer",
  ),
  refusal(
    "version",
    /^Can't upgrade, package '(?<name>.+)-(?<version>[\d.]+)' already installed!$/,
    "already-installed",
  ),
  refusal(
    "version",
    /^Can't upgrade, installed package '(?<installed>.+)' is newer as '(?<version>.+)'!$/,
    "installed-newer",
  ),
  refusal(
    "file-conflicts",
    /^Can't install\/upgrade package, file (?<location>.+) already used in package (?<name>.+)-(?<version>[\d.]+)!$/,
    "file-taken",
  ),
  refusal(
    "dependents",
    /^Sorry.* uninstall package (?<name>\S+), because package (?<dependent>\S+) depends on it!$/,
    "depended-on",
  ),
  refusal("dependents", /^Name not defined!$/, "name-not-given"),
  line(/^No such home directory: /, "home-missing"),
  line(/^Can't create directory: <HOME>\/(?<path>.+): /, "folder-not-made"),
  refusal("registration", /^Invalid Package!$/, "invalid-package"),
  refusal("registration", /^Need Name!$/, "name-needed"),
  refusal("registration", /^Need Version!$/, "version-needed"),
  refusal("registration", /^Column '(?<column>vendor|name|version)' cannot be null$/, "column-null"),
  line(/^Code: /, "code-failed"),
  line(/^(?<attribute>\w+) not defined in File!$/, "attribute-missing"),
  line(
    /^Can't remove file <HOME>\/(?<path>.+), because it a framework file and no other one exists!$/,
    "framework-file-kept",
  ),
  line(/^There was a problem writing XML to DB\.$/, "configuration-not-read"),
  line(/^(?<name>\S+)-(?<version>[\d.]+): <HOME>\/(?<path>.+) is different!$/, "file-differs"),
  line(/^(?<name>\S+)-(?<version>[\d.]+): No such file: <HOME>\/(?<path>.+)!$/, "file-missing"),
  line(/^Notice: Create Directory <HOME>\/(?<path>.+)!$/, "folder-made"),
  line(/^Notice: Backup for changed file: <HOME>\/(?<path>.+)\.(custom_)?backup$/, "changed-file-copied"),
  line(/^Notice: Recovered: <HOME>\/(?<path>.+)$/, "file-recovered"),
  line(/^Need Data!$/, "definition-missing", "value-missing"),
  line(/^Need Value!$/, "value-not-read"),
  line(/^Column 'effective_value' cannot be null$/, "settings-refused"),
  line(/^System was unable to rebuild config!$/, "settings-not-stored"),
  database("table-exists", /^Table '(?<table>\w+)' already exists$/),
  database("table-missing", /^Table '\w+\.(?<table>\w+)' doesn't exist$/),
  // SOPM names the columns of a primary key, MariaDB calls every one of them PRIMARY.
  database("value-twice", /^Duplicate entry '(?<value>.*)' for key 'PRIMARY'$/),
  database("value-twice", /^Duplicate entry '(?<value>.*)' for key '(?<name>\w+)'$/),
];

/** What a line of the framework says; undefined for one of no row. */
export function readLine(text: string): KnownLine | undefined {
  for (const { pattern, ids, text: own, check } of rows) {
    const match = pattern.exec(text);
    if (!match) continue;
    const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    return { ids, values: Object.fromEntries(named), text: own, check };
  }
  return undefined;
}
