import { translate } from "../node/language.ts";
import type { ExitCode, Given } from "./command.ts";
import { commands, type completionParameters } from "./commands.ts";
import { completionScript } from "./completion-script.ts";
import { print } from "./output.ts";

/** `sopm completion`: prints what a shell needs to complete our commands. */
export async function completion({ shell }: Given<typeof completionParameters>): Promise<ExitCode> {
  print(completionScript(shell, commands, translate));
  return 0;
}
