import type { DropOutcome, SandboxParams } from "../protocol/sandbox.ts";
import { dropSandbox, unknownDatabases } from "../sandbox/drop-sandbox.ts";
import { editorSandboxWorld } from "./named-server.ts";
import type { Session } from "./session.ts";

/** Takes a sandbox away, with its databases. @throws PackageError when it cannot be, Refusal */
export async function dropForEditor({ folder }: SandboxParams, session: Session): Promise<DropOutcome> {
  const { description } = await dropSandbox(folder, await editorSandboxWorld(session));
  const note = description ? undefined : session.world.texts.textOf(unknownDatabases);
  return { kind: "dropped", note };
}
