import assert from "node:assert/strict";
import { test } from "node:test";
import { writeParameters } from "../../server/src/cli/common-parameters.ts";
import { worldFor } from "../../server/src/cli/sandbox-argument.ts";
import * as rows from "../../server/src/cli/sandbox-commands.ts";
import type { Shell } from "../../server/src/host/shell.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { settingsOfEditor } from "../support/settings.ts";

test("what is written into sandboxes is flushed unless somebody says no", () => {
  const world = nodeWorld();
  assert.equal(world.files({ flush: true }).traits.flushes, true);
  assert.equal(world.files({ flush: false }).traits.flushes, false);
  const asked: boolean[] = [];
  const files = ({ flush }: { readonly flush: boolean }) => {
    asked.push(flush);
    return world.files({ flush });
  };
  const shell = { world: memoryWorld({ files }) } as unknown as Shell;
  worldFor({}, shell);
  worldFor({ "no-flush": false }, shell);
  worldFor({ "no-flush": true }, shell);
  assert.deepEqual(asked, [true, true, false]);
  assert.equal(settingsOfEditor(undefined).flushSandboxes, true);
  assert.equal(settingsOfEditor({ flushSandboxes: false }).flushSandboxes, false);
});

test("every command that writes into a sandbox takes the options for it, and no other does", () => {
  const taking = Object.entries(rows)
    .filter(([, parameters]) => Object.keys(writeParameters).every((name) => Object.hasOwn(parameters, name)))
    .map(([name]) => name.replace("Parameters", ""));
  assert.deepEqual(taking.sort(), [
    ...[
      "add",
      "console",
      "create",
      "drop",
      "installDefaults",
      "installRequired",
      "remove",
      "repair",
      "reset",
    ],
    ...["sandboxOperation", "undo", "upgradeAll"],
  ]);
});
