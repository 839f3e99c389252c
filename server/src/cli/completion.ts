import type { Shell } from "../host/shell.ts";
import type { ExitCode, Given } from "./command.ts";
import { commands, type completionParameters } from "./commands.ts";
import { completionScript } from "./completion-script.ts";

/** `sopm completion`: prints what a shell needs to complete our commands. */
export async function completion(
  given: Given<typeof completionParameters>,
  { world, print }: Shell,
): Promise<ExitCode> {
  print(completionScript(given.shell, commands, world.texts.translate));
  return 0;
}
