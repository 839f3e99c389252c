import {
  type DatabaseServers,
  type DatabaseSettings,
  DatabaseUnavailable,
  type EditorSecrets,
} from "../host/database-server.ts";
import type { Message } from "../l10n/translate.ts";

/** What became of a server that was asked. */
export interface CheckedDatabase {
  readonly name: string;
  readonly isUsable: boolean;
  /** Such as “PostgreSQL 15.18”; undefined where it did not say. */
  readonly version: string | undefined;
  /** What it can be used for, or why it cannot. */
  readonly text: Message;
}

const usable = {
  ownUser: "{version} can be used. Each run has a database and a user of its own, which are gone afterwards.",
  sameUser: "{version} can be used. Each run has a database of its own, which is gone afterwards.",
} as const;

/** Asks servers, one after the other, whether they can be used. Nothing is made on them. */
export async function checkDatabases(
  settings: readonly DatabaseSettings[],
  servers: DatabaseServers,
  options: { readonly signal?: AbortSignal; readonly secrets?: EditorSecrets | undefined },
): Promise<readonly CheckedDatabase[]> {
  const checked: CheckedDatabase[] = [];
  for (const each of settings) checked.push(await checkDatabase(each, servers, options));
  return checked;
}

async function checkDatabase(
  settings: DatabaseSettings,
  servers: DatabaseServers,
  { signal, secrets }: Parameters<typeof checkDatabases>[2],
): Promise<CheckedDatabase> {
  const { name } = settings;
  try {
    const found = await servers.named(settings, secrets).check!(signal ? { signal } : {});
    const { version, hasOwnUsers } = found;
    const text = { text: hasOwnUsers ? usable.ownUser : usable.sameUser, values: { version } };
    return { name, version, isUsable: true, text };
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return { name, version: undefined, isUsable: false, text: error.text };
  }
}
