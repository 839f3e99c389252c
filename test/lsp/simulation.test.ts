import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { nodeWorld } from "../../server/src/node/world.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";

const specUri = "file:///ws/Acme.sopm";

/** An upgrade makes a table before the one that it refers to. */
const childFirst = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>2.0.0</Version>
    <Framework>7.1.x</Framework>
    <Description Lang="en">Lines.</Description>
    <DatabaseUpgrade Type="post">
        <TableCreate Name="acme_line" Version="1.1.0">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="contract_id" Required="true" Type="BIGINT"/>
            <ForeignKey ForeignTable="acme_contract">
                <Reference Local="contract_id" Foreign="id"/>
            </ForeignKey>
        </TableCreate>
        <TableCreate Name="acme_contract" Version="1.1.0">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
        </TableCreate>
    </DatabaseUpgrade>
</otrs_package>
`;

interface Editor extends TalkingServer {
  /** Lets the pause end after which a package is tried, as soon as something waits for it. */
  pause(): Promise<void>;
  /** Whether something waits for such a pause. */
  waits(): boolean;
  edit(from: string, to: string): Promise<void>;
  save(): Promise<void>;
}

/** An editor with the spec open, whose typing pauses when a test says so. */
async function editor(context: TestContext, settings: object, uri = specUri): Promise<Editor> {
  const { knowledge, timers } = nodeWorld();
  const pauses = new Set<() => void>();
  let hear = () => {};
  const disk = new MemoryWorkspace({ "/ws/Acme.sopm": childFirst });
  const world = memoryWorld({
    ...filesOf(disk),
    knowledge,
    timers: {
      ...timers,
      after: (milliseconds, work) => {
        if (milliseconds !== 400) return timers.after(milliseconds, work);
        pauses.add(work);
        hear();
        return () => pauses.delete(work);
      },
    },
  });
  const server = await serverInProcess(context, world, {}, settings);
  let text = childFirst;
  let version = 1;
  await server.open(uri, text);
  await server.until(() => server.published(uri) !== undefined);
  return {
    ...server,
    pause: async () => {
      if (pauses.size === 0) await new Promise<void>((resolve) => (hear = resolve));
      for (const work of pauses) work();
      pauses.clear();
    },
    waits: () => pauses.size > 0,
    edit: async (from, to) => {
      text = text.replace(from, to);
      const contentChanges = [{ text }];
      await server.client.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: ++version },
        contentChanges,
      });
    },
    save: () => server.client.sendNotification("textDocument/didSave", { textDocument: { uri } }),
  };
}

function tells({ published }: TalkingServer, uri = specUri): boolean {
  return published(uri)?.includes("statement-misses") === true;
}

test("after a pause in typing a package is tried, and what is refused leads to where it comes from", async (t) => {
  const user = await editor(t, {});
  assert.equal(tells(user), false);
  await user.pause();
  await user.until(() => tells(user));
  const found = user.last(specUri)!.diagnostics.find(({ code }) => code === "statement-misses")!;
  assert.match(
    String(found.message),
    /^This Reference fails in upgrades from below 1\.1\.0\. There is no table/,
  );
  assert.deepEqual(found.range.start, { line: 11, character: 34 });
  const [other] = found.relatedInformation!;
  assert.equal(other!.message, "It is made here, which is too late.");
  assert.deepEqual(other!.location.range.start, { line: 14, character: 27 });
});

test("what was found stays where nothing of it changes, and is tried again where something does", async (t) => {
  const user = await editor(t, {});
  await user.pause();
  await user.until(() => tells(user));

  await user.edit("Lines.", "Lines of\n    contracts.");
  await user.until(() => user.last(specUri)!.version === 2);
  assert.equal(tells(user), true);
  assert.equal(user.waits(), false);

  await user.edit('acme_contract" Version="1.1.0"', 'acme_contract" Version="1.0.5"');
  await user.until(() => user.last(specUri)!.version === 3);
  assert.equal(tells(user), false);
  await user.pause();
  await user.until(() => tells(user));
});

test("a package is tried when it is opened and saved, where the settings say so", async (t) => {
  const user = await editor(t, { simulation: "onSave" });
  await user.until(() => tells(user));
  await user.edit('acme_contract" Version="1.1.0"', 'acme_contract" Version="1.0.5"');
  await user.until(() => user.last(specUri)!.version === 2);
  assert.equal(tells(user), false);
  await user.save();
  await user.until(() => tells(user));
});

test("no package is tried where the settings say so, or name no database", async (t) => {
  for (const settings of [{ simulation: "off" }, { simulationDatabases: [] }]) {
    const user = await editor(t, settings);
    await user.edit("Lines.", "Lines of contracts");
    await user.until(() => user.last(specUri)!.version === 2);
    // Documents are answered one after the other: the check has ended by now, and would have had a trial follow.
    await user.client.sendRequest("textDocument/hover", {
      textDocument: { uri: specUri },
      position: { line: 2, character: 6 },
    });
    assert.equal(user.waits(), false);
    assert.equal(tells(user), false);
  }
});

test("an archive that is open is tried like a spec", async (t) => {
  const archive = "file:///ws/Acme-2.0.0.opm";
  const user = await editor(t, {}, archive);
  await user.pause();
  await user.until(() => tells(user, archive));
});
