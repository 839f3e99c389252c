import { type ParseError, parse } from "jsonc-parser";
import type { NamedFiles } from "../host/named-files.ts";
import { decodedJson } from "./decode-json.ts";

/**
 * The object in a file of its user, which says the same as a setting of an editor, such as `sopm.databases`. Nothing else
 * than what its user has named is ever read.
 *
 * @returns undefined for a file that is no JSON object
 * @throws SystemError when it cannot be read
 */
export async function readNamedFile(
  path: string,
  { named }: { readonly named: NamedFiles },
): Promise<object | undefined> {
  const decoded = decodedJson(await named.read(path));
  if ("problem" in decoded) return undefined;
  const errors: ParseError[] = [];
  const value = parse(decoded.text.replace(/^\ufeff/, ""), errors, { allowTrailingComma: true });
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return errors.length === 0 && isObject ? value : undefined;
}
