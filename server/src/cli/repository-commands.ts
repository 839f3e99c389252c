import { buildModes } from "../builder/build-mode.ts";
import { type Command, command, type Parameters } from "./command.ts";
import { dialectParameters, siblingParameters } from "./common-parameters.ts";

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

/** Commands for a repository that is a folder. */
export const repositoryCommands: readonly Command[] = [
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
];
