import { checkSystem } from "../engine/test-system/maintenance.ts";
import { promiseCounts } from "../engine/test-system/promise-counts.ts";
import { TestSystemError } from "../engine/test-system/test-system-error.ts";
import type { Shell } from "../host/shell.ts";
import type { TestSystem } from "../host/test-system.ts";
import type { Message } from "../l10n/translate.ts";
import { hitRate } from "../report/promise-words.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { namedSystems, onSystem, reachOptions, systemNamed } from "./named-systems.ts";
import { printResult } from "./print-result.ts";
import type { systemCheckParameters, systemListParameters } from "./system-commands.ts";
import { table } from "./table.ts";

/** `sopm system list`: lists the test systems that are named. Nothing is run. */
export async function systemList(given: Given<typeof systemListParameters>, shell: Shell): Promise<ExitCode> {
  const { systems, faults } = await namedSystems(given.systems, shell);
  const counts = await promiseCounts(shell.world.records);
  const { textOf } = shell.world.texts;
  const here = textOf({ text: "this computer" });
  const rows = systems.map(({ name, command, home }) => [name, command.join(" ") || here, home].map(oneLine));
  printResult(shell, given.format, {
    data: {
      systems: systems.map(described),
      faults: faults.map(({ name, text }) => ({ name, text: textOf(text) })),
      promises: [...counts].map(([product, count]) => ({ product, ...count })),
    },
    text:
      table(rows) +
      faults.map(({ text }) => `${shell.lineOf(text)}\n`).join("") +
      [...counts].map(([product, count]) => `${shell.lineOf(hitRate({ product, count }))}\n`).join(""),
  });
  return faults.length === 0 ? 0 : 1;
}

function described({ name, command, home, transfer, product, database }: TestSystem) {
  return {
    name,
    command,
    home,
    transfer: transfer.kind,
    product: product ?? null,
    database: database ?? null,
  };
}

/** `sopm system check`: asks test systems what they are. */
export async function systemCheck(
  given: Given<typeof systemCheckParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const found = await namedSystems(given.systems, shell);
  const systems = given.name === undefined ? found.systems : [systemNamed(given.name, found)];
  const { textOf } = shell.world.texts;
  return onSystem(shell, async (signal) => {
    const options = reachOptions(given, [], shell, signal);
    const results: {
      readonly name: string;
      readonly isUsable: boolean;
      readonly text: Message;
      data: object;
    }[] = [];
    for (const system of systems) {
      const { name } = system;
      try {
        const { release, packages } = await checkSystem(system, shell.world, options);
        const product = `${release.product} ${release.version}`;
        const listed = packages.map((each) => `${each.name} ${each.version}`).join(", ");
        const text: Message = listed
          ? { text: "{product} can be used. Installed: {packages}.", values: { product, packages: listed } }
          : { text: "{product} can be used. It lists no packages.", values: { product } };
        results.push({ name, isUsable: true, text, data: { product, packages } });
      } catch (error) {
        if (!(error instanceof TestSystemError)) throw error;
        results.push({ name, isUsable: false, text: error.text, data: {} });
      }
    }
    if (given.name === undefined)
      for (const { name, text } of found.faults) results.push({ name, isUsable: false, text, data: {} });
    printResult(shell, given.format, {
      data: {
        systems: results.map(({ name, isUsable, text, data }) => ({
          name,
          usable: isUsable,
          text: textOf(text),
          ...data,
        })),
      },
      text: results.map(({ name, text }) => `${oneLine(name)}: ${shell.lineOf(text)}\n`).join(""),
    });
    return results.every(({ isUsable }) => isUsable) ? 0 : 1;
  });
}
