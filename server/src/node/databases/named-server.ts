import type { DatabaseServer, DatabaseSettings, EditorSecrets } from "../../host/database-server.ts";
import { checkServer, openRun, type Patience, usualPatience } from "./open-run.ts";

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
    check: ({ signal }) => checkServer(asked, signal),
  };
}
