import { readNamedDatabases } from "../configuration/database-settings.ts";
import type { EditorSecrets } from "../host/database-server.ts";
import { checkDatabasesRequest, databaseSecretMethod } from "../protocol/check-databases.ts";
import { answer } from "./answer.ts";
import type { Session } from "./session.ts";

/** The passwords that the editor keeps. One that keeps none says nothing, or that it does not know what is asked. */
export function editorSecrets({ connection }: Session): EditorSecrets {
  return async (name) => {
    try {
      return (await connection.sendRequest<string | null>(databaseSecretMethod, { name })) ?? undefined;
    } catch {
      return undefined;
    }
  };
}

/** What asks servers is loaded for those who name some. */
export function answerCheckDatabases(session: Session): void {
  answer(session, checkDatabasesRequest, async (_params, signal) => {
    const { world } = session;
    const { databases: said } = await session.settingsFor("");
    const { databases, faults } = readNamedDatabases(said, world.paths);
    const { checkDatabases } = await import("../engine/check-databases.ts");
    const checked = world.databases
      ? await checkDatabases(databases, world.databases, { signal, secrets: editorSecrets(session) })
      : [];
    const wrong = faults.map((fault) => ({ ...fault, isUsable: false }));
    return {
      kind: "databases",
      databases: [...checked, ...wrong].map(({ name, isUsable, text }) => ({
        ...{ name, isUsable },
        text: world.texts.textOf(text),
      })),
    };
  });
}
