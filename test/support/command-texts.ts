import type { Command, CommandGroup, Parameter } from "../../server/src/cli/command.ts";
import { commands } from "../../server/src/cli/commands.ts";
import { languageParameters } from "../../server/src/cli/common-parameters.ts";

/** Every text of the commands' rows that help translates. */
export function commandTexts(rows: readonly (Command | CommandGroup)[] = commands): readonly string[] {
  const texts = rows.flatMap((row): readonly (string | undefined)[] => {
    const own = [row.summary, row.about, ...row.exits];
    if ("commands" in row) return [...own, ...commandTexts(row.commands)];
    const parameters: Parameter[] = Object.values({ ...row.parameters, ...languageParameters });
    return [
      ...own,
      ...[row.tooFew, row.tooMany],
      ...parameters.flatMap(({ text, placeholder, otherwise }) => [text, placeholder, otherwise]),
    ];
  });
  return [...new Set(texts)].filter((text) => text !== undefined && text !== "") as string[];
}
