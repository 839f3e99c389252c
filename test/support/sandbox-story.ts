import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../../server/src/database/table.ts";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";
import type { Setting } from "../../server/src/sysconfig/setting.ts";
import { databaseToData } from "../../server/src/system/database-data.ts";
import type { HomeChange } from "../../server/src/system/home.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { entryAt, storedIn } from "./known-system.ts";
import { type Random, randomFrom } from "./random.ts";
import { addRow, makeFolder, move, remove, workOf, write } from "./sandbox-work.ts";

/**
 * Does operation `number` of an endless story: series of installs, upgrades and uninstalls, and undos of up to five of
 * them. What it does depends on nothing but its number and the state of the sandbox, so that two sandboxes that tell
 * the same story are always equal.
 */
export async function tellStory(sandbox: Sandbox, number: number): Promise<void> {
  const random = randomFrom(number * 7919);
  const past = (await sandbox.operations()).filter(
    ({ record, isUndone }) => record?.kind !== "undo" && !isUndone,
  );
  if (number % 4 === 0 && past.length > 1) {
    const back = 1 + random.below(Math.min(past.length - 1, 5));
    await sandbox.undo(past.at(-1 - back)!.number);
    return;
  }
  const before = await sandbox.state();
  const { packages, settings } = before;
  const name = `Package${random.below(4)}`;
  const version = `1.0.${number}`;
  const rows = [
    ...(packages.some((row) => row.name === name)
      ? [{ kind: "remove-rows", name, version: undefined } as const]
      : []),
    addRow(name, version),
  ];
  const after = {
    settings: new Map(settings).set(name, settingOf(name, version)),
    database: before.database.withTable(tableOf(name, version)),
  };
  const changes = await changesFor(before, name, version, random);
  await sandbox.perform(workOf(before, changes, rows, after));
}

/** Files of a package that come, change, move aside, are copied and go. */
async function changesFor(
  state: SystemState,
  name: string,
  version: string,
  random: Random,
): Promise<HomeChange[]> {
  const changes: HomeChange[] = [];
  const folder = `Kernel/System/${name}`;
  if ((await entryAt(state, folder))?.kind !== "folder") changes.push(makeFolder(folder));
  for (let index = 0; index < 250; index++) {
    const path = `${folder}/File${index}.pm`;
    const isThere = (await entryAt(state, path)) !== undefined;
    const length = index === 0 ? 1_000_000 : 200 + random.below(3_000);
    const text = `${version} ${index} `.padEnd(length, "x");
    switch (random.below(isThere ? 5 : 2)) {
      case 0:
      case 1:
        changes.push(write(path, text, random.pick([0o644, 0o755, 0o600])));
        break;
      case 2:
        changes.push(move(path, `${path}.save`), write(path, text));
        break;
      case 3:
        changes.push({ kind: "copy", from: path, to: `${path}.custom_backup`, mode: 0o644 }, remove(path));
        break;
      default:
        changes.push(remove(path));
    }
  }
  // A file of the framework, of which there is nothing on the disk.
  const core = `Kernel/System/${random.pick(["Package", "Ticket", "User"])}.pm`;
  if ((await entryAt(state, core))?.kind === "file" && !(await entryAt(state, `${core}.save`))) {
    changes.push(move(core, `${core}.save`), write(core, version));
  }
  return changes;
}

function tableOf(name: string, version: string): Table {
  const column = { type: "VARCHAR (250)", nullable: false, default: undefined, autoIncrement: false };
  return {
    ...{ name: name.toLowerCase(), origin: "package", columns: [{ name: "version", ...column }] },
    ...{ primaryKey: undefined, keys: [], foreignKeys: [], nextNumber: 1 },
    rows: [[version]],
  };
}

function settingOf(name: string, value: string): Setting {
  return {
    ...{ name, value, file: "Acme.xml", description: "", navigation: "", configLevel: "" },
    ...{ required: false, valid: true, readOnly: false, invisible: false },
    ...{ userModificationPossible: true, userModificationActive: true },
  };
}

/** Everything that makes a state what it is, in few bytes. */
export async function fingerprintOf(sandbox: Sandbox): Promise<string> {
  const state = await sandbox.state();
  const { packages, settings, database } = state;
  const hash = createHash("sha256");
  const folder = join(sandbox.folder, "home");
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const status = lstatSync(join(folder, path));
    hash.update(`${path} ${status.mode}\n`);
    if (status.isFile()) hash.update(readFileSync(join(folder, path)));
  }
  for (const name of ["Package", "Ticket", "User"]) {
    for (const path of [`Kernel/System/${name}.pm`, `Kernel/System/${name}.pm.save`]) {
      const entry = await entryAt(state, path);
      hash.update(JSON.stringify(entry?.kind === "file" ? [entry.mode, entry.content === "unknown"] : null));
    }
  }
  for (const { digest } of packages) hash.update(await (await storedIn(state, digest)).archive.read());
  hash.update(JSON.stringify([packages, [...settings], databaseToData(database)]));
  return hash.digest("hex");
}
