import { operations } from "../lifecycle/operation.ts";
import { databaseKinds, triedDatabases } from "../protocol/databases.ts";
import { usualFailures } from "../report/failure-kinds.ts";
import { type Command, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  databaseParameters,
  earlierParameters,
  operationParameters,
  packageParameters,
  reportParameters,
  resultParameters,
  serverParameters,
  siblingParameters,
  sinceParameters,
  symlinkParameters,
  systemParameters,
  systemsParameters,
  versionParameters,
} from "./common-parameters.ts";

export const dryRunParameters = {
  operation: { operand: "one", kind: "choice", choices: operations, insteadOf: "scenario", text: "" },
  ...packageParameters,
  scenario: {
    kind: "text",
    placeholder: "NAME",
    text: "The scenario of this name in sopm.json, in place of the operation. Other options come before what it says",
  },
  product: { ...systemParameters.product, setting: "productVersion" },
  ...databaseParameters,
  framework: { ...systemParameters.framework, setting: "frameworkHome" },
  sandbox: {
    kind: "folder",
    placeholder: "DIR",
    setting: "sandbox",
    text: "The system in a sandbox, in place of all these",
  },
  ...earlierParameters,
  ...versionParameters,
  ...operationParameters,
  requirements: {
    kind: "choice",
    choices: ["assume", "check"],
    text: "Whether required packages are there",
    otherwise: "assume; with a sandbox check",
  },
  ...siblingParameters,
  "fail-on": {
    kind: "text",
    placeholder: "WHAT",
    text: "What ends with 1, with commas between: failed (refused, or a step fails), lost (settings that are not stored, steps that never run), skipped (steps that are passed over this time), or never alone",
    default: [...usualFailures].join(","),
  },
  documented: { kind: "flag", text: "Also list what the framework's documentation promises instead" },
  ...reportParameters,
  ...baseParameters,
  ...symlinkParameters,
} as const satisfies Parameters;

export const verifyParameters = {
  ...packageParameters,
  database: {
    kind: "text",
    placeholder: "NAME",
    default: "embedded",
    text: "The database that statements are executed in: embedded, which is PostgreSQL inside SOPM, or a server of the file with databases",
  },
  ...serverParameters,
  operation: {
    kind: "choice",
    choices: ["install", "upgrade", "uninstall", "all"],
    default: "all",
    text: "What is done to the package; all leaves out the upgrade where --from does not say of what",
  },
  ...earlierParameters,
  ...systemParameters,
  force: operationParameters.force,
  ...siblingParameters,
  ...resultParameters,
  ...baseParameters,
} as const satisfies Parameters;

export const matrixParameters = {
  ...packageParameters,
  ...sinceParameters,
  path: {
    kind: "choice",
    choices: ["both", "straight", "step-by-step"],
    default: "both",
    text: "Upgrades in one, or with every version between installed as well",
  },
  ...systemsParameters,
  database: {
    kind: "choice",
    choices: databaseKinds,
    repeatable: true,
    setting: "simulationDatabases",
    text: "A database of the systems; mysql is MariaDB, mysql-8 Oracle’s MySQL",
    otherwise: triedDatabases.join(", "),
  },
  ...versionParameters,
  ...symlinkParameters,
  ...baseParameters,
  ...reportParameters,
} as const satisfies Parameters;

export const testParameters = {
  paths: {
    operand: "any",
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PATH",
    text: "A spec or an archive, or a folder: the specs in it and below",
    otherwise: "the current folder",
  },
  ...systemsParameters,
  ...databaseParameters,
  filter: {
    kind: "text",
    placeholder: "TEXT",
    text: "Only trials whose line in --list has this text in it, in any case",
    otherwise: "all",
  },
  list: { kind: "flag", text: "Print the trials, and make none" },
  ...sinceParameters,
  ...resultParameters,
  ...siblingParameters,
  ...baseParameters,
  ...symlinkParameters,
} as const satisfies Parameters;

/** Commands that try packages. */
export const trialCommands: readonly Command[] = [
  command({
    name: "dry-run",
    summary: "Tell what an operation would do to a system",
    about:
      "Tells step by step what a framework would do with a package, a spec or an archive. Nothing is changed, and no Perl is run.",
    parameters: dryRunParameters,
    tooFew: "Name an operation and a spec or an archive, such as “install Acme.sopm”.",
    tooMany: "One package is looked at at a time.",
    exits: [
      "it would be done, and nothing that --fail-on names is known to happen",
      "something of that happens: usually it is refused, a step fails or never runs, or settings are lost; or something cannot be read",
    ],
    run: async (given, shell) => (await import("./dry-run.ts")).dryRun(given, shell),
  }),
  command({
    name: "verify",
    summary: "Execute the statements of a package on a database that runs",
    about:
      "Makes a database with the tables of the framework, executes what operations on a package would send to it, tells what became of each statement, and compares the tables afterwards with what dry runs foretell. Nothing is left of the database, and no Perl is run.",
    parameters: verifyParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is looked at at a time.",
    exits: [
      "every statement was done",
      "a statement failed, an operation is refused, or the database cannot be used",
    ],
    run: async (given, shell) => (await import("./verify.ts")).verify(given, shell),
  }),
  command({
    name: "matrix",
    summary: "Try all upgrades of a package",
    about:
      "Tries the upgrade from every older version of a package to this one, in one and step by step, on every system that it is for, and compares each with a fresh install. Older versions are the tags and commits of its repository and the archives beside it. Nothing is changed, and no Perl is run.",
    parameters: matrixParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is looked at at a time.",
    exits: [
      "no path is known to end otherwise than a fresh install",
      "a path ends otherwise, a step fails or an upgrade is refused; or something cannot be read",
    ],
    run: async (given, shell) => (await import("./matrix.ts")).matrix(given, shell),
  }),
  command({
    name: "test",
    summary: "Try what is done with packages, and tell what fails",
    about:
      "Tries packages on each system that they are for: install, with optional packages as well, reinstall after a changed file, uninstall, install again, the upgrade from each older version, alone and with what is required, and the scenarios of sopm.json. Each is a dry run that has to go well and to come to what it should. Nothing is changed, and no Perl is run.",
    parameters: testParameters,
    exits: ["no trial is known to fail", "a trial fails, or a package cannot be read"],
    run: async (given, shell) => (await import("./test.ts")).test(given, shell),
  }),
];
