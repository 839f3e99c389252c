import { type ParseArgsConfig, parseArgs } from "node:util";
import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import { chooseLanguage } from "../host/node/language.ts";
import { type Profile, profiles, type Severity, severities } from "../rules/rule.ts";
import { UsageError } from "./usage-error.ts";

type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** The options every command takes. */
const commonOptions = { language: { type: "string" } } as const;

/** Reads the words behind a command. @throws UsageError for an unknown option or one without its value */
export function readOptions<const T extends OptionTable>(words: string[], options: T) {
  try {
    const read = parseArgs({
      args: words,
      options: { ...commonOptions, ...options },
      allowPositionals: true,
    });
    const { language } = read.values as { language?: string };
    if (language !== undefined) chooseLanguage(oneOf("--language", language, ["en", "de"]));
    return read;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Node's own message names the option; its second sentence is about programs that take options as file names.
    throw new UsageError("{reason}.", {
      reason: (error as Error).message.split(". ")[0]!.replace(/\.$/, ""),
    });
  }
}

/** A value that must be one of a few. @throws UsageError when it is not */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError("“{value}” is no value for {option}; it takes {allowed}.", {
    value,
    option,
    allowed: allowed.join(", "),
  });
}

export function readDialect(value: string | undefined): DialectId | "auto" {
  return value === undefined ? "auto" : oneOf("--dialect", value, ["auto", ...dialectIds]);
}

export function readProfile(value: string | undefined): Profile {
  return value === undefined ? "framework" : oneOf("--profile", value, profiles);
}

/** Reads `ID=SEVERITY`. @throws UsageError for a rule that does not exist */
export function readRules(
  values: readonly string[] | undefined,
  known: ReadonlySet<string>,
): Record<string, Severity | "off"> {
  const configured: Record<string, Severity | "off"> = {};
  for (const value of values ?? []) {
    const [id = "", severity = ""] = value.split("=");
    if (!known.has(id)) throw new UsageError("There is no rule “{id}”.", { id });
    configured[id] = oneOf("--rule", severity, [...severities, "off"]);
  }
  return configured;
}
