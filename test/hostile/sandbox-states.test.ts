import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { dataFileBytes } from "../../server/src/sandbox/data-file.ts";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox } from "../../server/src/sandbox/sandbox.ts";
import { randomFrom } from "../support/random.ts";
import { testWorld } from "../support/sandbox-work.ts";
import { plantSurroundings } from "../support/surroundings.ts";
import { disksFor, lastingFolder, memoryTriedDisk, realDisk, type TriedDisk } from "../support/tried-disk.ts";
import { tryEverything, usedSandbox } from "../support/try-everything.ts";

// biome-ignore lint/suspicious/noExplicitAny: data of any form is what is tried out.
type Data = any;

/** Changes to data whose checksum is right afterwards: whoever makes such a sandbox knows how ours are made. */
interface Forgery {
  /** The path of a file; `archives` for each summary of an archive. */
  readonly file: string;
  readonly change: (data: Data) => Data;
}

const state = (change: (parts: Data) => void): Forgery => ({
  file: "states/2.data",
  change: (data) => {
    change(data.parts);
    return data;
  },
});
const ledger = (entry: unknown): Forgery =>
  state((parts) => {
    parts.files = { value: { ledger: [entry], modes: [] } };
  });
const journal = (changes: object): Forgery => ({
  file: "journal.data",
  change: () => ({
    ...{ number: 3, kind: "install", subject: "x", takes: [], folders: [], puts: [], news: [] },
    ...{ removedFolders: [], archives: [], undone: [] },
    ...changes,
  }),
});
const done = (changes: object): Forgery => ({
  file: "undo/2/done.data",
  change: (data) => ({ ...data, ...changes }),
});
const description = (changes: object): Forgery => ({
  file: "sandbox.data",
  change: (data) => ({ ...data, ...changes }),
});
const summary = (change: (summary: Data) => void): Forgery => ({
  file: "archives",
  change: (data) => {
    change(data);
    return data;
  },
});
const huge = Number.MAX_SAFE_INTEGER;
const deep = (depth: number) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);

const forgeries: Readonly<Record<string, Forgery>> = {
  "a ledger with a path outside": ledger(["../../precious.txt", { kind: "gone" }]),
  "a ledger with an absolute path": ledger(["/etc/passwd", { kind: "gone" }]),
  "a ledger that takes a file from outside": ledger([
    "a",
    { kind: "file", origin: "../../precious.txt", mode: 420 },
  ]),
  "a ledger with a huge mode": ledger(["a", { kind: "file", origin: "b", mode: huge }]),
  "a ledger of ledgers": ledger(["__proto__", { kind: "file", origin: "constructor", mode: 1 }]),
  "modes that are none": state((parts) => {
    parts.files = { value: { ledger: [], modes: [["Kernel/Acme/A.pm", huge]] } };
  }),
  "a digest that leads outside": state((parts) => {
    parts.packages.value[0].digest = "../../precious.txt";
  }),
  "a digest of nothing": state((parts) => {
    parts.packages.value[0].digest = "0".repeat(64);
  }),
  "packages that are a number": state((parts) => {
    parts.packages = { value: huge };
  }),
  "a part of the state itself": state((parts) => {
    parts.packages = { sameAs: 2 };
  }),
  "a part of a state to come": state((parts) => {
    parts.packages = { sameAs: huge };
  }),
  "settings nested without end": state((parts) => {
    parts.settings = { value: [{ name: "A", value: deep(2_000) }] };
  }),
  "a database of another kind": state((parts) => {
    parts.database = { value: { kind: "oracle", tables: [], removed: [] } };
  }),
  "a table with rows of other widths": state((parts) => {
    parts.database = {
      value: {
        kind: "mysql",
        tables: [
          {
            name: "a",
            origin: "package",
            columns: [],
            keys: [],
            foreignKeys: [],
            rows: [["x"]],
            nextNumber: 1,
          },
        ],
        removed: [],
      },
    };
  }),
  "a journal that takes files outside": journal({ takes: ["../../precious.txt"] }),
  "a journal that removes files outside": journal({ news: ["../../precious.txt", "../../outside/Acme.pm"] }),
  "a journal that removes absolute files": journal({ news: ["/etc/hostname"] }),
  "a journal that removes the home": journal({ news: [""], removedFolders: [{ path: ".", mode: 0 }] }),
  "a journal that removes folders outside": journal({
    folders: [{ path: "../../outside/empty/inner", mode: 493 }],
  }),
  "a journal that makes folders of a huge mode": journal({ removedFolders: [{ path: "a", mode: huge }] }),
  "a journal that puts files outside": journal({
    puts: [{ operation: 1, slot: 0, path: "../../precious.txt" }],
  }),
  "a journal that puts from a huge slot": journal({ puts: [{ operation: huge, slot: huge, path: "a" }] }),
  "a journal that removes archives outside": journal({ archives: ["../../precious"] }),
  "a journal of a huge number": journal({ number: huge }),
  "a journal of what is done": journal({ number: 2 }),
  "a journal of the beginning": journal({ number: 0 }),
  "a journal of an undo of everything": journal({ number: 2, kind: "undo", undone: [2, 1, 0, huge] }),
  "a journal with names too long": journal({ news: ["x".repeat(5_000)], takes: ["y".repeat(5_000)] }),
  "a past that takes files outside": done({ takes: ["../../precious.txt"] }),
  "a past that made folders outside": done({ folders: [{ path: "../../outside/empty/inner", mode: 493 }] }),
  "a past that made the home": done({ folders: [{ path: "", mode: 493 }] }),
  "a past that took what is not there": done({ takes: ["Kernel/Acme/A.pm", "b", "c"] }),
  "a past that says it is another": done({ number: 1 }),
  "a summary of an archive in which nothing is": summary((data) => {
    data.rest = "";
  }),
  "a summary of an archive that is no package": summary((data) => {
    data.rest = "<a/>";
    data.regions = [];
  }),
  "a summary of an archive that cannot be read": summary((data) => {
    data.isReadable = false;
  }),
  "a summary with a field that the archive does not have": summary((data) => {
    data.single.CodeOdd = "x";
    data.single.PackageIsDownloadable = "1";
  }),
  "a summary with files that the archive does not have": summary((data) => {
    for (const column of Object.values<Data>(data.files)) column.push(column[0]);
  }),
  "a summary without files": summary((data) => {
    for (const column of Object.values<Data>(data.files)) column.length = 0;
  }),
  "a description of nothing": { file: "sandbox.data", change: () => null },
  "a description that is a list": { file: "sandbox.data", change: () => deep(2_000) },
  "a product that nobody knows": description({
    product: "__proto__",
    version: "x".repeat(100_000),
    dialect: "znuny-7",
  }),
  "a dialect that nobody knows": description({ dialect: "constructor" }),
  "a framework everywhere": description({ origin: { kind: "checkout", folder: "/" } }),
  "a framework in a pipe": description({ origin: { kind: "checkout", folder: "/dev/stdin" } }),
  "a first state that is none": description({ firstState: huge }),
  "modules of every name": description({
    perlModules: [
      ["__proto__", "1"],
      ["constructor", "\u001b[2J"],
    ],
  }),
};

/** Those that lead to what lies on a real disk. */
const few = /with a path outside|files outside|digest that leads outside|in a pipe|too long/;

const inMemory = memoryTriedDisk();
const originals = new Map<TriedDisk, string>();

before(async () => {
  for (const disk of [inMemory, realDisk]) {
    const original = lastingFolder(disk);
    originals.set(disk, original);
    plantSurroundings(original, disk);
    await usedSandbox(join(original, "box"), disk.files);
    disk.copy(join(original, "box"), join(original, "other"));
  }
});

for (const [name, { file, change }] of Object.entries(forgeries)) {
  for (const disk of disksFor(few.test(name), inMemory))
    test(`${name} is noticed or does no harm, ${disk.name}`, async (context) => {
      const root = disk.newFolder(context);
      const { files } = disk;
      disk.copy(originals.get(disk)!, root);
      const box = join(root, "box");
      const summaries = disk.names(join(box, "archives")).filter((each) => each.endsWith(".data"));
      for (const each of file === "archives" ? summaries.map((each) => `archives/${each}`) : [file]) {
        const path = join(box, each);
        const data = change(each === "journal.data" ? {} : dataOf(path, disk));
        disk.write(path, dataFileBytes(files, data));
      }
      const before = disk.snapshot(root, ["box", "clone"]);
      const ends = await tryEverything(join(root, "box"), files);
      assert.deepEqual(disk.snapshot(root, ["box", "clone"]), before);
      assert.ok(!Object.values(ends).includes("sandbox-failed"), JSON.stringify(ends));
      const { problem } = await repairSandbox(join(root, "box"), testWorld(files));
      assert.match(problem?.code ?? "", /^$|^sandbox-(?!failed)|^framework-/, problem?.message);
      assert.deepEqual(disk.snapshot(root, ["box", "clone"]), before);
      const other = await openSandbox(join(root, "other"), testWorld(files));
      assert.equal((await other.state()).packages.length, 1);
    });
}

function dataOf(path: string, disk: TriedDisk): Data {
  return JSON.parse(disk.read(path).toString().split("\n")[1]!);
}

for (const disk of disksFor(false, inMemory))
  test(`states without number and number without end, ${disk.name}`, async (context) => {
    const root = disk.newFolder(context);
    const original = originals.get(disk)!;
    disk.copy(original, root);
    const states = join(root, "box/states");
    const text = disk.read(join(states, "2.data"));
    for (const name of [
      "999999999.data",
      "-1.data",
      "1e9.data",
      "3-undo-4.data",
      "02.data",
      "4-undo-4.data",
    ]) {
      disk.write(join(states, name), text);
      const ends = await tryEverything(join(root, "box"), disk.files);
      assert.equal(ends.list, "ok");
      assert.ok(!Object.values(ends).includes("sandbox-failed"), `${name} ${JSON.stringify(ends)}`);
      disk.remove(root);
      disk.copy(original, root);
    }
    // More than can be arguments of one call.
    for (let number = 3; number < (process.env.SOPM_FULL === "1" ? 200_000 : 2_000); number++) {
      disk.write(join(states, `${number}.data`), "x");
    }
    const sandbox = await openSandbox(join(root, "box"), testWorld(disk.files));
    await assert.rejects(sandbox.state(), { code: "sandbox-damaged" });
    await assert.rejects(sandbox.operations(), { code: "sandbox-damaged" });
  });

/** With SOPM_FULL=1 sandboxes are damaged at many more places. */
const rounds = process.env.SOPM_FULL === "1" ? 1_000 : 40;

for (const disk of disksFor(false, inMemory))
  test(`a sandbox with ${rounds} random changes to its plain data opens, or says what is wrong, ${disk.name}`, async (context) => {
    const root = disk.newFolder(context);
    const random = randomFrom(41);
    const values: readonly unknown[] = [
      null,
      -1,
      0.5,
      huge,
      "",
      "../x",
      "\0",
      [],
      {},
      true,
      [[]],
      { __proto__: null },
      "x".repeat(9_999),
    ];
    for (let round = 0; round < rounds; round++) {
      disk.remove(root);
      disk.copy(originals.get(disk)!, root);
      const before = disk.snapshot(root, ["box", "clone"]);
      const files = disk
        .filesBelow(join(root, "box"))
        .filter((path) => path.endsWith(".data") && !path.startsWith("home"));
      const path = join(root, "box", random.pick(files));
      disk.write(path, dataFileBytes(disk.files, changed(dataOf(path, disk))));
      const ends = await tryEverything(join(root, "box"), disk.files);
      assert.ok(!Object.values(ends).includes("sandbox-failed"), `${path} ${JSON.stringify(ends)}`);
      const { problem } = await repairSandbox(join(root, "box"), testWorld(disk.files));
      assert.match(problem?.code ?? "", /^$|^sandbox-(?!failed)|^framework-/, `${path} ${problem?.message}`);
      assert.deepEqual(disk.snapshot(root, ["box", "clone"]), before);
    }

    /** Puts something else in the place of one value, however deep. */
    function changed(data: Data): Data {
      if (typeof data !== "object" || data === null || random.below(6) === 0) return random.pick(values);
      const key = random.pick(Object.keys(data).concat("extra"));
      if (key === "extra" && !Array.isArray(data)) return { ...data, extra: random.pick(values) };
      const copy: Data = Array.isArray(data) ? [...data] : { ...data };
      copy[key] = changed(copy[key]);
      return copy;
    }
  });
