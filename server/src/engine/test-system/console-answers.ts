import type { CommandOutcome } from "../../host/test-system.ts";

/** A command that has ended. */
type EndedCommand = Extract<CommandOutcome, { readonly kind: "ended" }>;

/** What a framework says is installed. */
export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  /** Whether its files are as the package has them; undefined where the framework does not say. */
  readonly isDeployed: boolean | undefined;
}

/**
 * What is installed, out of what the framework prints. Packages that hide are not in it.
 *
 * @returns undefined for a text that is no such list
 * @source Znuny 7.1 and OTOBO 11, Admin::Package::List
 */
export function readPackageList(output: string): readonly ListedPackage[] | undefined {
  const packages: { name: string; version: string; isDeployed: boolean | undefined }[] = [];
  let isBehindBorder = false;
  let isList = output.trim() === "";
  for (const line of withoutColours(output).split(/\r?\n/)) {
    if (/^\+-{20,}\+\s*$/.test(line)) {
      isBehindBorder = true;
      isList = true;
      continue;
    }
    const [, field = "", said = ""] = /^\| ([A-Z][\w. ]*):(.*)$/.exec(line) ?? [];
    const value = said.trim();
    const last = packages.at(-1);
    if (field === "Name" && isBehindBorder)
      packages.push({ name: value, version: "", isDeployed: undefined });
    else if (field === "Version" && last?.version === "") last.version = value;
    else if (/^(?:Pck\. Status|Deployment)$/.test(field) && last) last.isDeployed ??= /^OK\b/.test(value);
    else if (
      /^(?:Listing all installed packages\.\.\.|There are no packages installed\.|Done\.)\s*$/.test(line)
    )
      isList = true;
    isBehindBorder = false;
  }
  return isList ? packages : undefined;
}

/** Digests by paths, out of what `sha256sum` prints. Paths that were not asked for are left out. */
export function readDigests(output: string, asked: ReadonlySet<string>): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const line of output.split("\n")) {
    const [, digest, path] = /^([0-9a-f]{64}) [ *](.*?)\r?$/.exec(line) ?? [];
    if (digest !== undefined && path !== undefined && asked.has(path)) digests.set(path, digest);
  }
  return digests;
}

/** Those of the paths that were asked for of which the same program says that nothing is there, in English or in German. */
export function readMissing(said: string, asked: ReadonlySet<string>): ReadonlySet<string> {
  const missing = new Set<string>();
  for (const line of said.split("\n")) {
    if (!nothingThere.test(line)) continue;
    for (const word of line.split(/\s/)) {
      const path = word.replace(/^['"‘]|['"’]?:?$/g, "");
      if (asked.has(path)) missing.add(path);
    }
  }
  return missing;
}

const nothingThere =
  /No such file or directory|Not a directory|Datei oder Verzeichnis nicht gefunden|Ist kein Verzeichnis/;

/** Tables with their columns, in lower case, out of lines with a name, or with those of a table and of a column. */
export function readTables(output: string): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>();
  for (const line of output.split(/\r?\n/)) {
    const [table, column, ...others] = line.trim().split(/[\s|,;]+/);
    if (!table || others.length > 0) continue;
    const columns = tables.get(table.toLowerCase()) ?? new Set();
    if (column) columns.add(column.toLowerCase());
    tables.set(table.toLowerCase(), columns);
  }
  return tables;
}

/**
 * The value of a setting that is a text, out of what the framework prints.
 *
 * @returns undefined for a value that is a list or a hash, and for a text that tells no value
 * @source OTRS 6.0.30, Znuny 7.1 and OTOBO 11, Admin::Config::Read
 */
export function readSettingValue(output: string, name: string): string | undefined {
  const text = withoutColours(output);
  const start = `\nSetting: ${name}\n`;
  const at = text.indexOf(start);
  if (at < 0) return undefined;
  return /^(.*?)\n\n(?:Done\.\s*)?$/s.exec(text.slice(at + start.length))?.[1];
}

/** Whether the framework has a setting at all, by the same answer. */
export function namesSetting(output: string, name: string): boolean {
  return withoutColours(output).includes(`\nSetting: ${name}`);
}

/** What became of a test, and the line that says so: the last one for a test of which nothing is said. */
export interface TestAnswer {
  readonly result: "passed" | "failed" | "unknown";
  readonly line: string;
}

/**
 * What became of a test, out of what the framework prints at its end. A test that the framework does not find, or is set not
 * to run, ends with success in some releases, and with a failure in others.
 *
 * @param code how the console ended; null where something else has ended it
 * @source Znuny 6.5 and OTRS 4, Kernel::System::UnitTest; OTOBO 10, TAP::Harness
 */
export function readTestAnswer(output: string, code: number | null): TestAnswer {
  const text = withoutColours(output);
  const [failed] =
    /^[^\S\n]*(?:[1-9]\d* tests? failed\.|Result: FAIL\b|TestNotOk:\s*[1-9]\d*)/m.exec(text) ?? [];
  if (failed !== undefined) return { result: "failed", line: failed.trim() };
  const [passed] =
    /^[^\S\n]*(?:All [1-9]\d* tests? passed\.|Result: PASS\b|TestOk:\s*[1-9]\d*)/m.exec(text) ?? [];
  if (passed !== undefined && code === 0) return { result: "passed", line: passed.trim() };
  return { result: "unknown", line: lastLine(output) };
}

/** Why a command has failed: what it wrote last, else the number it ended with; “–” where something else has ended it. */
export function failureReason({ code, output, errors }: EndedCommand): string {
  return lastLine(errors) || lastLine(output) || `${code ?? "–"}`;
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return (
    withoutColours(text)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .findLast((line) => line !== "") ?? ""
  );
}

function withoutColours(text: string): string {
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}
