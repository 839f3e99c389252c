import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connection } from "vscode-languageserver";
import { MissingPart } from "../../server/src/host/missing-part.ts";
import { BackgroundFailures } from "../../server/src/lsp/failure.ts";
import { memoryWorld } from "../support/memory-world.ts";

test("a missing part is logged and shown once, and all other failures are logged each time", () => {
  const logged: string[] = [];
  const shown: { readonly message: string }[] = [];
  const failures = new BackgroundFailures({
    world: memoryWorld(),
    connection: {
      console: { error: (text: string) => logged.push(text.split("\n")[0]!) },
      sendNotification: async (_: unknown, params: { readonly message: string }) => void shown.push(params),
    } as unknown as Connection,
  });
  for (let spec = 0; spec < 3; spec++) failures.report(new MissingPart("/opt/sopm/data/a.json"));
  failures.report(new Error("odd"));
  failures.report(new Error("odd"));
  assert.deepEqual(logged, [
    "MissingPart: a part of SOPM cannot be read: /opt/sopm/data/a.json",
    "Error: odd",
    "Error: odd",
  ]);
  assert.equal(shown.length, 1);
  assert.match(shown[0]!.message, /\/opt\/sopm\/data\/a\.json/);
});
