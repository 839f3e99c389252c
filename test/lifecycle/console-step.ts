import assert from "node:assert/strict";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { ConsoleField, ConsoleOutput, ConsoleRun } from "../../server/src/engine/console/console-run.ts";
import {
  fileSearchCommand,
  listCommand,
  listFilesCommand,
} from "../../server/src/engine/console/list-commands.ts";
import { repositoryPlaces } from "../../server/src/engine/console/repository-places.ts";
import { runOperation } from "../../server/src/engine/console/run-operation.ts";
import { english, type Message } from "../../server/src/l10n/translate.ts";
import { logTexts } from "../../server/src/lifecycle/log.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { readLine } from "./framework-log.ts";

/** What the frameworks' console printed. */
export interface ConsoleRecord {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly errors?: readonly string[];
}

/** What we say that a console command does. No repository can be reached. */
export async function runCommand(
  [command = "", ...recorded]: readonly string[],
  system: SystemState,
  archive: (id: string) => PackageContents,
): Promise<ConsoleRun> {
  const args = recorded.map((each) => each.replace(/^<opm:(.*)>$/, "opm/$1.opm"));
  const { dialect, version } = system.framework;
  const online = { dialect, framework: version, packages: system.packages, sources: [] };
  const places = {
    ...repositoryPlaces({ ...online, download: () => undefined }, async () => undefined),
    file: async (path: string) => {
      const [, id] = /^opm\/(.*)\.opm$/.exec(path) ?? [];
      return id === undefined ? undefined : archive(id);
    },
  };
  const verb = command.split("::").at(-1)!;
  switch (verb) {
    case "List":
      return listCommand(system, { showDeployment: args.includes("--show-deployment-info") });
    case "ListInstalledFiles":
      return listFilesCommand(system);
    case "FileSearch":
      return fileSearchCommand(system, args[0]!);
    default: {
      const operation = verb.toLowerCase() as Operation;
      return runOperation(operation, args[0]!, system, places, { force: args.includes("--force") });
    }
  }
}

/** Holds exit code, standard output and standard error to what the frameworks' console printed. */
export function compareConsole(
  run: ConsoleRun,
  record: ConsoleRecord,
  [command = ""]: readonly string[],
): void {
  assert.equal(run.exitCode, record.exitCode, "exit code");
  const verb = command.split("::").at(-1)!;
  const [title = "", ...rest] = (record.stdout ?? "").split(/(?<=\n)/);
  assert.match(title, titles[verb]!, "the first line tells what the command is about to do");
  const isEmpty = run.output.some(({ kind }) => kind === "message");
  const isDone = run.exitCode === 0 && !isEmpty;
  assert.equal(run.output.map(printedForm).join("") + (isDone ? "Done.\n" : ""), rest.join(""), "output");
  const errors = record.errors ?? [];
  assert.equal(run.errors.length, errors.length, `errors: ${run.errors.map(sentenceOf)} for ${errors}`);
  for (const [index, line] of errors.entries()) compareError(run.errors[index]!, line);
}

/** Commands and their first lines, in all products. */
const titles: Readonly<Record<string, RegExp>> = {
  Install: /^Installing package\.\.\.\n$/,
  Upgrade: /^Upgrading package\.\.\.\n$/,
  Reinstall: /^Reinstalling package\.\.\.\n$/,
  Uninstall: /^Uninstalling package\.\.\.\n$/,
  List: /^Listing all installed packages\.\.\.\n$/,
  ListInstalledFiles: /^Listing all installed package files\.\.\.\n$/,
  FileSearch: /^Searching in installed (?:OTOBO |OTRS )?packages\.\.\.\n$/,
};

/** What the console says itself, with what our sentence says. It names what the groups name. */
const consoleErrors: readonly (readonly [theirs: RegExp, ours: RegExp])[] = [
  [/^Error: Not possible to remove this package!$/, /must not be removed/],
  [/^Error: No such package!$/, /no such package/],
  [
    /^Error: No such file '(?<location>.*)' or invalid 'package-version'!$/,
    /is no archive .* and no package/,
  ],
  [
    /^Error: File '(?<location>.*)' not found in local repository or invalid package version\.$/,
    /is no archive .* and no package/,
  ],
  [/^Error: File '(?<file>.*)' not found in source '(?<source>.*)'\.$/, /^The repository .* has neither/],
  [/^Error: Package is not installed\.$/, /is not installed/],
  [/^Error: Package installation failed\.$/, /was not installed/],
  [/^log: Can't perform GET on (?<url>\S+): 400 URL must be absolute$/, /cannot be loaded/],
];

function compareError(error: Message, line: string): void {
  const sentence = sentenceOf(error);
  const logged = line.startsWith("log: ") ? readLine(line.slice("log: ".length)) : undefined;
  if (logged) {
    const texts = logged.ids.map((id) => logTexts[id as keyof typeof logTexts]?.text);
    assert.ok(texts.includes(error.text as never), `“${sentence}” for ${line}`);
  }
  const known = consoleErrors.find(([theirs]) => theirs.test(line));
  assert.ok(logged ?? known, `a line that is known: ${line}`);
  if (known) assert.match(sentence, known[1]);
  const named = logged?.values ?? known![0].exec(line)!.groups ?? {};
  for (const value of Object.values(named))
    assert.ok(sentence.includes(value), `“${sentence}” names ${value}`);
}

function sentenceOf({ text, values = {} }: Message): string {
  return english(text, values);
}

/** How the frameworks call the fields of a list. */
const labels: Readonly<Record<ConsoleField, string>> = {
  file: "File:        ",
  name: "Name:        ",
  version: "Version:     ",
  vendor: "Vendor:      ",
  url: "URL:         ",
  license: "License:     ",
  description: "Description: ",
  deployment: "Pck. Status: ",
  "file-status": "File Status: ",
};

const border = `+${"-".repeat(76)}+\n`;

function printedForm(each: ConsoleOutput): string {
  switch (each.kind) {
    case "intro":
      return each.box;
    case "package":
      return border + each.lines.map(({ field, value }) => `| ${labels[field]}${value}\n`).join("") + border;
    case "file":
      return `  ${each.package}: ${each.location}\n`;
    case "message":
      return "There are no packages installed.\n";
  }
}
