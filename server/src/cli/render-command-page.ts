import type { Translate } from "../l10n/translate.ts";
import { type Parameter, rowsOf, withPaths } from "./command.ts";
import { commands } from "./commands.ts";
import { operandWord, optionsOf, optionWord, textOf, usageWords } from "./help.ts";

/** The page of documentation about all commands. */
export function renderCommandPage(): string {
  const rows = withPaths(commands);
  return `# The command line

<!-- Made by npm run generate from the rows in server/src/cli; do not edit. -->

\`sopm COMMAND --help\` says the same. Every command ends with 0 when all is well, with 1 when errors were found or the work
failed, and with 2 when it was called wrongly. Results go to standard output, everything else to standard error.

| Command | |
| --- | --- |
${rows.map(({ path, command }) => `| [\`sopm ${path}\`](#sopm-${path.replaceAll(" ", "-")}) | ${cell(command.summary)} |`).join("\n")}

${rows
  .map(({ path, command }) => {
    const { about, parameters, exits } = command;
    const operands = rowsOf(parameters, "operands").map(([, row]): [string, Parameter] => [
      operandWord(row, english),
      row,
    ]);
    const options = optionsOf(parameters).map(([name, row]): [string, Parameter] => [
      optionWord(name, row, english),
      row,
    ]);
    return `## sopm ${path}

\`\`\`text
sopm ${path} ${usageWords(command, english)}
\`\`\`

${about}

| | |
| --- | --- |
${[...operands, ...options].map(([word, row]) => `| \`${cell(word)}\` | ${cell(textOf(row, english))} |`).join("\n")}

Exit codes: 0 ${exits[0]}, 1 ${exits[1]}.
`;
  })
  .join("\n")}`;
}

const english: Translate = (text) => text;

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
