import { open } from "node:fs/promises";
import type { DatabaseSecret } from "../../host/database-server.ts";
import type { MessageArguments } from "../../l10n/translate.ts";
import type { UnavailableCode } from "./unavailable.ts";

/** A password, or why there is none. */
export type FoundSecret =
  | { readonly password: string }
  | { readonly missing: UnavailableCode; readonly values: MessageArguments };

/**
 * The password of a database.
 *
 * @param kept the one that the editor keeps
 */
export async function readSecret(
  secret: DatabaseSecret,
  kept: () => Promise<string | undefined> | undefined,
): Promise<FoundSecret> {
  if ("environment" in secret) {
    const variable = secret.environment;
    const password = process.env[variable];
    return password === undefined
      ? { missing: "password-not-in-environment", values: { variable } }
      : { password };
  }
  if ("file" in secret) return await fromFile(secret.file);
  const password = await kept();
  return password === undefined ? { missing: "password-not-kept", values: {} } : { password };
}

/** The first line of a file. */
async function fromFile(path: string): Promise<FoundSecret> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(longest), 0, longest, 0);
      const [password = ""] = new TextDecoder().decode(buffer.subarray(0, bytesRead)).split(/\r?\n/);
      return { password };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { missing: "password-unreadable", values: { reason: (error as Error).message } };
  }
}

/** Bytes in which a password must come to its end. */
const longest = 16 * 1024;
