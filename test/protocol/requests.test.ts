import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { requests } from "../../server/src/protocol/requests.ts";

const room = join(import.meta.dirname, "../../server/src/protocol");

test("the list of requests names each one that the room has, by its name there", async () => {
  const found: Record<string, unknown> = {};
  for (const file of readdirSync(room)) {
    for (const [name, value] of Object.entries(await import(join(room, file)))) {
      if (name.endsWith("Request")) found[name] = value;
    }
  }
  assert.deepEqual(Object.entries(requests).sort(), Object.entries(found).sort());
});

test("no two requests have the same method", () => {
  const methods = Object.values(requests).map(({ method }) => method);
  assert.deepEqual([...new Set(methods)], methods);
});
