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
} from "./common-parameters.ts";

const archives = {
  operand: "any",
  kind: "file",
  endings: ["opm"],
  placeholder: "ARCHIVE",
} as const;

const repository = { kind: "folder", placeholder: "DIR", repeatable: true } as const;

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
  from: { kind: "folder", placeholder: "FOLDER", text: "As another sandbox is now" },
  ...databaseParameters,
  name: { kind: "text", placeholder: "NAME", text: "What it is called" },
  vendor: { kind: "text", placeholder: "NAME", text: "Whose it is" },
  module: {
    kind: "text",
    placeholder: "NAME=VERSION",
    repeatable: true,
    text: "A Perl module that is there",
    otherwise: "all are",
  },
  repository: { ...repository, text: "A folder with archives and their index" },
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
    text: "A spec, an archive or the name of what is installed",
  },
  ...operationParameters,
  ...reportParameters,
  ...baseParameters,
  ...symlinkParameters,
} as const satisfies Parameters;

export const upgradeAllParameters = {
  ...sandboxParameters,
  repository: { ...repository, text: "A folder with archives and their index, beside those of the sandbox" },
  force: { kind: "flag", text: "As if Force were given" },
  "dry-run": { kind: "flag", text: "Tell what would be done, and change nothing" },
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
} as const satisfies Parameters;

export const resetParameters = sandboxParameters;

/** What most commands say of their operands and exit codes. */
const oneSandbox = {
  tooFew: "Name one folder with a sandbox.",
  exits: ["done", "refused, failed or not as it should be"],
} as const;

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
    run: async (given) => (await import("./sandbox-create.ts")).sandboxCreate(given),
  }),
  command({
    ...oneSandbox,
    name: "list",
    summary: "Tell the sandboxes in a folder",
    about: "Tells the sandboxes that lie in a folder.",
    parameters: listParameters,
    tooMany: "One folder is looked at at a time.",
    run: async (given) => (await import("./sandbox-list.ts")).sandboxList(given),
  }),
  command({
    ...oneSandbox,
    name: "show",
    summary: "Tell what it stands for, its packages and its past",
    about: "Tells what a sandbox stands for, its packages, and what was done to it.",
    parameters: showParameters,
    run: async (given) => (await import("./sandbox-show.ts")).sandboxShow(given),
  }),
  ...operations.map((operation) =>
    command({
      ...oneSandbox,
      name: operation,
      summary: operationSummaries[operation],
      about: "Performs an operation on a sandbox, and reports it step by step.",
      parameters: sandboxOperationParameters,
      tooFew: "Name the folder of a sandbox and one package: a spec, an archive, or what is installed.",
      exits: ["it was done and no step failed", "it was refused, a step failed or something cannot be read"],
      run: async (given) => (await import("./sandbox-operation.ts")).sandboxOperation(operation, given),
    }),
  ),
  command({
    ...oneSandbox,
    name: "upgrade-all",
    summary: "Bring all packages up to date from the repositories",
    about: "Brings all packages up to date from local repositories, in the framework's order.",
    parameters: upgradeAllParameters,
    run: async (given) => (await import("./sandbox-upgrade-all.ts")).sandboxUpgradeAll(given),
  }),
  command({
    ...oneSandbox,
    name: "check",
    summary: "Compare files with those of the packages",
    about: "Compares the files of installed packages with those that are there.",
    parameters: checkParameters,
    run: async (given) => (await import("./sandbox-check.ts")).sandboxCheck(given),
  }),
  command({
    ...oneSandbox,
    name: "verify",
    summary: "Look for damage; nothing is changed",
    about: "Looks for damage: states, archives, files, what an undo needs, locks. Nothing is changed.",
    parameters: verifyParameters,
    run: async (given) => (await import("./sandbox-verify.ts")).sandboxVerify(given),
  }),
  command({
    ...oneSandbox,
    name: "repair",
    summary: "Make a damaged one usable again",
    about:
      "Makes a damaged sandbox usable again, and tells what it keeps, sets aside and what is lost. Archives that are lost are taken from those named.",
    parameters: repairParameters,
    run: async (given) => (await import("./sandbox-verify.ts")).sandboxRepair(given),
  }),
  command({
    ...oneSandbox,
    name: "export",
    summary: "Write the archive of a package",
    about: "Writes the archive of a package that the sandbox has into a folder.",
    parameters: exportParameters,
    tooFew: "Name the folder of a sandbox and one package that it has.",
    run: async (given) => (await import("./sandbox-export.ts")).sandboxExport(given),
  }),
  command({
    ...oneSandbox,
    name: "undo",
    summary: "Take the last operation back",
    about: "Takes operations back, the last one unless told otherwise.",
    parameters: undoParameters,
    run: async (given) => (await import("./sandbox-past.ts")).sandboxUndo(given),
  }),
  command({
    ...oneSandbox,
    name: "reset",
    summary: "Take everything back since it was made",
    about: "Takes everything back that was done since the sandbox was made.",
    parameters: resetParameters,
    run: async (given) => (await import("./sandbox-past.ts")).sandboxReset(given),
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
