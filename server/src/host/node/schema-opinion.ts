import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import type { Family } from "../../dialect/dialect.ts";
import { dataFile } from "./data-file.ts";
import { isInside } from "./is-inside.ts";

/** What a second validator says of a spec. */
export type SchemaOpinion =
  | { readonly kind: "valid" }
  /** In the validator's own words, with line and column. */
  | { readonly kind: "invalid"; readonly messages: readonly string[] }
  | { readonly kind: "not-asked"; readonly reason: "no-java" | "java-in-workspace" | "no-validator" }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Asks the XML validator of the Java runtime (Xerces) what it thinks of a file, by the generated schema.
 * The file must not have a DOCTYPE, whose entities it would go and fetch.
 *
 * @param forbiddenFolders absolute paths; a Java found in one of them is not started
 */
export async function askSecondValidator(
  file: string,
  family: Family,
  forbiddenFolders: readonly string[],
): Promise<SchemaOpinion> {
  const java = findJava();
  if (!java) return { kind: "not-asked", reason: "no-java" };
  // A relative path is relative to who knows what, and the folder we happen to be in may be anybody's.
  const isStray = !isAbsolute(java) || dirname(java) === process.cwd();
  if (isStray || forbiddenFolders.some((folder) => holds(folder, java))) {
    return { kind: "not-asked", reason: "java-in-workspace" };
  }
  let validator: ValidatorModule;
  try {
    validator = createRequire(import.meta.url)(validatorModule());
  } catch {
    return { kind: "not-asked", reason: "no-validator" };
  }
  const schema = dataFile("schemas", `sopm-${family}.xsd`);
  try {
    // Java finds classes in the folder it starts in, which must be one of ours and not one that somebody is in.
    await new validator.Validator({ cwd: dirname(schema) }).validateXML({ file }, schema);
    return { kind: "valid" };
  } catch (error) {
    const messages = (error as { messages?: readonly string[] }).messages ?? [];
    if (messages.length > 0) return { kind: "invalid", messages: messages.flatMap(splitMessages) };
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

/** What we use of xsd-schema-validator; its types leave out the class. */
interface ValidatorModule {
  readonly Validator: new (options: {
    /** Where Java starts. */
    readonly cwd: string;
  }) => Pick<typeof import("xsd-schema-validator"), "validateXML">;
}

/** Tells whether a program lies in a folder, by the names that both are called by and by where links lead. */
function holds(folder: string, program: string): boolean {
  return [folder, realPath(folder)].some(
    (each) => isInside(each, program) || isInside(each, realPath(program)),
  );
}

/** The path itself when nothing is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Beside the bundle it has a folder of its own, because it finds its Java class relative to itself. */
function validatorModule(): string {
  const bundled = join(dirname(dataFile("schemas", "")), "xsd-schema-validator/lib/validator.js");
  return isReadable(bundled) ? bundled : "xsd-schema-validator";
}

/** The Java that the validator would start; undefined when there is none. */
function findJava(): string | undefined {
  const home = process.env.JAVA_HOME;
  const path = home ? [join(home, "bin")] : (process.env.PATH ?? "").split(delimiter);
  const windows = process.platform === "win32";
  const folders = windows ? [process.cwd(), ...path] : path;
  const names = windows ? ["java.exe", "java.cmd", "java.bat"] : ["java"];
  return folders.flatMap((folder) => names.map((name) => join(folder || ".", name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    // Folders can be "executed" too, and are passed over when a program is looked for.
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Several messages sometimes arrive as one text. */
function splitMessages(message: string): string[] {
  return message.split(/(?=\[(?:warning|error|fatal)\])/i).filter((each) => each.trim() !== "");
}
