import { type NamedDatabases, readNamedDatabases } from "../configuration/database-settings.ts";
import type { DatabaseSettings } from "../host/database-server.ts";
import type { Shell } from "../host/shell.ts";
import { fileOfUser } from "./file-of-user.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The servers that whoever calls has named, in a file by an option or by the environment. No file of a workspace is asked.
 *
 * @param file as the option has it; undefined where it was not given
 */
export async function namedDatabases(file: string | undefined, shell: Shell): Promise<NamedDatabases> {
  const { world } = shell;
  const path = databasesPath(file, shell);
  if (path === undefined) {
    throw new UsageError(
      "Nothing says where databases are. Name a file that does with --databases, or in the environment variable SOPM_DATABASES.",
    );
  }
  const said = await fileOfUser(
    path,
    "The file “{file}” is no JSON object with databases by their names.",
    world,
  );
  return readNamedDatabases(said, world.paths);
}

/** The file that names databases; undefined where nobody says which. */
export function databasesPath(file: string | undefined, { world }: Shell): string | undefined {
  return file ?? (world.machine.variable("SOPM_DATABASES") || undefined);
}

/**
 * One of them by its name.
 *
 * @param others what else can be named, for whoever has named nothing that there is
 * @throws UsageError
 */
export function databaseNamed(
  name: string,
  { databases, faults }: NamedDatabases,
  others: readonly string[] = [],
): DatabaseSettings {
  const found = databases.find((each) => each.name === name);
  if (found) return found;
  const fault = faults.find((each) => each.name === name);
  if (fault) throw new UsageError(fault.text.text, fault.text.values);
  throw new UsageError("There is no database “{name}”. There are: {names}.", {
    name,
    names: [...others, ...databases.map((each) => each.name)].join(", ") || "–",
  });
}
