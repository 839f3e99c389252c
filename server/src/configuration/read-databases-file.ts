import { type ParseError, parse } from "jsonc-parser";
import type { NamedFiles } from "../host/named-files.ts";
import type { Paths } from "../host/paths.ts";
import { type NamedDatabases, readNamedDatabases } from "./database-settings.ts";
import { decodedJson } from "./decode-json.ts";

/**
 * The servers that a file names, which says the same as the setting of an editor. It is a file of its user: nothing else
 * than what its user has named is ever read.
 *
 * @returns undefined for a file that is no JSON object
 * @throws SystemError when it cannot be read
 */
export async function readDatabasesFile(
  path: string,
  { named, paths }: { readonly named: NamedFiles; readonly paths: Paths },
): Promise<NamedDatabases | undefined> {
  const decoded = decodedJson(await named.read(path));
  if ("problem" in decoded) return undefined;
  const errors: ParseError[] = [];
  const value = parse(decoded.text.replace(/^\ufeff/, ""), errors, { allowTrailingComma: true });
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return errors.length === 0 && isObject ? readNamedDatabases(value, paths) : undefined;
}
