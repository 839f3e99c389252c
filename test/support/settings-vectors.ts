import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import type { ConfigurationFile } from "../../server/src/sysconfig/read-definitions.ts";
import type { Setting } from "../../server/src/sysconfig/setting.ts";
import { sharedFolder } from "./shared.ts";

/** Settings files, and what a framework made of them. */
export interface SettingsCase {
  readonly case: string;
  readonly files: readonly ConfigurationFile[];
  readonly result: "0" | "1";
  /** As stored, all values as texts, in the order of their names. */
  readonly settings: readonly { readonly name: string }[];
  readonly log: readonly string[];
}

interface SettingsReferee {
  readonly release: FrameworkRelease & { readonly version: string };
  readonly cases: readonly SettingsCase[];
}

/** Each with its folders, of which the first has all cases and every other one those that differ from the ones before. */
const referees: readonly (readonly [
  release: SettingsReferee["release"],
  root: string,
  ...folders: string[],
])[] = [
  [{ dialect: "otobo-11", version: "11.0.5" }, "otobo_config", "vectors"],
  [{ dialect: "znuny-7", version: "7.1.7" }, "otrs_config", "vectors", "vectors-znuny"],
  [{ dialect: "otrs-6", version: "6.0.41" }, "otrs_config", "vectors", "vectors-znuny", "vectors-otrs-6"],
];

/** What real frameworks stored; without those whose vectors are not at hand. */
export function settingsReferees(): readonly SettingsReferee[] {
  return referees.flatMap(([release, root, ...names]) => {
    const folders = names.map(sharedFolder).filter((folder) => folder !== undefined);
    if (folders.length < names.length) return [];
    const cases = new Map<string, SettingsCase>();
    for (const row of folders.flatMap(readRows)) cases.set(row.case, toCase(row, root));
    return [{ release, cases: [...cases.values()] }];
  });
}

interface Row {
  readonly case: string;
  readonly files: Readonly<Record<string, string>>;
  readonly result: "0" | "1";
  readonly settings: SettingsCase["settings"];
  readonly log?: readonly string[];
}

function readRows(vectors: string): readonly Row[] {
  const file = join(vectors, "sysconfig/cases.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

function toCase({ files, settings, log = [], ...row }: Row, root: string): SettingsCase {
  return {
    ...row,
    files: Object.entries(files).map(([name, text]) => ({ name, text: text.replaceAll("ROOT", root) })),
    settings: settings.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    log,
  };
}

/** A setting as the vectors have it: all values are texts. */
export function settingAsText(setting: Setting): object {
  return Object.fromEntries(
    Object.entries(setting).map(([key, value]) => [
      key,
      typeof value === "boolean" ? (value ? "1" : "0") : value,
    ]),
  );
}
