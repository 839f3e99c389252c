import { closest } from "../text/similar.ts";
import { type Command, type Parameter, type Parameters, rowsOf } from "./command.ts";
import { languageParameters } from "./common-parameters.ts";
import { oneOf } from "./one-of.ts";
import { UsageError } from "./usage-error.ts";

type Typed = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Reads the words behind a command by its rows.
 *
 * @returns what was typed, by the names of the rows
 * @throws UsageError when they do not fit the rows
 */
export function readWords(
  { parameters, tooFew, tooMany = tooFew }: Command,
  words: readonly string[],
): Typed {
  const options: Parameters = {
    ...languageParameters,
    ...Object.fromEntries(Object.entries(parameters).filter(([, row]) => row.operand === undefined)),
  };
  const { values, positionals } = parse(words, options);
  const given: Record<string, Typed[string]> = {};
  for (const [name, row] of Object.entries(options)) {
    given[name] = optionValue(`--${name}`, row, values[name] as Typed[string]);
  }
  if (positionals.includes("")) {
    throw new UsageError("One of the words is empty where a path or a name should be.");
  }
  const left = [...positionals];
  for (const [name, row] of rowsOf(parameters, "operands")) {
    if (row.insteadOf !== undefined && given[row.insteadOf] !== undefined) continue;
    const isList = row.operand === "many" || row.operand === "any";
    const taken = left.splice(0, isList ? left.length : 1);
    const isNeeded = row.operand === "one" || row.operand === "many";
    if (isNeeded && taken.length === 0) throw new UsageError(tooFew!);
    for (const word of taken) if (row.choices) oneOf(name.toUpperCase(), word, row.choices);
    given[name] = isList ? taken : taken[0];
  }
  if (left.length > 0) throw new UsageError(tooMany!, { word: left[0]! });
  return given;
}

/** @throws UsageError for an option that is none, has no value where it needs one, or has one where it takes none */
function parse(words: readonly string[], rows: Parameters) {
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === "--") return { values, positionals: [...positionals, ...left] };
    if (!isOption(word)) {
      positionals.push(word);
      continue;
    }
    const [, option = word, name = "", inline] = /^(--([^=]*))(?:=(.*))?$/s.exec(word) ?? [];
    const row = Object.hasOwn(rows, name) ? rows[name]! : undefined;
    if (!row) throw noOption(word.startsWith("--") ? option : word.slice(0, 2), Object.keys(rows));
    if (row.kind === "flag") {
      if (inline !== undefined) throw new UsageError("{option} takes no value.", { option });
      values[name] = true;
      continue;
    }
    const value = inline ?? left.shift();
    if (value === undefined || (inline === undefined && isOption(value))) {
      throw new UsageError(
        "{option} needs a value; add --help to see which. One that starts with “-” is written {option}=-….",
        { option },
      );
    }
    values[name] = row.repeatable ? [...((values[name] as string[] | undefined) ?? []), value] : value;
  }
  return { values, positionals };
}

/** A dash alone is a word like any other. */
function isOption(word: string): boolean {
  return word.length > 1 && word.startsWith("-");
}

function noOption(option: string, names: readonly string[]): UsageError {
  const near = closest(option.replace(/^-+/, ""), names);
  return near === undefined
    ? new UsageError(
        "There is no option {option} for this command; add --help to see what there is. A path that starts with “-” goes behind “--”.",
        { option },
      )
    : new UsageError(
        "There is no option {option} for this command. Did you mean --{near}? Add --help to see what there is.",
        { option, near },
      );
}

/** @throws UsageError when it is none of the choices, or an empty path */
function optionValue(option: string, row: Parameter, value: Typed[string]): Typed[string] {
  if (row.kind === "flag") return value ?? false;
  const list = [value ?? []].flat() as string[];
  for (const each of list) {
    // It would be the current folder, which whoever forgot to set a variable does not mean.
    if (each === "" && (row.kind === "file" || row.kind === "folder")) {
      throw new UsageError("The value of {option} is empty; it takes a path.", { option });
    }
    if (row.choices) oneOf(option, each, row.choices);
  }
  if (row.repeatable) return list;
  return row.setting === undefined ? (value ?? row.default) : value;
}
