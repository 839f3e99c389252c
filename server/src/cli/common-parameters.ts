import { dialectIds } from "../dialect/products.ts";
import { entrances } from "../lifecycle/operation.ts";
import { databaseKinds, defaultDatabase, triedDatabases } from "../protocol/databases.ts";
import type { Parameters } from "./command.ts";

export const reportFormats = ["text", "json", "junit", "markdown", "html"] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const findingsFormats = ["text", "unix", "json", "sarif", "junit", "gitlab", "github"] as const;
export type FindingsFormat = (typeof findingsFormats)[number];

/** Taken by every command. */
export const languageParameters = {
  language: {
    kind: "choice",
    choices: ["en", "de"],
    text: "Language of the messages",
    otherwise: "that of the environment",
  },
} as const satisfies Parameters;

export const dialectParameters = {
  dialect: {
    kind: "choice",
    choices: ["auto", ...dialectIds],
    placeholder: "DIALECT",
    setting: "dialect",
    default: "auto",
    text: "Release line that the package is for",
  },
} as const satisfies Parameters;

export const formatParameters = {
  format: { kind: "choice", choices: ["text", "json"], default: "text", text: "How to print the result" },
} as const satisfies Parameters;

/** Of commands that talk to servers. */
export const serverParameters = {
  databases: {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "File that says where databases are",
    otherwise: "the one that SOPM_DATABASES names",
  },
} as const satisfies Parameters;

export const baseParameters = {
  base: {
    kind: "folder",
    placeholder: "DIR",
    setting: "build.baseFolder",
    text: "Folder the files of the package lie in",
    otherwise: "that of the spec",
  },
} as const satisfies Parameters;

/** The version that a spec is going to be released as. */
export const versionParameters = {
  version: {
    kind: "version",
    placeholder: "VERSION",
    text: "Take specs as they are when built as this version, digits in three groups",
    otherwise: "the one in the spec",
  },
} as const satisfies Parameters;

export const symlinkParameters = {
  "allow-symlinks": {
    kind: "flag",
    setting: "build.allowSymlinks",
    text: "Follow links that leave the base folder",
  },
} as const satisfies Parameters;

export const siblingParameters = {
  "packages-of": {
    kind: "folder",
    placeholder: "FOLDER",
    text: "Required packages may be among the specs and archives in this folder and below",
  },
} as const satisfies Parameters;

/** The packages that are known beside those that are looked at. */
export const knownPackagesParameters = {
  "packages-of": {
    kind: "file",
    endings: ["sopm", "opm", "xml"],
    placeholder: "PATH",
    repeatable: true,
    setting: "knownPackages",
    text: "Packages that are known beside these: a spec, an archive, an index, or a folder with them",
  },
} as const satisfies Parameters;

/** Of commands that write into a sandbox. */
export const writeParameters = {
  ...serverParameters,
  "no-flush": {
    kind: "flag",
    text: "Do not wait until what is written is safe from a power cut; then a sandbox can be damaged by one",
  },
} as const satisfies Parameters;

export const databaseParameters = {
  database: {
    kind: "choice",
    choices: databaseKinds,
    setting: "database",
    text: "Database of the system; mysql is MariaDB, mysql-8 Oracle’s MySQL",
    otherwise: defaultDatabase,
  },
} as const satisfies Parameters;

/** How an operation is asked for, and what is assumed of its steps. */
export const operationParameters = {
  force: { kind: "flag", text: "As if Force were given" },
  entrance: { kind: "choice", choices: entrances, otherwise: "api", text: "Who asks the framework" },
  assume: {
    kind: "text",
    placeholder: "KEY=fails",
    repeatable: true,
    text: "A step fails, or “succeeds”. The keys of the steps are in the report as JSON",
  },
} as const satisfies Parameters;

export const reportParameters = {
  format: { kind: "choice", choices: reportFormats, default: "text", text: "How to print the report" },
  output: { kind: "file", placeholder: "FILE", text: "Write the report to a file" },
} as const satisfies Parameters;

/** A folder in which a system is. */
export const sandboxParameters = {
  folder: { operand: "one", kind: "folder", placeholder: "FOLDER", text: "The sandbox" },
} as const satisfies Parameters;

/** One package that somebody works on, as spec or archive. */
export const packageParameters = {
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PACKAGE",
    text: "A spec or an archive",
  },
} as const satisfies Parameters;

/** Of commands that try packages on databases. */
export const simulationParameters = {
  database: {
    kind: "choice",
    choices: databaseKinds,
    repeatable: true,
    setting: "simulationDatabases",
    text: "A database that each package is tried on, to tell what it refuses; mysql is MariaDB, mysql-8 Oracle’s MySQL",
    otherwise: triedDatabases.join(", "),
  },
  "no-simulation": {
    kind: "flag",
    setting: "simulation",
    text: "Try no package on databases, as trying takes most of the time",
  },
} as const satisfies Parameters;

/** One spec. */
export const specParameters = {
  spec: { operand: "one", kind: "file", endings: ["sopm"], placeholder: "SPEC", text: "The spec" },
} as const satisfies Parameters;

/** Of commands that read a document from standard input as well. */
export const inputParameters = {
  "stdin-path": {
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PATH",
    text: "Where what comes from standard input would lie",
  },
} as const satisfies Parameters;

/** Of commands that build. */
export const outputFolderParameters = {
  output: {
    kind: "folder",
    placeholder: "DIR",
    setting: "build.outputFolder",
    text: "Folder for the archive",
    otherwise: "that of the spec",
  },
} as const satisfies Parameters;

/** Of commands that build whatever is found. */
export const forcedBuildParameters = {
  force: { kind: "flag", text: "Build although errors were found, if the framework would" },
} as const satisfies Parameters;

/** Of commands that try upgrades. */
export const sinceParameters = {
  since: {
    kind: "version",
    placeholder: "VERSION",
    setting: "upgradesSince",
    text: "The first version that upgrades count from",
    otherwise: "all that are known",
  },
} as const satisfies Parameters;

/** The systems that packages are tried on. */
export const systemsParameters = {
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    repeatable: true,
    text: "A system, as it is delivered",
    otherwise: "the newest release of each product line that the package is for",
  },
} as const satisfies Parameters;

/** The system that one operation is tried on. */
export const systemParameters = {
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    text: "The system, as it is delivered",
    otherwise: "what the package is made for",
  },
  framework: {
    kind: "folder",
    placeholder: "DIR",
    text: "The home of a framework, which is only read, in place of the product",
  },
} as const satisfies Parameters;

/** What an upgrade starts from. */
export const earlierParameters = {
  from: {
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "ARCHIVE|VERSION",
    text: "What is installed before an upgrade; a version is looked for in Git and among archives",
  },
} as const satisfies Parameters;

/** How results are told that a build server reads. */
export const resultParameters = {
  format: {
    kind: "choice",
    choices: ["text", "json", "junit"],
    default: "text",
    text: "How to print the results",
  },
  output: { kind: "file", placeholder: "FILE", text: "Write the results to a file" },
} as const satisfies Parameters;
