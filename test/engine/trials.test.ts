import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareTrials } from "../../server/src/engine/trials/prepare-trials.ts";
import { makeClock } from "../../server/src/host/clock.ts";
import { toTheEndOf } from "../../server/src/rules/steps.ts";
import { bareWorld } from "../support/bare-world.ts";
import { madeWorld, readerOf } from "../support/made-history.ts";

test("a row with the time of its making is the same behind a second install, however long that takes", async () => {
  const sections = `<DatabaseInstall Type="post">
    <TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="create_time" Required="true" Type="DATE"/></TableCreate>
    <Insert Table="acme"><Data Key="id">1</Data><Data Key="create_time">current_timestamp</Data></Insert>
</DatabaseInstall>
<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
  let seconds = 0;
  const { trials } = await prepareTrials(
    {
      read: readerOf({ version: "1.0.0", sections, files: { "Kernel/System/Acme.pm": "1;" } }),
      ...{ versions: [], since: undefined, products: [], database: "mysql", siblings: undefined },
      ...{ scenarios: [], keptTables: {} },
    },
    {
      ...bareWorld(),
      ...madeWorld,
      openSandbox: () => assert.fail("no trial is made on a sandbox"),
      clock: makeClock(() => new Date(Date.UTC(2026, 0, 2) + 1000 * seconds++)),
    },
  );
  const again = trials.find(({ trial }) => trial.subject.kind === "install-again")!;
  assert.deepEqual(await toTheEndOf(again.run()), { kind: "passed", notes: [] });
});
