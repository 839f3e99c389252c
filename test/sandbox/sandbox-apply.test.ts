import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { type Operation, operations } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import { openSandbox, type Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { type ProductVersion, readProductVersion } from "../../server/src/system/product-version.ts";
import { systemPartData } from "../../server/src/system/system-data.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { entryAt, planOn, storedIn, textAt } from "../support/known-system.ts";
import { archiveContents } from "../support/memory-system.ts";
import { addRow, testWorld, treeOf, workOf } from "../support/sandbox-work.ts";
import { sharedFolder } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A sandbox that goes through a story, and remembers what it was after each operation. */
class Story {
  readonly sandbox: Sandbox;
  readonly #dialect: ProductVersion["dialect"];
  /** What was there before each operation, by its number; undone only as far as nobody has changed files by hand. */
  #past: { readonly number: number; readonly tree: readonly string[]; readonly data: unknown }[] = [];

  private constructor(sandbox: Sandbox, { dialect }: ProductVersion) {
    this.sandbox = sandbox;
    this.#dialect = dialect;
  }

  static async begin(test: TestContext, product: string): Promise<Story> {
    const framework = readProductVersion(product)!;
    const folder = join(temporaryFolder(test), "box");
    return new Story(await createSandbox(folder, { framework }, testWorld()), framework);
  }

  get home(): string {
    return join(this.sandbox.folder, "home");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.home, path)), { recursive: true });
    writeFileSync(join(this.home, path), text);
  }

  delete(path: string): void {
    rmSync(join(this.home, path), { force: true });
  }

  contents(archive: string | Uint8Array): PackageContents {
    return archiveContents(archive, this.#dialect);
  }

  /** Applies a plan, and compares what the sandbox is then with what the plan has said. */
  async perform(operation: Operation, contents: PackageContents, force = false): Promise<Plan> {
    const before = await this.sandbox.state();
    this.#past.push({
      number: (await this.sandbox.operations()).length - 1,
      tree: treeOf(this.home),
      data: dataOf(before),
    });
    const plan = await planOn(before, operation, contents, { force });
    // Read before anything changes: homes look at the disk when they are asked.
    const paths = pathsOf(plan);
    const expected = await lookAt(plan.after, paths);
    const done = await this.sandbox.apply(plan);
    if (!done) {
      assert.notEqual(plan.verdict, "success");
      this.#past.pop();
    }
    const after = await this.sandbox.state();
    assert.deepEqual(dataOf(after), dataOf(plan.after));
    assert.deepEqual(await lookAt(after, paths), expected);
    return plan;
  }

  /** Undoes the operations one by one, as long as what was there before each is known. */
  async undoAll(): Promise<void> {
    for (const { number, tree, data } of this.#past.reverse()) {
      await this.sandbox.undo(number);
      assert.deepEqual(dataOf(await this.sandbox.state()), data, `data after undo to ${number}`);
      assert.deepEqual(treeOf(this.home), tree, `files after undo to ${number}`);
    }
  }
}

/** Package table, database and settings. */
function dataOf(state: SystemState): unknown {
  const system = { ...state, files: { ledger: new Map(), modes: new Map() } };
  const parts = ["packages", "database", "settings"] as const;
  // What is undefined is left out on the way to the disk.
  return JSON.parse(JSON.stringify(parts.map((part) => systemPartData(part, system))));
}

function pathsOf(plan: Plan): readonly string[] {
  const paths = new Set<string>();
  for (const { changes } of plan.steps) {
    for (const { part, ...each } of changes) {
      if (part !== "home" || !("change" in each)) continue;
      const change = each.change as { path?: string; from?: string; to?: string };
      for (const path of [change.path, change.from, change.to]) if (path !== undefined) paths.add(path);
    }
  }
  return [...paths];
}

async function lookAt(state: SystemState, paths: readonly string[]): Promise<unknown> {
  const found: Record<string, unknown> = {};
  for (const path of paths) {
    const entry = await entryAt(state, path);
    found[path] = entry;
    if (entry?.kind !== "file") continue;
    const { mode, content } = entry;
    const text = typeof content === "string" ? content : Buffer.from(await content.read()).toString("latin1");
    found[path] = { mode, content: text };
  }
  return found;
}

function archive(version: string, files: Readonly<Record<string, string>>): string {
  const list = Object.entries(files).map(
    ([location, content]) =>
      `<File Location="${location}" Permission="644" Encode="Base64">${btoa(content)}</File>`,
  );
  const table = `<TableCreate Name="acme"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate><Insert Table="acme"><Data Key="id">1</Data></Insert>`;
  return `<?xml version="1.0" encoding="utf-8" ?><otrs_package version="1.1"><Name>Acme</Name><Version>${version}</Version><Vendor>Acme</Vendor><Framework>7.1.x</Framework><DatabaseInstall Type="post">${table}</DatabaseInstall><DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="1.2.0"><ColumnAdd Name="two" Type="INTEGER" Required="false"/></TableAlter></DatabaseUpgrade><Filelist>${list.join("")}</Filelist></otrs_package>`;
}

test("install, edit, upgrade, reinstall, uninstall: the sandbox becomes what each plan says, and undo leads back", async (context) => {
  const story = await Story.begin(context, "Znuny 7.1.7");
  const core = "Kernel/System/Package.pm";
  const first = story.contents(
    archive("1.0.0", {
      "Kernel/System/Acme.pm": "acme 1",
      [core]: "core 1",
      "var/stray": "stray 1",
      "var/old/a": "1",
    }),
  );
  const second = story.contents(
    archive("1.2.0", {
      "Kernel/System/Acme.pm": "acme 2",
      [core]: "core 2",
      "var/stray": "stray 2",
      "var/new/b": "2",
    }),
  );
  story.write("var/stray", "stray");
  await story.perform("install", first);
  await story.perform("reinstall", first);
  await story.perform("upgrade", second);
  await story.perform("uninstall", second);
  const after = await story.sandbox.state();
  const { database } = after;
  assert.equal(await textAt(after, core), "unknown");
  assert.equal(readFileSync(join(story.home, "var/stray"), "utf8"), "stray");
  const table = database.table("acme");
  assert.deepEqual(typeof table === "object" && table.columns.map(({ name }) => name), ["id", "two"]);
  await story.undoAll();
});

test("a file changed by hand is put aside by an upgrade, and is there again after an undo", async (context) => {
  const story = await Story.begin(context, "OTOBO 11.0.5");
  const build = (version: string) =>
    story.contents(
      archive(version, { "Kernel/System/Acme.pm": version })
        .replaceAll("otrs_package", "otobo_package")
        .replace("7.1.x", "11.0.x"),
    );
  await story.perform("install", build("1.0.0"));
  story.write("Kernel/System/Acme.pm", "by hand");
  const before = (await story.sandbox.operations()).length - 1;
  await story.perform("upgrade", build("1.2.0"));
  assert.equal(readFileSync(join(story.home, "Kernel/System/Acme.pm.custom_backup"), "utf8"), "by hand");
  await story.sandbox.undo(before);
  assert.equal(readFileSync(join(story.home, "Kernel/System/Acme.pm"), "utf8"), "by hand");
});

const letters = "QUJD".repeat(100);

/** Long texts of Base64 letters or blanks that are no content of a file, each in its place in an archive. */
const longTexts: Readonly<Record<string, string>> = {
  "a description": `<Description Lang="en">${letters}</Description>`,
  "blanks between two elements": `<Vendor>Acme</Vendor>${" \n".repeat(200)}`,
  "a value of a row": `<DatabaseInstall Type="post"><Insert Table="acme"><Data Key="id">2</Data><Data Key="t">${letters}</Data></Insert></DatabaseInstall>`,
  code: `<CodeInstall Type="post">${letters}</CodeInstall>`,
  "a text that goes on with another character": `<Description Lang="en">${letters}!</Description>`,
  "what looks like a mark of ours": `<Description Lang="en">=cut0=</Description><Vendor>${letters}</Vendor>`,
};
for (const [name, xml] of Object.entries(longTexts)) {
  test(`an archive with a long text of letters or blanks is installed: ${name}`, async (context) => {
    const story = await Story.begin(context, "Znuny 7.1.7");
    const text = archive("1.0.0", { "Kernel/A.pm": "short", "Kernel/B.pm": letters }).replace(
      "<Filelist>",
      `${xml}<Filelist>`,
    );
    const plan = await story.perform("install", story.contents(text));
    assert.equal(plan.verdict, "success");
    assert.equal(readFileSync(join(story.home, "Kernel/B.pm"), "utf8"), letters);
    // As another process finds it, which knows the archive by what was written down about it.
    const again = await (await openSandbox(story.sandbox.folder, testWorld())).state();
    const stored = await storedIn(again, again.packages[0]!.digest);
    assert.deepEqual(
      await Promise.all(
        stored.files.map(async ({ content }) => Buffer.from(await content!.read()).toString()),
      ),
      ["short", letters],
    );
    assert.deepEqual(stored.structure?.repeated, story.contents(text).structure?.repeated);
    assert.deepEqual(readdirSync(join(story.sandbox.folder, "archives")).filter(isTemporary), []);
    await story.perform("uninstall", stored);
    await story.undoAll();
  });
}

test("archives that cannot be stored leave nothing behind", async (context) => {
  const story = await Story.begin(context, "Znuny 7.1.7");
  const state = await story.sandbox.state();
  const good = addRow("Acme", "1.0.0");
  const bad = addRow("Bad", "1.0.0");
  assert.ok(bad.kind === "add-row");
  const changed = { ...bad, contents: { ...bad.contents, digest: "0".repeat(64) } };
  await assert.rejects(story.sandbox.perform(workOf(state, [], [good, changed])), {
    code: "archive-changed",
  });
  assert.deepEqual(readdirSync(join(story.sandbox.folder, "archives")), []);
  await story.sandbox.perform(workOf(state, [], [good, bad]));
});

function isTemporary(name: string): boolean {
  return name.endsWith(".tmp");
}

interface ScenarioStep {
  readonly op: string;
  readonly package?: string;
  readonly raw?: string;
  readonly force?: number;
  readonly file?: string;
  readonly text?: string;
}

for (const [name, product] of [
  ["vectors/lifecycle", "OTOBO 11.0.5"],
  ["vectors-znuny/lifecycle", "Znuny 7.1.7"],
  ["vectors-otrs-6/lifecycle", "OTRS 6.0.41"],
] as const) {
  const folder = sharedFolder(name);
  if (folder === undefined) continue;
  const scenarios: readonly { readonly id: string; readonly steps: readonly ScenarioStep[] }[] = JSON.parse(
    readFileSync(join(folder, "scenarios.json"), "utf8"),
  );
  test(`${product}: in ${scenarios.length} scenarios each sandbox becomes what the plans say, and undo leads back`, async (context) => {
    for (const { id, steps } of scenarios) {
      const story = await Story.begin(context, product);
      // Files written by hand between operations are no part of any undo; such stories are only told forward.
      let byHand = false;
      for (const { op, force, ...step } of steps) {
        try {
          const operation = operations.find((each) => each === op);
          if (operation) {
            const bytes = step.raw ?? readFileSync(join(folder, "opm", `${step.package}.opm`));
            await story.perform(operation, story.contents(bytes), force === 1);
          } else if (op === "write") story.write(step.file!, step.text!);
          else if (op === "delete") story.delete(step.file!);
          byHand ||= op === "write" || op === "delete";
        } catch (error) {
          if (error instanceof Error) error.message = `${id}, ${op}: ${error.message}`;
          throw error;
        }
      }
      if (!byHand) await story.undoAll();
    }
  });
}
