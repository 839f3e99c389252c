import { operations } from "../lifecycle/operation.ts";
import { type Command, type CommandGroup, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  databaseParameters,
  formatParameters,
  operationParameters,
  reportParameters,
  sandboxParameters,
  symlinkParameters,
  versionParameters,
  writeParameters,
} from "./common-parameters.ts";

const archives = {
  operand: "any",
  kind: "file",
  endings: ["opm"],
  placeholder: "ARCHIVE",
} as const;

const repository = { kind: "folder", placeholder: "REPOSITORY", repeatable: true } as const;

/** Where packages come from, beside the repositories of the sandbox. */
export const repositoryParameters = {
  repository: {
    ...repository,
    text: "A folder or an address (https://…) with archives and their index, beside those of the sandbox",
  },
  root: {
    kind: "file",
    endings: ["xml"],
    placeholder: "DOCUMENT",
    repeatable: true,
    text: "A document that lists more repositories, as Package::RepositoryRoot names one: a file or an address; the first that can be read counts",
  },
  list: {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "More repositories: the value of Package::RepositoryList as JSON, in either form",
  },
  headers: {
    kind: "file",
    placeholder: "FILE",
    text: "What servers want to see, a line for each: ADDRESS NAME: VALUE",
    otherwise: "the environment variable SOPM_REPOSITORY_HEADERS",
  },
} as const satisfies Parameters;

export const createParameters = {
  folder: { operand: "one", kind: "folder", placeholder: "FOLDER", text: "Where to make it" },
  packages: {
    ...archives,
    endings: ["opm", "sopm"],
    text: "What to install in it",
  },
  product: { kind: "text", placeholder: '"Znuny 7.1.3"', text: "As the product is delivered" },
  framework: {
    kind: "folder",
    placeholder: "DIR",
    text: "As the home of a framework says; it is only read",
  },
  from: {
    kind: "folder",
    placeholder: "FOLDER",
    text: "As another sandbox is now; a database on a server is not copied",
  },
  ...databaseParameters,
  "database-server": {
    kind: "text",
    placeholder: "NAME",
    text: "A server of the file with databases: it gets a database for the sandbox, in which statements are executed",
  },
  name: { kind: "text", placeholder: "NAME", text: "What it is called" },
  vendor: { kind: "text", placeholder: "NAME", text: "Whose it is" },
  module: {
    kind: "text",
    placeholder: "NAME=VERSION",
    repeatable: true,
    text: "A Perl module that is there",
    otherwise: "all are",
  },
  repository: { ...repository, text: "A folder or an address (https://…) with archives and their index" },
  ...writeParameters,
} as const satisfies Parameters;

export const listParameters = {
  folder: {
    operand: "optional",
    kind: "folder",
    placeholder: "FOLDER",
    text: "Where to look",
    otherwise: "the present one",
  },
  ...formatParameters,
} as const satisfies Parameters;

export const showParameters = { ...sandboxParameters, ...formatParameters } as const satisfies Parameters;

export const sandboxOperationParameters = {
  ...sandboxParameters,
  package: {
    operand: "one",
    kind: "file",
    endings: ["sopm", "opm"],
    placeholder: "PACKAGE",
    text: "A spec, an archive or the name of what is installed; install and upgrade take a name from the repositories",
  },
  ...repositoryParameters,
  ...versionParameters,
  ...operationParameters,
  ...reportParameters,
  ...baseParameters,
  ...symlinkParameters,
  ...writeParameters,
} as const satisfies Parameters;

export const upgradeAllParameters = {
  ...sandboxParameters,
  ...repositoryParameters,
  force: { kind: "flag", text: "As if Force were given" },
  "dry-run": { kind: "flag", text: "Tell what would be done, and change nothing" },
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const upgradeAllStatusParameters = {
  ...sandboxParameters,
  forget: { kind: "flag", text: "First delete what is remembered, as PackageUpgradeAllDataDelete does" },
  ...formatParameters,
} as const satisfies Parameters;

export const checkParameters = {
  ...sandboxParameters,
  names: { operand: "any", kind: "text", placeholder: "NAME", text: "Packages; all without" },
  ...formatParameters,
} as const satisfies Parameters;

export const verifyParameters = showParameters;

export const repairParameters = {
  ...sandboxParameters,
  archives: { ...archives, text: "Where to take archives from that are lost" },
  unlock: {
    kind: "flag",
    text: "Also set aside locks that cannot be read or are of other computers; only when nobody works on the sandbox",
  },
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const exportParameters = {
  ...sandboxParameters,
  name: { operand: "one", kind: "text", placeholder: "NAME", text: "A package of the sandbox" },
  output: {
    kind: "folder",
    placeholder: "DIR",
    text: "Folder for the archive",
    otherwise: "the present one",
  },
} as const satisfies Parameters;

export const undoParameters = {
  ...sandboxParameters,
  to: { kind: "text", placeholder: "NUMBER", text: "All behind this one, as “show” counts them" },
  ...writeParameters,
} as const satisfies Parameters;

export const dropParameters = {
  ...sandboxParameters,
  "leave-databases": {
    kind: "flag",
    text: "Do not ask the server that has its database, and leave there what is there",
  },
  ...writeParameters,
} as const satisfies Parameters;

export const resetParameters = { ...sandboxParameters, ...writeParameters } as const satisfies Parameters;

const packageOperand = {
  operand: "one",
  kind: "file",
  endings: ["opm", "sopm"],
  placeholder: "PACKAGE",
  text: "A spec, an archive or the name of what is in the package table",
} as const;

const nameOperand = {
  operand: "one",
  kind: "text",
  placeholder: "NAME",
  text: "Name of the package",
} as const;

export const packagesParameters = {
  ...sandboxParameters,
  short: { kind: "flag", text: "Only name, version, status and the checksum of the archive" },
  deployment: { kind: "flag", text: "Compare the files of each with those that are there" },
  filter: {
    kind: "text",
    placeholder: "PATTERN",
    text: "Only those whose name and version match a regular expression",
  },
  ...formatParameters,
} as const satisfies Parameters;

export const getParameters = {
  ...sandboxParameters,
  name: nameOperand,
  version: { operand: "one", kind: "version", placeholder: "VERSION", text: "Its version" },
  output: {
    kind: "file",
    endings: ["opm"],
    placeholder: "FILE",
    text: "Write the archive there, byte by byte. A printed one shows characters that cannot be seen as escapes",
  },
} as const satisfies Parameters;

export const filesParameters = showParameters;

export const searchParameters = {
  ...sandboxParameters,
  text: { operand: "one", kind: "text", placeholder: "TEXT", text: "What the location of a file contains" },
  ...formatParameters,
} as const satisfies Parameters;

export const md5Parameters = {
  ...sandboxParameters,
  package: packageOperand,
  ...formatParameters,
} as const satisfies Parameters;

export const requirementsParameters = md5Parameters;

export const isInstalledParameters = {
  ...sandboxParameters,
  package: { ...packageOperand, text: "A spec, an archive or a name" },
  ...formatParameters,
} as const satisfies Parameters;

export const checkVersionParameters = {
  ...sandboxParameters,
  installed: { operand: "one", kind: "version", placeholder: "INSTALLED", text: "The version that is there" },
  version: { operand: "one", kind: "version", placeholder: "VERSION", text: "The version that is asked for" },
  ...formatParameters,
} as const satisfies Parameters;

export const addParameters = {
  ...sandboxParameters,
  package: { ...packageOperand, text: "A spec or an archive" },
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const removeParameters = {
  ...sandboxParameters,
  name: nameOperand,
  version: {
    operand: "optional",
    kind: "version",
    placeholder: "VERSION",
    text: "Its version",
    otherwise: "all of them",
  },
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const offersParameters = {
  ...sandboxParameters,
  ...repositoryParameters,
  all: { kind: "flag", text: "Also what is installed in this version or a newer one" },
  hidden: { kind: "flag", text: "Also what the framework leaves out, with the reason" },
  ...formatParameters,
} as const satisfies Parameters;

export const repositoriesParameters = {
  ...sandboxParameters,
  ...repositoryParameters,
  add: { ...repository, text: "Have the sandbox know a repository from now on: a folder or an address" },
  "add-root": {
    kind: "file",
    endings: ["xml"],
    placeholder: "DOCUMENT",
    repeatable: true,
    text: "Have it know a document that lists more repositories",
  },
  vendor: { kind: "text", placeholder: "NAME", text: "Whose packages these have" },
  drop: { ...repository, text: "Have the sandbox no longer know a repository or a document" },
  ...formatParameters,
} as const satisfies Parameters;

export const fetchParameters = {
  ...sandboxParameters,
  source: {
    operand: "one",
    kind: "text",
    placeholder: "REPOSITORY",
    text: "Its name from Znuny 6.3 on, its place elsewhere, as “offers” tells it",
  },
  file: {
    operand: "one",
    kind: "text",
    placeholder: "NAME",
    text: "Name of the file, or of the package from Znuny 6.3 on",
  },
  output: {
    operand: "one",
    kind: "file",
    endings: ["opm"],
    placeholder: "FILE",
    text: "Where to write the archive",
  },
  ...repositoryParameters,
} as const satisfies Parameters;

export const orderParameters = {
  ...sandboxParameters,
  ...repositoryParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const installRequiredParameters = {
  ...sandboxParameters,
  name: { ...nameOperand, text: "Name of the package, as the index has it" },
  ...repositoryParameters,
  force: { kind: "flag", text: "As if Force were given" },
  "dry-run": { kind: "flag", text: "Tell what would be done, and change nothing" },
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const installDefaultsParameters = {
  ...sandboxParameters,
  ...writeParameters,
  ...formatParameters,
} as const satisfies Parameters;

export const exportFilesParameters = {
  ...sandboxParameters,
  name: { ...nameOperand, text: "A package of the sandbox" },
  output: { operand: "one", kind: "folder", placeholder: "DIR", text: "Folder for the files" },
  ...formatParameters,
} as const satisfies Parameters;

export const consoleParameters = {
  ...sandboxParameters,
  operation: { operand: "one", kind: "choice", choices: operations, text: "" },
  location: {
    operand: "one",
    kind: "file",
    endings: ["opm"],
    placeholder: "LOCATION",
    text: "As the console command takes it: an archive, REPOSITORY:NAME, NAME or NAME-VERSION",
  },
  ...repositoryParameters,
  force: { kind: "flag", text: "As if Force were given" },
  ...writeParameters,
} as const satisfies Parameters;

/** What most commands say of their operands and exit codes. */
const oneSandbox = {
  tooFew: "Name one folder with a sandbox.",
  exits: ["done", "refused, failed or not as it should be"],
} as const;

const operationAbouts: Readonly<Record<(typeof operations)[number], string>> = {
  install:
    "Installs a package in a sandbox, and reports it step by step. One that is named is taken from the repositories, after all that it requires and the system does not have.",
  upgrade:
    "Upgrades a package in a sandbox, and reports it step by step. One that is named is taken from the repositories, after all that it requires and the system does not have.",
  reinstall: "Reinstalls a package in a sandbox, and reports it step by step.",
  uninstall: "Uninstalls a package in a sandbox, and reports it step by step.",
};

const operationSummaries: Readonly<Record<(typeof operations)[number], string>> = {
  install: "Install a package and report it",
  upgrade: "Upgrade a package and report it",
  reinstall: "Reinstall a package and report it",
  uninstall: "Uninstall a package and report it",
};

const commands: readonly Command[] = [
  command({
    ...oneSandbox,
    name: "create",
    summary: "Make a sandbox, and install archives",
    about:
      "Makes a sandbox out of a folder. One of --product, --framework and --from says what it stands for.",
    parameters: createParameters,
    tooFew: "There is no folder to make a sandbox in.",
    run: async (given, shell) => (await import("./sandbox-create.ts")).sandboxCreate(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "list",
    summary: "Tell the sandboxes in a folder",
    about: "Tells the sandboxes that lie in a folder.",
    parameters: listParameters,
    tooMany: "One folder is looked at at a time.",
    run: async (given, shell) => (await import("./sandbox-list.ts")).sandboxList(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "show",
    summary: "Tell what it stands for, its packages and its past",
    about: "Tells what a sandbox stands for, its packages, and what was done to it.",
    parameters: showParameters,
    run: async (given, shell) => (await import("./sandbox-show.ts")).sandboxShow(given, shell),
  }),
  ...operations.map((operation) =>
    command({
      ...oneSandbox,
      name: operation,
      summary: operationSummaries[operation],
      about: operationAbouts[operation],
      parameters: sandboxOperationParameters,
      tooFew: "Name the folder of a sandbox and one package: a spec, an archive, or what is installed.",
      exits: [
        "it was done, no step failed and nothing was lost",
        "it was refused, a step failed or never runs, settings were lost, or something cannot be read",
      ],
      run: async (given, shell) =>
        (await import("./sandbox-operation.ts")).sandboxOperation(operation, given, shell),
    }),
  ),
  command({
    ...oneSandbox,
    name: "upgrade-all",
    summary: "Bring all packages up to date from the repositories",
    about: "Brings all packages up to date from the repositories, in the framework's order.",
    parameters: upgradeAllParameters,
    run: async (given, shell) => (await import("./sandbox-upgrade-all.ts")).sandboxUpgradeAll(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "upgrade-all-status",
    summary: "Tell how upgrading all packages went",
    about:
      "Tells whether all packages are being upgraded, and how that ended the last time, as PackageUpgradeAllIsRunning does.",
    parameters: upgradeAllStatusParameters,
    run: async (given, shell) =>
      (await import("./sandbox-upgrade-all.ts")).sandboxUpgradeAllStatus(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "check",
    summary: "Compare files with those of the packages",
    about: "Compares the files of installed packages with those that are there.",
    parameters: checkParameters,
    run: async (given, shell) => (await import("./sandbox-check.ts")).sandboxCheck(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "packages",
    summary: "List the package table",
    about:
      "Lists every package of the package table that is not hidden, installed or not, as Admin::Package::List does; --short as RepositoryList does.",
    parameters: packagesParameters,
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxPackages(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "get",
    summary: "Print the archive of a name and version",
    about:
      "Prints the archive that the package table has of exactly one name and version, as RepositoryGet gives it.",
    parameters: getParameters,
    tooFew: "Name the folder of a sandbox, a package and its version.",
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxGet(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "add",
    summary: "Register a package without installing it",
    about:
      "Puts a package into the package table without installing it, in place of a row of the same name and version, as RepositoryAdd does.",
    parameters: addParameters,
    tooFew: "Name the folder of a sandbox and one package.",
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxAdd(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "remove",
    summary: "Take a package out of the package table",
    about:
      "Takes a package out of the package table and leaves its files, tables and settings, as RepositoryRemove does.",
    parameters: removeParameters,
    tooFew: "Name the folder of a sandbox and one package.",
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxRemove(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "is-installed",
    summary: "Tell whether a package is installed",
    about: "Tells whether a package of this name is installed in any version, as PackageIsInstalled does.",
    parameters: isInstalledParameters,
    tooFew: "Name the folder of a sandbox and one package.",
    exits: ["it is installed", "it is not"],
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxIsInstalled(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "files",
    summary: "List the files of all packages",
    about: "Lists every file of every package with its package.",
    parameters: filesParameters,
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxFiles(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "search",
    summary: "Find files of packages",
    about: "Finds the files of packages whose location contains a text, as Admin::Package::FileSearch does.",
    parameters: searchParameters,
    tooFew: "Name the folder of a sandbox and a part of a location.",
    exits: ["files were found", "none was"],
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxSearch(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "md5",
    summary: "Print the checksums of the files in a package",
    about: "Prints the MD5 sums of the files in a package by location, as PackageFileGetMD5Sum does.",
    parameters: md5Parameters,
    tooFew: "Name the folder of a sandbox and one package.",
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxMd5(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "requirements",
    summary: "Tell what a package requires, and what of it is there",
    about:
      "Tells which framework, packages and Perl modules a package requires and what of it is there, and which packages it would merge. This is more lenient than the checks of an install.",
    parameters: requirementsParameters,
    tooFew: "Name the folder of a sandbox and one package.",
    exits: ["all is there", "something is missing"],
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxRequirements(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "check-version",
    summary: "Compare two versions as the package manager does",
    about:
      "Tells whether an installed version is at least another one, as the package manager of the system compares them.",
    parameters: checkVersionParameters,
    tooFew: "Name the folder of a sandbox and two versions.",
    exits: ["it is at least the other one", "it is older"],
    run: async (given, shell) => (await import("./sandbox-packages.ts")).sandboxCheckVersion(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "repositories",
    summary: "List the repositories of the system",
    about:
      "Lists the repositories in the order in which the framework goes through them, those of a root document included. What is added is known to the sandbox from then on.",
    parameters: repositoriesParameters,
    run: async (given, shell) =>
      (await import("./sandbox-repositories.ts")).sandboxRepositories(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "offers",
    summary: "List what the repositories offer",
    about:
      "Lists the packages that the repositories offer to the system: for its framework, the newest version of each.",
    parameters: offersParameters,
    run: async (given, shell) => (await import("./sandbox-repositories.ts")).sandboxOffers(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "fetch",
    summary: "Write an archive of a repository to a file",
    about:
      "Writes the archive that a repository has, by the name of its file; from Znuny 6.3 on also by the name of the package.",
    parameters: fetchParameters,
    tooFew: "Name the folder of a sandbox, a repository, a package, and the file to write.",
    run: async (given, shell) => (await import("./sandbox-repositories.ts")).sandboxFetch(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "order",
    summary: "Tell in which order packages come up to date",
    about:
      "Tells in which order the installed packages would be brought up to date, the highest number first, and which cannot be, as PackageInstallOrderListGet does.",
    parameters: orderParameters,
    run: async (given, shell) => (await import("./sandbox-repositories.ts")).sandboxOrder(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "install-required",
    summary: "Install a package with what it requires",
    about:
      "Installs or upgrades a package by its name from the repositories, after all that it requires and the system does not have.",
    parameters: installRequiredParameters,
    tooFew: "Name the folder of a sandbox and one package.",
    run: async (given, shell) =>
      (await import("./sandbox-repositories.ts")).sandboxInstallRequired(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "install-defaults",
    summary: "Install the archives that come with the framework",
    about:
      "Installs every archive in var/packages of the system, as the web installer does last. What is refused is passed over.",
    parameters: installDefaultsParameters,
    run: async (given, shell) => (await import("./sandbox-defaults.ts")).sandboxInstallDefaults(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "export-files",
    summary: "Write the files of a package into a folder",
    about:
      "Writes all files of a package into a folder, as PackageExport does: what is there already is moved to .save.",
    parameters: exportFilesParameters,
    tooFew: "Name the folder of a sandbox, a package, and the folder for its files.",
    run: async (given, shell) => (await import("./sandbox-defaults.ts")).sandboxExportFiles(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "console",
    summary: "Run a console command of the framework",
    about:
      "Does and prints what Admin::Package::Install, Upgrade, Reinstall or Uninstall would with its location argument, intros included.",
    parameters: consoleParameters,
    tooFew: "Name the folder of a sandbox, an operation and a location.",
    run: async (given, shell) => (await import("./sandbox-console.ts")).sandboxConsole(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "verify",
    summary: "Look for damage; nothing is changed",
    about: "Looks for damage: states, archives, files, what an undo needs, locks. Nothing is changed.",
    parameters: verifyParameters,
    run: async (given, shell) => (await import("./sandbox-verify.ts")).sandboxVerify(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "repair",
    summary: "Make a damaged one usable again",
    about:
      "Makes a damaged sandbox usable again, and tells what it keeps, sets aside and what is lost. Archives that are lost are taken from those named.",
    parameters: repairParameters,
    run: async (given, shell) => (await import("./sandbox-verify.ts")).sandboxRepair(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "export",
    summary: "Write the archive of a package",
    about: "Writes the archive of a package that the sandbox has into a folder.",
    parameters: exportParameters,
    tooFew: "Name the folder of a sandbox and one package that it has.",
    run: async (given, shell) => (await import("./sandbox-export.ts")).sandboxExport(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "undo",
    summary: "Take the last operation back",
    about: "Takes operations back, the last one unless told otherwise.",
    parameters: undoParameters,
    run: async (given, shell) => (await import("./sandbox-past.ts")).sandboxUndo(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "reset",
    summary: "Take everything back since it was made",
    about: "Takes everything back that was done since the sandbox was made.",
    parameters: resetParameters,
    run: async (given, shell) => (await import("./sandbox-past.ts")).sandboxReset(given, shell),
  }),
  command({
    ...oneSandbox,
    name: "drop",
    summary: "Take a sandbox away, with its databases",
    about:
      "Takes a sandbox away: its folder with all that is in it, and its databases on a server where it has some.",
    parameters: dropParameters,
    run: async (given, shell) => (await import("./sandbox-drop.ts")).sandboxDrop(given, shell),
  }),
];

export const sandboxGroup: CommandGroup = {
  name: "sandbox",
  summary: "Make a system out of a folder, and work on it",
  about:
    "A sandbox is a folder that stands for one system: its files, its package table, its database and its settings.",
  exits: oneSandbox.exits,
  commands,
};
