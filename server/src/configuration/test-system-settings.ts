import type { Paths } from "../host/paths.ts";
import type { SharedFolder, TestSystem, Transfer } from "../host/test-system.ts";
import { databaseKinds } from "../protocol/databases.ts";
import { isPlainWord } from "../text/plain-word.ts";
import { type NamedFault, readNamed, recordOf, Unusable } from "./named-settings.ts";

/** The test systems that somebody has named, and what was wrong with the others. */
export interface NamedTestSystems {
  readonly systems: readonly TestSystem[];
  readonly faults: readonly NamedFault[];
}

/** Why what is said of a system cannot be used. Each has {name} and {key}. */
const faultTexts = {
  name: "“{name}” is no name for a test system: letters, digits, dots, dashes and underscores can be in one, and a letter or a digit is its first character.",
  object: "The test system “{name}” must be an object in braces.",
  text: "“{key}” of the test system “{name}” must be a text in quotes that is not empty.",
  words:
    "“{key}” of the test system “{name}” must be a list of words in brackets, each a text in quotes without control characters. No shell takes it apart.",
  program:
    "“{key}” of the test system “{name}” begins with “{value}”, which looks like an option. The first word is the program.",
  there:
    "“{key}” of the test system “{name}” must be an absolute path there, of letters, digits and the characters . _ / : @ % + = , # and -. Others might mean something to a shell on the way.",
  path: "“{key}” of the test system “{name}” must be an absolute path.",
  placeholders:
    "“copy” of the test system “{name}” needs the words {from} and {to}, which the paths of the archive take the place of.",
  transfer:
    "The test system “{name}” does not say how an archive gets there. Add “copy”, the words of a command, or “shared”, a folder that both see.",
  transfers: "The test system “{name}” has “copy” and “shared”. One of them says how an archive gets there.",
  shared:
    "“{key}” of the test system “{name}” must have “here” and “there”, the paths of one folder on both sides.",
  list: "“{key}” of the test system “{name}” must be a list in brackets.",
  choice: "“{key}” of the test system “{name}” must be one of: {choices}.",
  unknown: "The test system “{name}” has “{key}”, which means nothing. What it can have: {choices}.",
} as const;

/** All that can be said of a system. */
export const testSystemKeys = [
  "command",
  "home",
  "copy",
  "folder",
  "shared",
  "mounts",
  "product",
  "database",
  "tables",
] as const;

type Key = (typeof testSystemKeys)[number];

/** Reads the setting sopm.testSystems, or a file that has the same. Anything unusable is told and left out. */
export function readTestSystems(value: unknown, paths: Paths): NamedTestSystems {
  const { usable, faults } = readNamed(value, (name, said) => readTestSystem(name, said, paths));
  return { systems: usable, faults };
}

function readTestSystem(name: string, value: unknown, paths: Paths): TestSystem {
  const fail = (
    fault: keyof typeof faultTexts,
    key = "",
    more: Readonly<Record<string, string>> = {},
  ): never => {
    const values = { name, key, from: "{from}", to: "{to}", ...more };
    throw new Unusable({ text: faultTexts[fault], values });
  };
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) return fail("name");
  const said = recordOf(value) ?? fail("object");
  const known: readonly string[] = testSystemKeys;
  const unknown = Object.keys(said).find((key) => !known.includes(key));
  if (unknown !== undefined) return fail("unknown", unknown, { choices: known.join(", ") });
  const command = wordsOf("command", true) ?? [];
  return {
    ...{ name, command },
    home: thereOf("home", said.home),
    transfer: transferOf(command),
    mounts: mountsOf(said.mounts),
    product: said.product === undefined ? undefined : textOf("product"),
    database:
      said.database === undefined
        ? undefined
        : (databaseKinds.find((kind) => kind === said.database) ??
          fail("choice", "database", { choices: databaseKinds.join(", ") })),
    tables: wordsOf("tables", false),
  };

  function textOf(key: Key): string {
    const text = said[key];
    return typeof text === "string" && text !== "" ? text : fail("text", key);
  }

  /** Undefined where nothing is said. */
  function wordsOf(key: Key, mayBeEmpty: boolean): readonly string[] | undefined {
    const words = said[key];
    if (words === undefined) return undefined;
    if (!Array.isArray(words) || !words.every(isWord)) return fail("words", key);
    const [program] = words as readonly string[];
    if (program === undefined) return mayBeEmpty ? [] : fail("words", key);
    return program.startsWith("-") ? fail("program", key, { value: program }) : words;
  }

  function thereOf(key: string, path: unknown): string {
    return typeof path === "string" && path.startsWith("/") && isPlainWord(path)
      ? path.replace(/(?<=.)\/+$/, "")
      : fail("there", key);
  }

  function mountsOf(mounts: unknown): readonly SharedFolder[] {
    if (mounts === undefined) return [];
    if (!Array.isArray(mounts)) return fail("list", "mounts");
    return mounts.map((each, index) => sharedOf(`mounts[${index}]`, each));
  }

  function sharedOf(key: string, value: unknown): SharedFolder {
    const { here, there } = recordOf(value) ?? fail("shared", key);
    if (here === undefined || there === undefined) return fail("shared", key);
    if (typeof here !== "string" || !paths.isAbsolute(here)) return fail("path", `${key}.here`);
    return { here, there: thereOf(`${key}.there`, there) };
  }

  function transferOf(prefix: readonly string[]): Transfer {
    if (said.copy !== undefined && said.shared !== undefined) return fail("transfers");
    const words = wordsOf("copy", false);
    if (words) {
      const has = (placeholder: string) => words.slice(1).some((word) => word.includes(placeholder));
      if (!has("{from}") || !has("{to}")) return fail("placeholders");
      return { kind: "copy", words, folder: thereOf("folder", said.folder ?? "/tmp") };
    }
    if (said.shared !== undefined) return { kind: "shared", ...sharedOf("shared", said.shared) };
    return prefix.length === 0 ? { kind: "none" } : fail("transfer");
  }
}

function isWord(word: unknown): word is string {
  return typeof word === "string" && word !== "" && !/[\u0000-\u001f\u007f]/.test(word);
}
