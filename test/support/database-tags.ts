import assert from "node:assert/strict";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { readStructure, type Tag } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/**
 * The tags of database elements, as the generator gets them.
 *
 * @param xml what stands inside a `DatabaseInstall`, or the whole of one
 */
export function databaseTags(xml: string, dialect: DialectId = "otobo-11"): readonly Tag[] {
  const text = xml.startsWith("<DatabaseInstall") ? xml : `<DatabaseInstall>${xml}</DatabaseInstall>`;
  const { structure } = readStructure(SyntaxTree.parse(text), dialect);
  const phases = structure?.database.DatabaseInstall;
  assert.ok(phases, `no database section can be read: ${xml}`);
  return [...phases.values()].flat();
}
