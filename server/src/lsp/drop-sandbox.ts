import type { DropOutcome, SandboxParams } from "../protocol/sandbox.ts";
import { dropSandbox } from "../sandbox/create-sandbox.ts";
import { openOnce } from "./dry-run-system.ts";
import { editorSandboxWorld } from "./named-server.ts";
import type { Session } from "./session.ts";

/** Takes a sandbox away, with its databases. @throws PackageError when it cannot be, Refusal */
export async function dropForEditor({ folder }: SandboxParams, session: Session): Promise<DropOutcome> {
  await dropSandbox(await openOnce(folder, session), await editorSandboxWorld(session));
  return { kind: "dropped" };
}
