import type { Shell } from "../host/shell.ts";
import type { Command, CommandGroup, ExitCode, Given, Parameter } from "./command.ts";
import { commands, type completionParameters } from "./commands.ts";
import { completionScript } from "./completion-script.ts";

/** `sopm completion`: prints what a shell needs to complete our commands. */
export async function completion(
  given: Given<typeof completionParameters>,
  { world, print }: Shell,
): Promise<ExitCode> {
  const rows = withRules(commands, Object.keys(world.ruleTexts()));
  print(completionScript(given.shell, rows, world.texts.translate));
  return 0;
}

/** The same commands, whose rows know which rules there are. Others need not, and the list is long. */
function withRules<Row extends Command | CommandGroup>(
  rows: readonly Row[],
  rules: readonly string[],
): readonly Row[] {
  const filled = (row: Parameter): Parameter => (row.kind === "rule" ? { ...row, choices: rules } : row);
  return rows.map((row) =>
    "commands" in row
      ? { ...row, commands: withRules(row.commands, rules) }
      : {
          ...row,
          parameters: Object.fromEntries(
            Object.entries(row.parameters).map(([name, each]) => [name, filled(each)]),
          ),
        },
  );
}
