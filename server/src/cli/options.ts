import { access, constants, stat } from "node:fs/promises";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import { chooseLanguage } from "../host/node/language.ts";
import { systemReason } from "../host/node/system-reason.ts";
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
    refuseEmptyPaths(read);
    return read;
  } catch (error) {
    throw error instanceof UsageError ? error : complaintAbout(error as NodeJS.ErrnoException);
  }
}

/** Options whose value is a path. */
const pathOptions = ["output", "base", "from", "sandbox", "framework", "repository"];

/** An empty path would be the current folder, which whoever forgot to set a variable does not mean. @throws UsageError */
function refuseEmptyPaths({
  values,
  positionals,
}: {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}): void {
  for (const name of pathOptions) {
    if ([values[name]].flat().includes("")) {
      throw new UsageError("The value of {option} is empty; it takes a path.", { option: `--${name}` });
    }
  }
  if (positionals.includes(""))
    throw new UsageError("One of the words is empty where a path or a name should be.");
}

/** Node names the option in its message, which is English and goes on about programs unlike this one. */
function complaintAbout({ code, message }: NodeJS.ErrnoException): UsageError {
  const option = /'(--?[^'\s]+)/.exec(message)?.[1] ?? "";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    return new UsageError(
      "There is no option {option} for this command; add --help to see what there is. A path that starts with “-” goes behind “--”.",
      { option },
    );
  }
  return message.includes("does not take an argument")
    ? new UsageError("{option} takes no value.", { option })
    : new UsageError(
        "{option} needs a value; add --help to see which. One that starts with “-” is written {option}=-….",
        { option },
      );
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

/** @throws UsageError when a folder that was named is none, or cannot be looked into */
export async function requireFolder(path: string | undefined): Promise<void> {
  if (path === undefined || (await isFolder(path))) return;
  throw new UsageError("There is no folder “{folder}”.", { folder: path });
}

/** False when nothing is there. @throws UsageError when it is something else, or cannot be looked into */
export async function isFolder(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) throw new UsageError("“{path}” is no folder.", { path });
    await access(path, constants.R_OK | constants.X_OK);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError) throw error;
    if (code === "ENOENT") return false;
    const reason = systemReason(code);
    throw new UsageError("“{path}” cannot be read: {reason}.", { path, reason });
  }
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
    if (!known.has(id)) {
      throw new UsageError("There is no rule “{id}”; findings end with the name of theirs.", { id });
    }
    if (severity === "") {
      throw new UsageError("--rule takes a rule and its severity, such as “{id}=off”.", { id });
    }
    configured[id] = oneOf("--rule", severity, [...severities, "off"]);
  }
  return configured;
}
