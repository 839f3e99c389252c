import { archiveCommands } from "./archive-commands.ts";
import { type Command, type CommandGroup, command, type Parameters } from "./command.ts";
import { formatParameters } from "./common-parameters.ts";
import { databaseCommands } from "./database-commands.ts";
import { releaseCommands } from "./release-commands.ts";
import { repositoryCommands } from "./repository-commands.ts";
import { sandboxGroup } from "./sandbox-commands.ts";
import { shells } from "./shells.ts";
import { specCommands } from "./spec-commands.ts";
import { systemGroup } from "./system-commands.ts";
import { trialCommands } from "./trial-commands.ts";

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

const lspParameters = {
  stdio: { kind: "flag", text: "Over standard input and output, which it is anyway" },
  // What client libraries add to any server they start.
  clientProcessId: { kind: "text", placeholder: "NUMBER", text: "", hidden: true },
} as const satisfies Parameters;

export const completionParameters = {
  shell: { operand: "one", kind: "choice", choices: shells, text: "" },
} as const satisfies Parameters;

/** All that can be typed behind `sopm`, in the order of help. Each command is loaded when it is called. */
export const commands: readonly (Command | CommandGroup)[] = [
  ...specCommands,
  ...releaseCommands,
  ...archiveCommands,
  ...trialCommands,
  sandboxGroup,
  systemGroup,
  ...databaseCommands,
  ...repositoryCommands,
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
