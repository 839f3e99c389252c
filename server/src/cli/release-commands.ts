import { buildModes } from "../builder/build-mode.ts";
import { type Command, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  dialectParameters,
  forcedBuildParameters,
  formatParameters,
  knownPackagesParameters,
  outputFolderParameters,
  simulationParameters,
  specParameters,
  symlinkParameters,
  versionParameters,
} from "./common-parameters.ts";

export const buildParameters = {
  ...specParameters,
  ...outputFolderParameters,
  ...baseParameters,
  mode: {
    kind: "choice",
    choices: buildModes,
    default: "framework",
    setting: "build.mode",
    text: "Whose bytes to write",
  },
  ...dialectParameters,
  ...versionParameters,
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
  ...forcedBuildParameters,
} as const satisfies Parameters;

export const releaseParameters = {
  ...specParameters,
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
  output: { ...outputFolderParameters.output, text: "Folder for the archive and what comes with it" },
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
  ...specParameters,
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

/** Commands that make archives, and tell which there were. */
export const releaseCommands: readonly Command[] = [
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
];
