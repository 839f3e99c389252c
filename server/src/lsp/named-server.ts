import { type NamedDatabases, readNamedDatabases } from "../configuration/database-settings.ts";
import { sandboxServers } from "../engine/sandbox-servers.ts";
import type { DatabaseServer } from "../host/database-server.ts";
import { type SandboxWorld, sandboxWorld } from "../sandbox/sandbox-world.ts";
import { editorSecrets } from "./check-databases.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** A server of the settings of the user; no workspace names any. @throws Refusal when there is none, or it may not be used */
export async function serverNamed(name: string, session: Session): Promise<DatabaseServer> {
  requireTrust(session, packageText);
  const named = await namedIn(session);
  const server = serverOf(name, named, session);
  if (server) return server;
  const fault = named.faults.find((each) => each.name === name);
  throw new Refusal(
    fault?.text ?? {
      text: "The setting {setting} names no database “{name}”.",
      values: { setting: "sopm.databases", name },
    },
  );
}

/** What sandboxes need of the world, with the servers that the settings of the user name. */
export async function editorSandboxWorld(session: Session): Promise<SandboxWorld> {
  const { flushSandboxes } = await session.settingsFor("");
  const servers = sandboxServers(async (name) => {
    const server = serverOf(name, await namedIn(session), session);
    if (server) requireTrust(session, sandboxText);
    return server;
  });
  return sandboxWorld(session.world, flushSandboxes, servers);
}

async function namedIn(session: Session): Promise<NamedDatabases> {
  const { databases } = await session.settingsFor("");
  return readNamedDatabases(databases, session.world.paths);
}

function serverOf(name: string, { databases }: NamedDatabases, session: Session): DatabaseServer | undefined {
  const found = databases.find((each) => each.name === name);
  return found && session.world.databases?.named(found, editorSecrets(session));
}

/** @throws Refusal */
function requireTrust(session: Session, text: string): void {
  if (!session.isTrusted()) throw new Refusal({ text });
}

const packageText =
  "What a package says is sent to a server only from a workspace that is trusted. Trust it, or take the embedded database.";
const sandboxText =
  "What is done to a sandbox is sent to the server of its database only from a workspace that is trusted. Trust it.";
