import { buildModes } from "../builder/build-mode.ts";
import { attributeLayouts, indentations, quoteStyles } from "../features/format/format-settings.ts";
import { operations } from "../lifecycle/operation.ts";
import { databaseKinds, triedDatabases } from "../protocol/databases.ts";
import { diagramThemes } from "../protocol/diagram.ts";
import { packageParts } from "../protocol/new-package.ts";
import { usualFailures } from "../report/failure-kinds.ts";
import { profiles } from "../rules/profiles.ts";
import { type Command, type CommandGroup, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  databaseParameters,
  dialectParameters,
  findingsFormats,
  formatParameters,
  knownPackagesParameters,
  operationParameters,
  packageParameters,
  reportParameters,
  serverParameters,
  siblingParameters,
  simulationParameters,
  symlinkParameters,
  versionParameters,
} from "./common-parameters.ts";
import { sandboxGroup } from "./sandbox-commands.ts";
import { shells } from "./shells.ts";
import { systemGroup } from "./system-commands.ts";

export const lintParameters = {
  paths: {
    operand: "many",
    kind: "file",
    endings: ["sopm", "opm", "xml"],
    placeholder: "PATH",
    text: "A spec, an archive, the index of a repository, a settings file, or a folder: the specs, archives and indexes in it and below; - is a spec from standard input",
  },
  format: {
    kind: "choice",
    choices: findingsFormats,
    default: "text",
    text: "How to print the findings; unix is a line for each",
  },
  ...dialectParameters,
  profile: {
    kind: "choice",
    choices: profiles,
    default: "framework",
    setting: "profile",
    text: "What to hold the packages to",
  },
  "license-header": {
    kind: "file",
    endings: ["txt"],
    placeholder: "FILE",
    setting: "licenseHeader",
    text: "Text that the rule license-header wants in the head of each file of code, without signs of comments",
    otherwise: "any words about a licence",
  },
  rule: {
    kind: "text",
    placeholder: "ID=SEVERITY",
    setting: "rules",
    repeatable: true,
    text: "Severity of one rule: error, warning, information, hint or off",
  },
  ...knownPackagesParameters,
  ...simulationParameters,
  fix: {
    kind: "flag",
    text: "Make the fixes that need no decision, in the files, and tell what remains",
  },
  "fix-dry-run": { kind: "flag", text: "Print what --fix would change as a difference, and write nothing" },
  "max-warnings": {
    kind: "text",
    placeholder: "NUMBER",
    text: "End with 1 when there are more warnings than this",
  },
  baseline: {
    kind: "file",
    endings: ["sarif", "json"],
    placeholder: "FILE",
    text: "Leave out the findings in the SARIF log of an earlier run, which was started in the same folder",
  },
  "write-baseline": {
    kind: "file",
    endings: ["sarif", "json"],
    placeholder: "FILE",
    text: "Write all findings to a SARIF log for --baseline, and tell none",
  },
  "stdin-path": {
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PATH",
    text: "Where what comes from standard input would lie",
  },
  ...versionParameters,
  ...baseParameters,
} as const satisfies Parameters;

export const initParameters = {
  folder: {
    operand: "one",
    kind: "folder",
    placeholder: "FOLDER",
    text: "Where the package is made; the folder need not be there",
  },
  name: { kind: "text", placeholder: "NAME", text: "Its name; it has to be said" },
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1"',
    repeatable: true,
    text: "A release line that it is for, or a release that it is for from there on; one has to be said",
  },
  vendor: { kind: "text", placeholder: "VENDOR", text: "Who makes it; it has to be said" },
  url: {
    kind: "text",
    placeholder: "ADDRESS",
    text: "The address of the vendor",
    otherwise: "one that leads nowhere",
  },
  license: {
    kind: "text",
    placeholder: "TEXT",
    text: "Its licence",
    otherwise: "the one of the code policy of the product",
  },
  with: {
    kind: "text",
    placeholder: "PARTS",
    default: "module",
    text: `What it brings, with commas between: ${packageParts.join(", ")}; frontend, table and test bring the module`,
  },
  "from-json": {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "Metadata that “opmbuild sopm” reads: make the spec that they describe, with the files that are in the folder. Without --yes it is printed",
  },
  yes: { kind: "flag", text: "Write the files; without it they are only listed" },
  ...formatParameters,
} as const satisfies Parameters;

export const formattingParameters = {
  paths: {
    operand: "many",
    kind: "file",
    endings: ["sopm"],
    placeholder: "PATH",
    text: "A spec, or a folder: the specs in it and below; - is a spec from standard input",
  },
  check: { kind: "flag", text: "Print the names of specs that are not formatted, and write nothing" },
  write: { kind: "flag", text: "Write into the files, and print the names of those that have changed" },
  indent: {
    kind: "choice",
    choices: indentations,
    setting: "format.indentation",
    default: "auto",
    text: "One level of nesting: a tab or so many blanks; auto is what .editorconfig says, else what the spec has below its root",
  },
  attributes: {
    kind: "choice",
    choices: attributeLayouts,
    setting: "format.attributes",
    default: "preserve",
    text: "Align attributes that begin a line below the first one, or wrap start tags that are too long",
  },
  quotes: {
    kind: "choice",
    choices: quoteStyles,
    setting: "format.quotes",
    default: "preserve",
    text: "The quotes of values",
  },
  "stdin-path": {
    kind: "file",
    endings: ["sopm"],
    placeholder: "PATH",
    text: "Where what comes from standard input would lie",
  },
} as const satisfies Parameters;

export const filesParameters = {
  paths: {
    operand: "many",
    kind: "file",
    endings: ["sopm"],
    placeholder: "SPEC",
    text: "A spec, or a folder: the specs in it and below",
  },
  sync: {
    kind: "flag",
    text: "Have the lists follow files that have moved, and print the difference that makes",
  },
  add: {
    kind: "text",
    placeholder: "PATTERN",
    repeatable: true,
    text: "With --sync, list files that are not, if they or a folder around them fit a pattern as in .gitignore, such as *.pm or /var/httpd",
  },
  "remove-missing": {
    kind: "flag",
    text: "With --sync, take files out of the lists that are missing and at no place that is known",
  },
  check: { kind: "flag", text: "End with 1 where lists and files differ, and write nothing" },
  write: { kind: "flag", text: "With --sync, write into the specs" },
  ...dialectParameters,
  ...baseParameters,
} as const satisfies Parameters;

export const buildParameters = {
  spec: { operand: "one", kind: "file", endings: ["sopm"], placeholder: "SPEC", text: "The spec" },
  output: {
    kind: "folder",
    placeholder: "DIR",
    setting: "build.outputFolder",
    text: "Folder for the archive",
    otherwise: "that of the spec",
  },
  ...baseParameters,
  mode: {
    kind: "choice",
    choices: buildModes,
    default: "framework",
    setting: "build.mode",
    text: "Whose bytes to write",
  },
  ...dialectParameters,
  version: {
    kind: "version",
    placeholder: "VERSION",
    text: "Check and build as this version, digits in three groups",
  },
  ...simulationParameters,
  "stamp-date": {
    kind: "text",
    placeholder: '"YYYY-MM-DD hh:mm:ss"',
    setting: "build.stampDate",
    text: "BuildDate to write",
    otherwise: "SOURCE_DATE_EPOCH in UTC, else now, in the time zone of the builder",
  },
  "stamp-host": {
    kind: "text",
    placeholder: "NAME",
    setting: "build.stampHost",
    text: "BuildHost to write",
    otherwise: "that of this machine",
  },
  "strict-schema": {
    kind: "choice",
    choices: ["auto", "on", "off"],
    default: "off",
    setting: "build.strictSchema",
    text: "Second opinion by an XSD validator, needs Java: auto hears it when the archive is there, on before that",
  },
  ...symlinkParameters,
  force: { kind: "flag", text: "Build although errors were found, if the framework would" },
} as const satisfies Parameters;

export const matrixParameters = {
  ...packageParameters,
  since: {
    kind: "version",
    placeholder: "VERSION",
    setting: "upgradesSince",
    text: "The first version that upgrades count from",
    otherwise: "all that are known",
  },
  path: {
    kind: "choice",
    choices: ["both", "straight", "step-by-step"],
    default: "both",
    text: "Upgrades in one, or with every version between installed as well",
  },
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    repeatable: true,
    text: "A system, as it is delivered",
    otherwise: "the newest release of each product line that the package is for",
  },
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
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    repeatable: true,
    text: "A system, as it is delivered",
    otherwise: "the newest release of each product line that the package is for",
  },
  ...databaseParameters,
  filter: {
    kind: "text",
    placeholder: "TEXT",
    text: "Only trials whose line in --list has this text in it, in any case",
    otherwise: "all",
  },
  list: { kind: "flag", text: "Print the trials, and make none" },
  since: {
    kind: "version",
    placeholder: "VERSION",
    setting: "upgradesSince",
    text: "The first version that upgrades count from",
    otherwise: "all that are known",
  },
  format: {
    kind: "choice",
    choices: ["text", "json", "junit"],
    default: "text",
    text: "How to print the results",
  },
  output: { kind: "file", placeholder: "FILE", text: "Write the results to a file" },
  ...siblingParameters,
  ...baseParameters,
  ...symlinkParameters,
} as const satisfies Parameters;

export const dryRunParameters = {
  operation: { operand: "one", kind: "choice", choices: operations, insteadOf: "scenario", text: "" },
  ...packageParameters,
  scenario: {
    kind: "text",
    placeholder: "NAME",
    text: "The scenario of this name in sopm.json, in place of the operation. Other options come before what it says",
  },
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    setting: "productVersion",
    text: "The system, as it is delivered",
    otherwise: "what the package is made for",
  },
  ...databaseParameters,
  framework: {
    kind: "folder",
    placeholder: "DIR",
    setting: "frameworkHome",
    text: "The home of a framework, which is only read, in place of the product",
  },
  sandbox: {
    kind: "folder",
    placeholder: "DIR",
    setting: "sandbox",
    text: "The system in a sandbox, in place of all these",
  },
  from: {
    kind: "file",
    endings: ["opm"],
    placeholder: "ARCHIVE|VERSION",
    text: "What is installed before an upgrade; a version is looked for in Git and among archives",
  },
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
  from: {
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "ARCHIVE|VERSION",
    text: "What is installed before an upgrade; a version is looked for in Git and among archives",
  },
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
  force: { kind: "flag", text: "As if Force were given" },
  ...siblingParameters,
  format: {
    kind: "choice",
    choices: ["text", "json", "junit"],
    default: "text",
    text: "How to print the report",
  },
  output: { kind: "file", placeholder: "FILE", text: "Write the report to a file" },
  ...baseParameters,
} as const satisfies Parameters;

export const sqlParameters = {
  ...packageParameters,
  operation: { kind: "choice", choices: operations, text: "What is done to the package; it has to be said" },
  ...databaseParameters,
  from: {
    kind: "version",
    placeholder: "VERSION",
    text: "What is installed before an upgrade",
    otherwise: "all versions at once",
  },
  ...versionParameters,
  ...dialectParameters,
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    setting: "productVersion",
    text: "The system, in place of the dialect",
    otherwise: "what the package is made for",
  },
  format: {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    text: "SQL with comments, or a list of phase, list (main or post), statement and line",
  },
  output: {
    kind: "file",
    endings: ["sql", "json"],
    placeholder: "FILE",
    text: "Write the statements there, as they are executed. Printed ones show characters that cannot be seen as escapes",
  },
} as const satisfies Parameters;

export const diagramParameters = {
  ...packageParameters,
  format: {
    kind: "choice",
    choices: ["svg", "mermaid"],
    default: "svg",
    text: "A picture, or text for Mermaid",
  },
  theme: {
    kind: "choice",
    choices: diagramThemes,
    default: "auto",
    text: "Colours of the picture; auto follows whoever looks at it",
  },
  of: {
    kind: "version",
    placeholder: "VERSION",
    text: "Show an earlier version, which Git has, or an archive beside the package or in --packages-of",
    otherwise: "the package as it is",
  },
  ...knownPackagesParameters,
  ...dialectParameters,
  output: { kind: "file", endings: ["svg", "mmd"], placeholder: "FILE", text: "Write the diagram to a file" },
} as const satisfies Parameters;

export const releaseParameters = {
  spec: { operand: "one", kind: "file", endings: ["sopm"], placeholder: "SPEC", text: "The spec" },
  bump: {
    kind: "choice",
    choices: ["major", "minor", "patch"],
    text: "The number of the version that is raised",
    otherwise: "none",
  },
  version: { kind: "version", placeholder: "VERSION", text: "The version that it becomes" },
  changelog: {
    kind: "text",
    placeholder: "TEXT|-",
    text: "What the entry of the change log says; - reads it from standard input",
    otherwise: "the commits since the last release",
  },
  output: {
    kind: "folder",
    placeholder: "DIR",
    setting: "build.outputFolder",
    text: "Folder for the archive and what comes with it",
    otherwise: "that of the spec",
  },
  ...baseParameters,
  index: {
    kind: "flag",
    text: "Write an index into the output folder as well; one that is there is written anew anyway",
  },
  tag: { kind: "flag", text: "Commit the spec, and tag the commit" },
  ...knownPackagesParameters,
  force: {
    kind: "flag",
    text: "Release although something is not committed, or an upgrade is not as it should be",
  },
  yes: { kind: "flag", text: "Do it; without it you are told what would be done" },
  undo: { kind: "flag", text: "Take back a release that was begun and is not finished; with --yes" },
  ...formatParameters,
} as const satisfies Parameters;

export const historyParameters = {
  spec: { operand: "one", kind: "file", endings: ["sopm"], placeholder: "SPEC", text: "The spec" },
  ...knownPackagesParameters,
  sandbox: {
    kind: "folder",
    placeholder: "DIR",
    setting: "sandbox",
    text: "A sandbox that may hold archives of the package",
  },
  ...baseParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const serveParameters = {
  folder: {
    operand: "one",
    kind: "folder",
    placeholder: "FOLDER",
    text: "With archives in it and below",
  },
  port: {
    kind: "text",
    placeholder: "NUMBER",
    default: "8008",
    text: "Where to listen; 0 for any that is free",
  },
  verbose: { kind: "flag", text: "Print each request on standard error" },
} as const satisfies Parameters;

export const indexParameters = {
  folder: { operand: "one", kind: "folder", placeholder: "FOLDER", text: "The repository" },
  mode: {
    kind: "choice",
    choices: buildModes,
    default: "framework",
    setting: "build.mode",
    text: "Whose index to print",
  },
  ...dialectParameters,
  check: { kind: "flag", text: "Check the otrs.xml or otobo.xml that is in the folder instead" },
  ...siblingParameters,
} as const satisfies Parameters;

const archiveParameters = {
  archive: { operand: "one", kind: "file", endings: ["opm"], placeholder: "ARCHIVE", text: "The archive" },
} as const satisfies Parameters;

export const showArchiveParameters = {
  ...archiveParameters,
  spec: { kind: "flag", text: "Print what its spec has become: the archive without the contents of files" },
  file: {
    kind: "text",
    placeholder: "LOCATION",
    text: "Print one of its files as it is; of several in the same place the last one, which counts",
  },
  ...formatParameters,
} as const satisfies Parameters;

export const extractParameters = {
  ...archiveParameters,
  output: { kind: "folder", placeholder: "DIR", text: "The folder to write into; it has to be said" },
  "as-source": {
    kind: "flag",
    text: "Write the spec as well, so that the package can be changed and built again",
  },
  force: { kind: "flag", text: "Replace files that are there" },
  ...formatParameters,
} as const satisfies Parameters;

export const diffParameters = {
  before: {
    operand: "one",
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "BEFORE",
    text: "A package: an archive, a spec, sandbox:FOLDER#NAME for one that is installed in a sandbox, or version:SPEC#VERSION for an earlier version, which a tag may name as well",
  },
  after: {
    operand: "one",
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "AFTER",
    text: "Another one in the same forms",
  },
  ...baseParameters,
  ...symlinkParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const explainParameters = {
  rule: { operand: "one", kind: "rule", placeholder: "RULE", text: "Its name, with which findings end" },
  ...formatParameters,
} as const satisfies Parameters;

export const databasesParameters = {
  name: { operand: "optional", kind: "text", placeholder: "NAME", text: "One database", otherwise: "all" },
  check: { kind: "flag", text: "Ask each whether it can be used" },
  ...serverParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const configParameters = {
  path: {
    operand: "optional",
    kind: "file",
    placeholder: "PATH",
    text: "A spec, an archive or a folder; without it the current folder",
  },
  show: { kind: "flag", text: "Tell each setting with its value, and the file and line that say it" },
  ...formatParameters,
} as const satisfies Parameters;

export const lspParameters = {
  stdio: { kind: "flag", text: "Over standard input and output, which it is anyway" },
  // What client libraries add to any server they start.
  clientProcessId: { kind: "text", placeholder: "NUMBER", text: "", hidden: true },
} as const satisfies Parameters;

export const completionParameters = {
  shell: { operand: "one", kind: "choice", choices: shells, text: "" },
} as const satisfies Parameters;

/** All that can be typed behind `sopm`, in the order of help. Each command is loaded when it is called. */
export const commands: readonly (Command | CommandGroup)[] = [
  command({
    name: "init",
    summary: "Make a new package",
    about:
      "Makes the files of a new package that has no finding, can be built, and can be installed on the products that are named. Nothing is asked, and no file is overwritten.",
    parameters: initParameters,
    tooFew: "Name the folder of the new package.",
    tooMany: "One package is made at a time.",
    exits: ["the package was made, or would be", "files are in the way, or something cannot be written"],
    run: async (given, shell) => (await import("./init.ts")).init(given, shell),
  }),
  command({
    name: "lint",
    summary: "Check specs, archives and indexes; a folder means all of them in it",
    about:
      "Checks specs, archives, indexes of repositories and settings files. A folder means every spec, archive and index in it and below. With --fix what remains decides about the exit code.",
    parameters: lintParameters,
    tooFew: "There is no file or folder to check.",
    exits: [
      "no error was found",
      "errors were found, more warnings than --max-warnings, or something cannot be read or written",
    ],
    run: async (given, shell) => (await import("./lint.ts")).lint(given, shell),
  }),
  command({
    name: "format",
    summary: "Lay out specs",
    about:
      "Indents the elements of specs as an editor does. Texts, code and comments stay as they are, and the framework’s builder makes the same archive of a spec as before. Without --check and --write one spec is printed.",
    parameters: formattingParameters,
    tooFew: "There is no spec to format.",
    exits: [
      "the specs are formatted",
      "--check has found some that are not, or something cannot be read or written",
    ],
    run: async (given, shell) => (await import("./format.ts")).format(given, shell),
  }),
  command({
    name: "files",
    summary: "Tell how file lists and files differ, and have the lists follow",
    about:
      "Tells which listed files are missing, where they have moved to, and which files are not listed. A file has moved where the bytes that Git has of it are at one other place; Git itself is not started. Files that Git ignores, or .opmbuild_filetest_ignore names, are not missed.",
    parameters: filesParameters,
    tooFew: "There is no spec to look at.",
    exits: [
      "the lists were compared, and changed where that was asked for",
      "--check has found a list that differs from its files, or something cannot be read or written",
    ],
    run: async (given, shell) => (await import("./files.ts")).files(given, shell),
  }),
  command({
    name: "explain",
    summary: "Tell what a rule is for",
    about: "Tells what a rule finds fault with and why, with an example and what proves it.",
    parameters: explainParameters,
    tooFew: "Name the rule: findings end with the name of theirs.",
    tooMany: "One rule is explained at a time.",
    exits: ["the rule was explained", "its text cannot be read"],
    run: async (given, shell) => (await import("./explain.ts")).explain(given, shell),
  }),
  command({
    name: "build",
    summary: "Build the archive of a spec",
    about: "Writes NAME-VERSION.opm as the framework's own builder would.",
    parameters: buildParameters,
    tooFew: "There is no spec to build.",
    tooMany: "One spec is built at a time.",
    exits: ["the archive was written", "it was not"],
    run: async (given, shell) => (await import("./build.ts")).build(given, shell),
  }),
  command({
    name: "release",
    summary: "Release a version of a package",
    about:
      "Checks a package as lint, matrix and Git can, raises its version, writes the entry of the change log, builds the archive, and writes its SHA-256, a bill of materials (CycloneDX) and the index beside it. Each step is noted: a release that was interrupted goes on with the same command, or is taken back with --undo. Nothing is committed or tagged without --tag, and nothing is signed, pushed or published.",
    parameters: releaseParameters,
    tooFew: "Name the spec.",
    tooMany: "One package is released at a time.",
    exits: [
      "it was released, taken back, or would be",
      "something is against it, or a step could not be done",
    ],
    run: async (given, shell) => (await import("./release.ts")).release(given, shell),
  }),
  command({
    name: "history",
    summary: "Tell the versions of a package, and what each of them changed",
    about:
      "Lists the versions of the package of a spec with the place each was found in: a tag of Git that is named like the version, an archive, or the last commit before the version was changed. Tells what each has otherwise than the one before: frameworks, requirements, files, tables, columns, keys, settings, and the versions that upgrades are bound to. Git is only asked, and nothing is fetched.",
    parameters: historyParameters,
    tooFew: "Name the spec.",
    tooMany: "The versions of one package are told at a time.",
    exits: ["the versions were told", "the spec or one of the versions cannot be read"],
    run: async (given, shell) => (await import("./history.ts")).history(given, shell),
  }),
  command({
    name: "show",
    summary: "Tell what an archive holds",
    about:
      "Tells what package an archive is of, and which files it has: mode, bytes and SHA-256 of each, which are listed twice, and which the frameworks leave out.",
    parameters: showArchiveParameters,
    tooFew: "Name the archive.",
    tooMany: "One archive is looked at at a time.",
    exits: ["the archive was looked at", "it cannot be read, or has no such file"],
    run: async (given, shell) => (await import("./show.ts")).show(given, shell),
  }),
  command({
    name: "extract",
    summary: "Write the files of an archive into a folder, or make its source again",
    about:
      "Writes the files of an archive. With --as-source the spec comes with them, without contents and build data, and it is told whether building it gives the archive back byte for byte. Nothing is written outside the folder or through a link in it. The owner may read and change every file, and none runs as somebody else, whatever the package asks for. Of an archive that is cut off or not well-formed, the files that are whole are written, and it is told what was left out.",
    parameters: extractParameters,
    tooFew: "Name the archive.",
    tooMany: "One archive is extracted at a time.",
    exits: [
      "all files were written",
      "files were left out, are damaged or in the way, or something cannot be read or written",
    ],
    run: async (given, shell) => (await import("./extract.ts")).extract(given, shell),
  }),
  command({
    name: "diff",
    summary: "Tell how two packages differ, and why the bytes of two archives do",
    about:
      "Compares two packages by their elements, files, database sections and settings. Of two archives it tells the first byte that differs, and whether that comes from the build data, the order, the wrapping of Base64, line ends or a changed file. Where a spec is compared, what is written about the building does not count.",
    parameters: diffParameters,
    tooFew: "Name two packages.",
    tooMany: "Two packages are compared at a time.",
    exits: ["they are the same", "they differ; 2 also when one of them cannot be read"],
    run: async (given, shell) => (await import("./diff.ts")).diff(given, shell),
  }),
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
  sandboxGroup,
  systemGroup,
  command({
    name: "sql",
    summary: "Print the SQL that an operation runs",
    about:
      "Prints the statements that a framework makes of the database sections of a package, a spec or an archive. No package counts as merged, and none but this one as installed.",
    parameters: sqlParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is looked at at a time.",
    exits: ["the statements were printed", "the package cannot be read"],
    run: async (given, shell) => (await import("./sql.ts")).sql(given, shell),
  }),
  command({
    name: "diagram",
    summary: "Draw the tables of a package",
    about:
      "Draws the tables that a spec or an archive makes, with columns, keys and references, and those of others as far as it refers to them. What is new is marked where an older version is known, by Git or an archive.",
    parameters: diagramParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is drawn at a time.",
    exits: ["the diagram was drawn", "the package cannot be read, or the diagram cannot be written"],
    run: async (given, shell) => (await import("./diagram.ts")).diagram(given, shell),
  }),
  command({
    name: "index",
    summary: "Print the index of a folder of archives",
    about: "Prints the index of a repository: every .opm file in the folder and below.",
    parameters: indexParameters,
    tooFew: "There is no folder with archives to list.",
    tooMany: "One folder is listed at a time.",
    exits: ["the index was printed or is good", "it was not or is not"],
    run: async (given, shell) => (await import("./index-command.ts")).index(given, shell),
  }),
  command({
    name: "databases",
    summary: "List database servers, and tell which can be used",
    about:
      'Lists the servers of PostgreSQL, MariaDB and MySQL that a file of yours names; no sopm.json can name one. With --check each is asked for its version and for what its user may do. Nothing is made there. The file has an object for each name, with kind (postgresql or mysql), host and port or socket, user, tls (verified, unverified or off) and secret: { "environment": NAME } or { "file": PATH }.',
    parameters: databasesParameters,
    tooMany: "Name one database only.",
    exits: ["the databases were listed, or all can be used", "one of them cannot be used"],
    run: async (given, shell) => (await import("./databases.ts")).databases(given, shell),
  }),
  command({
    name: "serve",
    summary: "Serve a folder of archives as a repository",
    about:
      "Serves the archives of a folder as a repository, with an index that is kept current, to frameworks on this computer and nobody else, until it is ended. It tells how to enter it in their configuration.",
    parameters: serveParameters,
    tooFew: "There is no folder with archives to serve.",
    tooMany: "One folder is served at a time.",
    exits: ["it was ended", "it could not begin"],
    run: async (given, shell) => (await import("./serve.ts")).serve(given, shell),
  }),
  command({
    name: "config",
    summary: "Tell which settings hold, and which sopm.json says so",
    about:
      "Tells what the configurations beside a file and above it come to. The options of other commands come before them; the settings of an editor hold in the editor alone.",
    parameters: configParameters,
    tooMany: "Name one file or folder only.",
    exits: ["the settings were printed", "a configuration has an error, which is told"],
    run: async (given, shell) => (await import("./config.ts")).config(given, shell),
  }),
  command({
    name: "lsp",
    summary: "Run the language server for an editor",
    about: "Speaks the Language Server Protocol over standard input and output.",
    parameters: lspParameters,
    tooMany: "The language server is told about files by its client; leave out “{word}”.",
    exits: ["the client said goodbye", "the connection was lost"],
    run: async (_given, shell) => shell.serve(),
  }),
  command({
    name: "completion",
    summary: "Print a script that lets a shell complete commands",
    about:
      "Prints what a shell needs to complete commands, options and their values. For bash: source <(sopm completion bash) in .bashrc. For zsh: sopm completion zsh into a file _sopm in a folder of fpath. For fish: sopm completion fish into ~/.config/fish/completions/sopm.fish.",
    parameters: completionParameters,
    tooFew: "Name the shell: bash, zsh or fish.",
    exits: ["the script was printed", "it cannot be printed"],
    run: async (given, shell) => (await import("./completion.ts")).completion(given, shell),
  }),
];
