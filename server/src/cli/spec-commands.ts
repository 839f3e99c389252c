import { attributeLayouts, indentations, quoteStyles } from "../features/format/format-settings.ts";
import { packageParts } from "../protocol/new-package.ts";
import { profiles } from "../rules/profiles.ts";
import { type Command, command, type Parameters } from "./command.ts";
import {
  baseParameters,
  dialectParameters,
  findingsFormats,
  formatParameters,
  inputParameters,
  knownPackagesParameters,
  simulationParameters,
  specParameters,
  versionParameters,
} from "./common-parameters.ts";

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
  ...inputParameters,
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
  ...inputParameters,
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

export const explainParameters = {
  rule: { operand: "one", kind: "rule", placeholder: "RULE", text: "Its name, with which findings end" },
  ...formatParameters,
} as const satisfies Parameters;

/** Commands for whoever writes a spec. */
export const metadataParameters = {
  ...specParameters,
  output: {
    kind: "file",
    endings: ["json"],
    placeholder: "FILE",
    text: "Write the metadata to a file",
    otherwise: "standard output",
  },
} as const satisfies Parameters;

export const specCommands: readonly Command[] = [
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
    name: "metadata",
    summary: "Make the JSON of which “opmbuild sopm” makes a spec",
    about:
      "Prints the metadata of a package as opmbuild reads them. What they cannot say is told: a spec is made of them again, and compared with this one. “sopm init --from-json” is the way back.",
    parameters: metadataParameters,
    tooFew: "Name a spec.",
    tooMany: "One spec is read at a time.",
    exits: ["the metadata say all of the spec", "they do not, or the spec cannot be read"],
    run: async (given, shell) => (await import("./metadata.ts")).metadata(given, shell),
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
];
