import { cloneSandbox, createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { repairSandbox } from "../../server/src/sandbox/repair.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { databaseToData } from "../../server/src/system/database-data.ts";
import type { HomeChange } from "../../server/src/system/home.ts";
import type { PackageTableChange } from "../../server/src/system/package-table.ts";
import { entryAt, storedIn } from "./known-system.ts";
import { type MemoryDisk, MemoryFileSystem } from "./memory-file-system.ts";
import { addRow, makeFolder, move, remove, testWorld, workOf, write, znuny } from "./sandbox-work.ts";

/** Where the sandbox of a scene is. */
export const box = "/work/box";

/** Something that is done to a sandbox on a disk in memory, and what was there before. */
export interface Scene {
  readonly name: string;
  /** What is done before anything is watched. */
  readonly prepare: (stage: Stage) => Promise<void>;
  readonly act: (stage: Stage) => Promise<void>;
  /** The act in parts, when the sandbox may be found between two of them as well. */
  readonly parts?: readonly ((stage: Stage) => Promise<void>)[];
  /** The sandbox that is looked at; the box where none is named. */
  readonly folder?: string;
}

/** The disk of a scene, as one process sees it. */
export class Stage {
  readonly files: MemoryFileSystem;

  constructor(disk: MemoryDisk, process: number, flushes = true) {
    this.files = new MemoryFileSystem(disk, process, flushes);
  }

  get world() {
    return testWorld(this.files);
  }

  open(folder = box): Promise<Sandbox> {
    return openSandbox(folder, this.world);
  }

  async perform(files: readonly HomeChange[], rows: readonly PackageTableChange[]): Promise<void> {
    const sandbox = await this.open();
    await sandbox.perform(workOf(await sandbox.state(), files, rows));
  }

  /** Writes a file by hand. */
  async byHand(path: string, text: string): Promise<void> {
    await this.files.removeTree(`${box}/home/${path}`);
    // Later than what an operation has done.
    await this.files.pause(1_000);
    await this.files.write([{ path: `${box}/home/${path}`, bytes: Buffer.from(text) }]);
  }
}

const core = "Kernel/System/Package.pm";

async function create({ files, world }: Stage): Promise<void> {
  await files.makeFolders([{ path: "/work" }]);
  await createSandbox(box, { framework: znuny }, world);
}

const install: Pick<Scene, "act"> = {
  act: (stage) =>
    stage.perform(
      [
        makeFolder("Kernel/System/Acme"),
        write("Kernel/System/Acme/A.pm", "one of 1.0.0"),
        write("Kernel/System/Acme/B.pm", "two of 1.0.0", 0o755),
        move(core, `${core}.save`),
        write(core, "ours"),
        move("Kernel/ByHand.pm", "Kernel/ByHand.pm.save"),
        write("Kernel/ByHand.pm", "ours as well"),
      ],
      [addRow("Acme", "1.0.0")],
    ),
};

async function prepareInstall(stage: Stage): Promise<void> {
  await create(stage);
  await stage.files.makeFolders([{ path: `${box}/home/Kernel` }]);
  await stage.byHand("Kernel/ByHand.pm", "by hand");
}

const upgrade: Pick<Scene, "act"> = {
  act: (stage) =>
    stage.perform(
      [
        write("Kernel/System/Acme/A.pm", "one of 2.0.0"),
        remove("Kernel/System/Acme/B.pm"),
        write("Kernel/System/Acme/C.pm", "another two"),
        { kind: "copy", from: "Kernel/ByHand.pm", to: "Kernel/ByHand.pm.custom_backup", mode: 0o600 },
        { kind: "copy", from: core, to: "Kernel/Copy.pm", mode: 0o644 },
        remove(core),
        move(`${core}.save`, core),
        makeFolder("var/acme"),
        makeFolder("var/acme/deep"),
      ],
      [{ kind: "remove-rows", name: "Acme", version: undefined }, addRow("Acme", "2.0.0")],
    ),
};

async function prepareUpgrade(stage: Stage): Promise<void> {
  await prepareInstall(stage);
  await install.act(stage);
}

async function prepareUndo(stage: Stage): Promise<void> {
  await prepareUpgrade(stage);
  await upgrade.act(stage);
  await stage.byHand("Kernel/System/Acme/A.pm", "changed by hand");
}

/** Packages that are upgraded one after the other. */
const family = ["Base", "Middle", "Top"];

function release(name: string, version: string): [readonly HomeChange[], readonly PackageTableChange[]] {
  const old: readonly PackageTableChange[] =
    version === "1.0.0" ? [] : [{ kind: "remove-rows", name, version: undefined }];
  return [[write(`Kernel/${name}.pm`, `${name} ${version}`)], [...old, addRow(name, version)]];
}

/** All that is done to a sandbox by one call or, of a series, by several. */
export const scenes: readonly Scene[] = [
  { name: "install", prepare: prepareInstall, ...install },
  { name: "upgrade", prepare: prepareUpgrade, ...upgrade },
  {
    name: "uninstall",
    prepare: prepareUpgrade,
    act: (stage) =>
      stage.perform(
        [
          remove("Kernel/System/Acme/A.pm"),
          remove("Kernel/System/Acme/B.pm"),
          remove(core),
          move(`${core}.save`, core),
          remove("Kernel/ByHand.pm"),
          move("Kernel/ByHand.pm.save", "Kernel/ByHand.pm"),
        ],
        [{ kind: "remove-rows", name: "Acme", version: undefined }],
      ),
  },
  {
    name: "undo",
    prepare: prepareUndo,
    act: async (stage) => void (await (await stage.open()).undo(1)),
  },
  {
    name: "reset",
    prepare: prepareUndo,
    act: async (stage) => void (await (await stage.open()).reset()),
  },
  {
    name: "upgrade all",
    parts: family.map((name) => (stage) => stage.perform(...release(name, "2.0.0"))),
    async prepare(stage) {
      await create(stage);
      for (const name of family) await stage.perform(...release(name, "1.0.0"));
    },
    async act(stage) {
      for (const name of family) await stage.perform(...release(name, "2.0.0"));
    },
  },
  {
    name: "configure",
    prepare: prepareUpgrade,
    act: async (stage) => (await stage.open()).configure({ name: "Another", vendor: "Acme" }),
  },
];

/** All that makes a new folder a sandbox. It is there in the end, or it is not. */
export const makings: readonly Scene[] = [
  { name: "create", prepare: async ({ files }) => files.makeFolders([{ path: "/work" }]), act: makeBox },
  {
    name: "clone",
    folder: "/work/clone",
    prepare: prepareUndo,
    async act(stage) {
      await cloneSandbox(await stage.open(), "/work/clone", { name: "Clone" }, stage.world);
    },
  },
];

async function makeBox({ world }: Stage): Promise<void> {
  await createSandbox(box, { framework: znuny, name: "Box" }, world);
}

/** Repairs of what is damaged in one way or another. */
export const repairs: readonly Scene[] = [
  repairOf("the present state", async ({ files }) => {
    await files.removeTree(`${box}/states/2.data`);
    await files.write([{ path: `${box}/states/2.data`, bytes: Buffer.from("garbage") }]);
  }),
  repairOf("the description", async ({ files }) => files.removeTree(`${box}/sandbox.data`)),
  repairOf("an archive", async ({ files }) => {
    for (const name of await files.list(`${box}/archives`)) await files.removeTree(`${box}/archives/${name}`);
  }),
  repairOf("what an undo needs", async ({ files }) => files.removeTree(`${box}/undo/1/0`)),
  repairOf("folders", async ({ files }) => {
    await files.removeTree(`${box}/archives`);
    await files.write([{ path: `${box}/archives`, bytes: Buffer.from("a file") }]);
  }),
  repairOf("the journal", async ({ files }) => {
    await files.write([{ path: `${box}/journal.data`, bytes: Buffer.from("garbage") }]);
    await files.makeFolders([{ path: `${box}/undo/3` }]);
    await files.write([{ path: `${box}/undo/3/0`, bytes: Buffer.from("displaced") }]);
  }),
];

function repairOf(what: string, damage: (stage: Stage) => Promise<void>): Scene {
  return {
    name: `repair of ${what}`,
    async prepare(stage) {
      await prepareUpgrade(stage);
      await upgrade.act(stage);
      await damage(stage);
    },
    async act({ world }) {
      const { problem } = await repairSandbox(box, world);
      if (problem) throw problem;
    },
  };
}

/** Everything that makes a state what it is: what can be read of the sandbox, and what lies in its home. */
export async function pictureOf(stage: Stage, folder = box): Promise<string> {
  const sandbox = await stage.open(folder);
  const state = await sandbox.state();
  const { packages, settings, database } = state;
  for (const { digest } of packages) await (await storedIn(state, digest)).archive.read();
  const { name, vendor, firstState } = sandbox.description;
  const frameworks = [core, `${core}.save`];
  const found: (string | number | undefined)[] = [];
  for (const path of frameworks) {
    const entry = await entryAt(state, path);
    found.push(entry?.kind, entry?.kind === "file" && entry.content === "unknown" ? entry.mode : undefined);
  }
  return JSON.stringify([
    ...[name, vendor, firstState, packages, [...settings], found, databaseToData(database)],
    stage.files.disk.tree(`${folder}/home`),
  ]);
}
