import { checkDatabases } from "../engine/check-databases.ts";
import { type DatabaseSettings, placeOf } from "../host/database-server.ts";
import type { Shell } from "../host/shell.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { ExitCode, Given } from "./command.ts";
import type { databasesParameters } from "./database-commands.ts";
import { databaseNamed, namedDatabases } from "./named-databases.ts";
import { printResult } from "./print-result.ts";
import { table } from "./table.ts";

/** `sopm databases`: lists the servers that are named, and asks them whether they can be used. */
export async function databases(given: Given<typeof databasesParameters>, shell: Shell): Promise<ExitCode> {
  const found = await namedDatabases(given.databases, shell);
  const { textOf } = shell.world.texts;
  const isWanted = ({ name }: { readonly name: string }) => given.name === undefined || given.name === name;
  if (given.name !== undefined) databaseNamed(given.name, found);
  const settings = found.databases.filter(isWanted);
  const faults = found.faults
    .filter(isWanted)
    .map(({ name, text }) => ({ name, isUsable: false, version: undefined, text }));
  const checked = given.check
    ? await shell.whileInterruptible((signal) => checkDatabases(settings, shell.world.databases!, { signal }))
    : [];
  const results = [...checked, ...faults];
  const rows = settings.map((each) => {
    const result = results.find(({ name }) => name === each.name);
    return { ...described(each), ...(result && { usable: result.isUsable, text: textOf(result.text) }) };
  });
  const wrong = faults.map(({ name, text }) => ({ name, usable: false, text: textOf(text) }));
  const lines = rows.map(({ name, kind, place, user }) => [name, kind, place, user]);
  printResult(shell, given.format, {
    data: { databases: [...rows, ...wrong] },
    text: given.check
      ? results.map(({ name, text }) => `${name}: ${shell.lineOf(text)}\n`).join("")
      : table(lines) + faults.map(({ text }) => `${shell.lineOf(text)}\n`).join(""),
  });
  return results.every(({ isUsable }) => isUsable) ? 0 : 1;
}

/** What is said of a server. Where its password is, but never the password. */
function described({ name, kind, at, user, tls, secret }: DatabaseSettings) {
  return { name, kind: databaseTitles[kind], place: placeOf(at), user, tls, secret: secret ?? null };
}
