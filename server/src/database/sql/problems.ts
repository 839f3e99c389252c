import { reservedIn } from "../../model/reserved-words.ts";
import type { BrokenStatement } from "../schema-change.ts";
import type { SqlLanguage } from "./driver.ts";

/*
 * What is no SQL whatever there is in the database. Only what is certain counts: nobody quotes names, values without
 * quotes go into the statement as they are, and no database guesses.
 */

/** Why a text cannot be the name of anything; undefined when it can. */
export function nameProblem(name: string, language: SqlLanguage): BrokenStatement | undefined {
  // A package has few names and says them often.
  let known = knownNames.get(language.reserving);
  if (!known || known.size >= keptNames) {
    known = new Map();
    knownNames.set(language.reserving, known);
  }
  let problem = known.get(name);
  if (problem === undefined) {
    problem = findNameProblem(name, language) ?? "none";
    known.set(name, problem);
  }
  return problem === "none" ? undefined : problem;
}

const keptNames = 2000;
const knownNames = new Map<SqlLanguage["reserving"], Map<string, BrokenStatement | "none">>();

function findNameProblem(name: string, language: SqlLanguage): BrokenStatement | undefined {
  if (name.trim() === "") return { id: "name-missing" };
  if (language.quotedName.test(name)) return undefined;
  if (!/^[\w$#.\u0080-\uffff]+$/.test(name) || /^\d+$/.test(name)) return { id: "malformed-name", name };
  if (reservedIn(name).some((each) => language.reserving.includes(each)))
    return { id: "reserved-word", name };
  if (language.nameLimit !== undefined && [...name].length > language.nameLimit)
    return { id: "name-too-long", name, limit: language.nameLimit };
  return undefined;
}

/** The first problem among several names. */
export function firstNameProblem(
  names: readonly string[],
  language: SqlLanguage,
): BrokenStatement | undefined {
  for (const name of names) {
    const problem = nameProblem(name, language);
    if (problem) return problem;
  }
  return undefined;
}

/** @param type as it stands in the statement */
export function typeProblem(
  type: string,
  column: string,
  language: SqlLanguage,
): BrokenStatement | undefined {
  if (/\(\s*\)/.test(type)) return { id: "type-without-size", column, type };
  const [, word = "", rest = ""] = /^\s*([a-z_]\w*)(.*)$/is.exec(type) ?? [];
  const isKnown =
    language.knownTypes.has(word.toLowerCase()) &&
    /^[\w\s,().'-]*$/.test(rest) &&
    !language.foreignTypeWords?.test(rest);
  const [, sized = "", size] = /^(varchar2?|decimal) \((.*)\)$/is.exec(type) ?? [];
  const form = /^decimal$/i.test(sized) ? /^\s*\d+\s*(,\s*-?\d+\s*)?$/ : /^\s*\d+\s*$/;
  const isSized = size === undefined || form.test(size);
  return isKnown && isSized ? undefined : { id: "unknown-type", column, type };
}

/** Why a text without quotes is no value. */
export function rawValueProblem(
  text: string,
  column: string,
  language: SqlLanguage,
): BrokenStatement | undefined {
  const value = text.trim();
  if (value === "") return { id: "value-missing", column };
  const quoted = /^[bxn]?'(.*)'$/is.exec(value)?.[1];
  const isValue =
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) ||
    /^[\d\s.+*/()-]+$/.test(value) ||
    /^(null|true|false|default|current_(timestamp|date|time|user)|localtime(stamp)?|sysdate|systimestamp|user|unknown)$/i.test(
      value,
    ) ||
    /^[a-z_][\w.]*\s*\(.*\)/is.test(value) ||
    /^\(.*\)$/s.test(value) ||
    /^0x[\da-f]+$/i.test(value) ||
    (quoted !== undefined && language.unescape(quoted) !== undefined);
  return isValue ? undefined : { id: "malformed-value", column, value: text };
}
