import { singlePhases } from "../engine/test-system/phase-package.ts";
import { operations } from "../lifecycle/operation.ts";
import { codeFamilies, databaseFamilies } from "../model/package-spec.ts";
import { operationTitles } from "../protocol/operations.ts";
import { type Command, type CommandGroup, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  forcedBuildParameters,
  formatParameters,
  symlinkParameters,
} from "./common-parameters.ts";

/** Where test systems are named. */
const systemsParameters = {
  systems: {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "File that says where test systems are",
    otherwise: "the one that SOPM_SYSTEMS names",
  },
} as const satisfies Parameters;

/** How commands on a system are allowed, and how long they may take. */
const permissionParameters = {
  yes: {
    kind: "flag",
    text: "Run the commands. Without it they are only printed, unless they were kept before",
  },
  keep: { kind: "flag", text: "With --yes, run these commands on this system from now on without asking" },
  timeout: {
    kind: "text",
    placeholder: "SECONDS",
    text: "How long a command may take that changes the system",
    otherwise: "15 minutes",
  },
} as const satisfies Parameters;

const onParameters = {
  on: { kind: "text", placeholder: "NAME", text: "The test system, as the file calls it" },
  ...systemsParameters,
  ...permissionParameters,
} as const satisfies Parameters;

export const systemListParameters = {
  ...systemsParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const systemCheckParameters = {
  name: { operand: "optional", kind: "text", placeholder: "NAME", text: "One system", otherwise: "all" },
  ...systemsParameters,
  ...permissionParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const systemOperationParameters = {
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PACKAGE",
    text: "A spec, which is built, or an archive",
  },
  ...onParameters,
  from: {
    kind: "file",
    endings: ["opm"],
    placeholder: "ARCHIVE|VERSION",
    text: "What the system has before, for the dry run",
    otherwise: "its version, looked for in Git and among archives",
  },
  log: { kind: "flag", text: "Read the log of the system before and after, and print what is new in it" },
  case: {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "Write what came otherwise to a file without names and values, to be given to others",
  },
  ...baseParameters,
  ...symlinkParameters,
  ...forcedBuildParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const systemTaskParameters = { ...onParameters, ...formatParameters } as const satisfies Parameters;

export const systemTestParameters = {
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PACKAGE",
    text: "The package whose tests are run: those below scripts/test in its list of files",
  },
  file: {
    kind: "text",
    placeholder: "PATH",
    repeatable: true,
    text: "A test of the package, such as scripts/test/Acme.t",
    otherwise: "all",
  },
  ...onParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const systemPhaseParameters = {
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm"],
    placeholder: "SPEC",
    text: "The spec whose sections are run",
  },
  section: {
    kind: "choice",
    choices: [...codeFamilies, ...databaseFamilies],
    placeholder: "SECTION",
    text: "The sections, such as CodeUpgrade",
  },
  phase: {
    kind: "choice",
    choices: singlePhases,
    text: "When the sections run: before the files of the package, or after them",
    otherwise: "post, after them",
  },
  from: {
    kind: "text",
    placeholder: "VERSION",
    text: "The version that an upgrade counts from",
    otherwise: "the one that the system has",
  },
  ...onParameters,
  ...baseParameters,
  ...symlinkParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const systemLinkParameters = {
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm"],
    placeholder: "SPEC",
    text: "The spec whose files are linked",
  },
  on: onParameters.on,
  ...systemsParameters,
  yes: { kind: "flag", text: "Do it. Without it is only printed what would be done" },
  list: {
    kind: "flag",
    text: "Only tell which links lead to the files of the package, those of earlier runs as well",
  },
  ...baseParameters,
  ...formatParameters,
} as const satisfies Parameters;

const onOne = {
  exits: ["it was done", "it was not, or not allowed"] as const,
  tooMany: "“{word}” is too much here.",
};

const task = (
  name: string,
  summary: string,
  about: string,
  kind: "rebuild-configuration" | "clear-caches" | "print-log",
): Command =>
  command({
    ...onOne,
    name,
    summary,
    about,
    parameters: systemTaskParameters,
    run: async (given, shell) => (await import("./system-tasks.ts")).systemTask(kind, given, shell),
  });

const linkTexts = {
  link: {
    summary: "Link the files of a package into the home of a test system that is here or mounted here",
    about:
      "Makes a symbolic link in the home for each file of the package. Nothing is replaced: where something else stands in the place of one of them, or a link is on the way, nothing is done at all. Where the disk fails midway, what was done before is taken back.",
  },
  unlink: {
    summary: "Remove the links to the files of a package from the home of a test system",
    about:
      "Removes links that lead to the files of the package, those as well whose file is gone, and nothing else. Folders that were made for them stay.",
  },
} as const;

const commands: readonly Command[] = [
  command({
    ...onOne,
    name: "list",
    summary: "List test systems, and how often dry runs were right",
    about:
      "Lists the test systems that a file of yours names, and how many promises were kept on them. Nothing is run.",
    parameters: systemListParameters,
    exits: ["the systems were listed", "something that is said of one cannot be used"],
    run: async (given, shell) => (await import("./system-list.ts")).systemList(given, shell),
  }),
  command({
    ...onOne,
    name: "check",
    summary: "Ask test systems what they are, and what is installed",
    about: "Asks each system for its release and its packages. Nothing is changed there.",
    parameters: systemCheckParameters,
    exits: ["all can be used", "one cannot be used, or its commands were not allowed"],
    run: async (given, shell) => (await import("./system-list.ts")).systemCheck(given, shell),
  }),
  ...operations.map((operation) =>
    command({
      name: operation,
      summary: `${operationTitles[operation]} a package on a test system, and compare`,
      about:
        "Builds the package, copies the archive to a test system, has its console do the operation, and compares what came of it with what the dry run foretells: the list of packages, statements, files, tables and settings. Errors that the framework prints are told, also where it reports success.",
      parameters: systemOperationParameters,
      tooFew: "Name a spec or an archive.",
      tooMany: "One package is worked on at a time.",
      exits: [
        "it was done, no step failed, and everything that was compared is as it was foretold",
        "it or a step of it failed, something came otherwise, or its commands were not allowed",
      ],
      run: async (given, shell) =>
        (await import("./system-operation.ts")).systemOperation(operation, given, shell),
    }),
  ),
  task(
    "rebuild-config",
    "Have a test system build its configuration anew",
    "Runs Maint::Config::Rebuild, or what older releases have for it.",
    "rebuild-configuration",
  ),
  task(
    "clear-cache",
    "Have a test system delete its caches",
    "Runs Maint::Cache::Delete, or what older releases have for it.",
    "clear-caches",
  ),
  task("log", "Print the log of a test system", "Runs Maint::Log::Print.", "print-log"),
  command({
    ...onOne,
    name: "phase",
    summary: "Run the code or the database sections of one phase on a test system",
    about:
      "Runs the sections of one family and phase, and nothing else: no file is written, and the list of packages stays. Which ones these are the dry run says; the package manager of the system reads and runs them, by a program that is shown with its command.",
    parameters: systemPhaseParameters,
    tooFew: "Name a spec.",
    exits: ["the framework logged no error", "it did, nothing is run in that phase, or it was not allowed"],
    run: async (given, shell) => (await import("./system-phase.ts")).systemPhase(given, shell),
  }),
  ...(["link", "unlink"] as const).map((name) =>
    command({
      ...onOne,
      name,
      ...linkTexts[name],
      parameters: systemLinkParameters,
      tooFew: "Name a spec.",
      exits: ["it was done", "it was only printed, or something stands in the way"],
      run: async (given, shell) => (await import("./system-link.ts")).systemLink(name, given, shell),
    }),
  ),
  command({
    ...onOne,
    name: "test",
    summary: "Run the unit tests of a package on a test system",
    about:
      "Runs the .t files of a package below scripts/test on a system that has it installed, each by Dev::UnitTest::Run.",
    parameters: systemTestParameters,
    tooFew: "Name a spec or an archive.",
    exits: ["all tests passed", "one failed or is not known, or its command was not allowed"],
    run: async (given, shell) => (await import("./system-tasks.ts")).systemTest(given, shell),
  }),
];

export const systemGroup: CommandGroup = {
  name: "system",
  summary: "Try packages on test systems that really run",
  about:
    'A test system is a framework that runs somewhere: in a container, on another computer, or here. A file of yours names it; no sopm.json can. For each name it has an object with home (the path of the framework there), command (the words that stand before what is run there, such as ["docker", "exec", "-u", "znuny", "box"]; [] for this computer) and copy (["docker", "cp", "{from}", "box:{to}"]) or shared ({ "here": PATH, "there": PATH }). Every command is printed and only run with --yes.',
  exits: onOne.exits,
  commands,
};
