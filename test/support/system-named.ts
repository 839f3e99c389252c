import assert from "node:assert/strict";
import type { DatabaseKind } from "../../server/src/database/engines.ts";
import { defaultSystem } from "../../server/src/engine/default-system.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

/** A system as it is delivered, for what people write, such as "Znuny 7.1.3". */
export function systemNamed(product: string, database: DatabaseKind = "mysql"): SystemState {
  const read = readProductVersion(product);
  assert.ok(read, product);
  return defaultSystem(read, database, knowledgeFor);
}
