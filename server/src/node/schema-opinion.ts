import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Family } from "../dialect/dialect.ts";
import type { OpinionOptions, SchemaOpinion } from "../host/schema-validator.ts";
import type { Message } from "../l10n/translate.ts";
import { dataFile } from "./data-file.ts";
import { type FoundProgram, findProgram, untrustedFolders } from "./find-program.ts";
import { programEnvironment } from "./program-environment.ts";
import { runProgram } from "./run-program.ts";

/** A Java that has just been installed, on a busy machine, takes a few seconds. */
const usualTimeLimit = 30_000;

/**
 * Asks the XML validator of the Java runtime (Xerces) what it thinks of a file, by the generated schema. Never throws.
 *
 * The file must not have a DOCTYPE, whose entities it would go and fetch.
 *
 * @param file absolute path
 */
export async function askSecondValidator(
  file: string,
  family: Family,
  { untrustedFolders: given, signal, timeLimit = usualTimeLimit }: OpinionOptions,
): Promise<SchemaOpinion> {
  const untrusted = untrustedFolders(given);
  const java = findJava(untrusted);
  if (java.kind === "none") return { kind: "not-asked", reason: "no-java" };
  if (java.kind === "untrusted") return { kind: "not-asked", reason: "java-untrusted" };
  // The class that xsd-schema-validator brings; it is all that we use of that package.
  const classFile = dataFile("xsd-schema-validator/support", "XMLValidator.class");
  if (!existsSync(classFile)) return { kind: "not-asked", reason: "no-validator" };
  const schema = dataFile("schemas", `sopm-${family}.xsd`);
  const words = [
    "-Dfile.encoding=UTF-8",
    ...["-classpath", dirname(dirname(classFile)), "support.XMLValidator"],
    ...[`-file=${file}`, `-schema=${schema}`],
  ];
  const outcome = await runProgram(java.path, words, {
    // Java looks for things in the folder it starts in, which must be one of ours and not one that somebody is in.
    cwd: dirname(schema),
    environment: programEnvironment(["JAVA_HOME", "LANG", "LC_ALL"], untrusted),
    name: java.name,
    timeLimit,
    signal,
  });
  switch (outcome.kind) {
    case "ended": {
      const messages = splitMessages(outcome.output);
      if (messages.length > 0) return { kind: "invalid", messages };
      if (outcome.code === 0) return { kind: "valid" };
      const [firstLine = ""] = outcome.output.trim().split("\n");
      return firstLine ? failed(firstLine) : { kind: "failed", message: endedText(outcome.code) };
    }
    case "too-slow":
      return { kind: "too-slow", seconds: Math.round(timeLimit / 1000) };
    case "too-much-output":
      return failed("EFBIG");
    case "not-started":
      return failed(outcome.reason);
    case "cancelled":
      return outcome;
  }
}

function failed(reason: string): SchemaOpinion {
  const text = "The schema's validator could not be asked: {reason}.";
  return { kind: "failed", message: { text, values: { reason } } };
}

function endedText(code: number | null): Message {
  return {
    text: "The schema's validator could not be asked: it ended with the code {code}.",
    values: { code: code ?? "?" },
  };
}

function findJava(untrusted: readonly string[]): FoundProgram {
  const home = process.env.JAVA_HOME;
  const folders = home ? [join(home, "bin")] : (process.env.PATH ?? "").split(delimiter);
  // A script would be run by the shell of Windows, which looks for programs in the current folder first.
  return findProgram([process.platform === "win32" ? "java.exe" : "java"], folders, untrusted);
}

/** Each begins with its kind in brackets and may go on over several lines. */
function splitMessages(output: string): string[] {
  return output
    .replace(/^result=.*$/gm, "")
    .replace(/\r?\n/g, " ")
    .split(/(?=\[(?:warning|error|fatal)\] )/i)
    .filter((each) => each.startsWith("["))
    .map((each) => each.trim());
}
