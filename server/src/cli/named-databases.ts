import type { NamedDatabases } from "../configuration/database-settings.ts";
import { readDatabasesFile } from "../configuration/read-databases-file.ts";
import type { DatabaseSettings } from "../host/database-server.ts";
import type { Shell } from "../host/shell.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The servers that whoever calls has named, in a file by an option or by the environment. No file of a workspace is asked.
 *
 * @param file as the option has it; undefined where it was not given
 */
export async function namedDatabases(file: string | undefined, { world }: Shell): Promise<NamedDatabases> {
  const path = file ?? world.machine.variable("SOPM_DATABASES");
  if (!path) {
    throw new UsageError(
      "Nothing says where databases are. Name a file that does with --databases, or in the environment variable SOPM_DATABASES.",
    );
  }
  const found = await readDatabasesFile(path, world).catch((error: { code?: string }) => {
    throw new UsageError("The file “{file}” cannot be read: {reason}.", {
      file: path,
      reason: error.code ?? String(error),
    });
  });
  if (!found) {
    throw new UsageError("The file “{file}” is no JSON object with databases by their names.", {
      file: path,
    });
  }
  return found;
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
