import type { DatabaseServer, DatabaseSettings, EditorSecrets } from "../../host/database-server.ts";
import { keepDatabases } from "./kept-databases.ts";
import { openRun } from "./open-run.ts";
import { checkServer, type Patience, usualPatience } from "./server.ts";

/** A server that was named in settings. */
export function namedServer(
  settings: DatabaseSettings,
  secrets?: EditorSecrets,
  patience: Patience = usualPatience,
): Required<DatabaseServer> {
  const asked = { settings, secrets, patience };
  return {
    kind: settings.kind,
    open: (options) => openRun(asked, options),
    keep: (name, options) => keepDatabases(asked, name, options),
    check: ({ signal }) => checkServer(asked, signal),
  };
}
