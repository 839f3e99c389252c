import type { Shell } from "../host/shell.ts";
import { databaseTitles } from "../protocol/databases.ts";
import { jsonText } from "../report/json-text.ts";
import type { LoggedOperation } from "../sandbox/sandbox.ts";
import type { ExitCode, Given } from "./command.ts";
import { openSandboxArgument } from "./sandbox-argument.ts";
import type { showParameters } from "./sandbox-commands.ts";
import { table } from "./table.ts";

/** `sopm sandbox show`: what a sandbox stands for, its packages, and what was done to it. */
export async function sandboxShow(given: Given<typeof showParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const { folder, format } = given;
  const sandbox = await openSandboxArgument(folder, shell);
  const { packages } = await sandbox.state();
  const { description } = sandbox;
  const operations = await sandbox.operations();
  const { served } = description;
  const database = await sandbox.servedDatabase();
  const product = `${description.product} ${description.version}`;
  if (format === "json") {
    const { name, vendor = null, databaseKind, operatingSystem, origin, created, repositories } = description;
    print(
      jsonText({
        folder: sandbox.folder,
        ...{ name, vendor, product, database: databaseKind, operatingSystem, origin, created },
        perlModules: description.assumeModules ? null : Object.fromEntries(description.perlModules),
        server: served ? { name: served.server, database } : null,
        repositories,
        packages,
        operations: operations.map(({ number, record, isUndone }) => ({
          number,
          isUndone,
          ...(record ?? { kind: null }),
        })),
      }),
    );
    return 0;
  }
  const facts = { name: description.name, product, database: databaseTitles[description.databaseKind] };
  print(`${lineOf({ text: "{name}: {product} with {database}", values: facts })}\n`);
  if (served && database !== undefined) {
    const values = { server: served.server, database };
    print(`${lineOf({ text: "Its database on the server “{server}” is “{database}”.", values })}\n`);
  }
  print("\n");
  print(`${lineOf({ text: "Packages: {count}", values: { count: packages.length } })}\n`);
  const status = {
    installed: lineOf({ text: "installed" }),
    "not installed": lineOf({ text: "not installed" }),
  };
  print(
    table(
      packages.map((row) => [row.name, row.version, status[row.status], row.vendor]),
      "  ",
    ),
  );
  print(`\n${lineOf({ text: "What was done:" })}\n`);
  print(
    table(
      operations.map((each) => rowOf(each, shell)),
      "  ",
    ),
  );
  return 0;
}

function rowOf({ number, record, isUndone }: LoggedOperation, shell: Shell): readonly string[] {
  const { lineOf } = shell;
  if (!record) return [String(number), lineOf({ text: "the record of this operation is damaged" })];
  const { kind, name = "", version = "", verdict, date, undoneTo } = record;
  const what = undoneTo === undefined ? `${kind} ${name} ${version}`.trim() : `${kind} → ${undoneTo}`;
  return [String(number), date, what, verdict, isUndone ? lineOf({ text: "undone since" }) : ""];
}
