import assert from "node:assert/strict";
import { test } from "node:test";
import { frameworkSql } from "../../server/src/database/framework-sql.ts";
import type { TableFact } from "../../server/src/knowledge/knowledge.ts";

const release = { dialect: "znuny-7", version: "7.1.7" } as const;

/** A table with an index of a name, and a key to the table `users`. */
function tableWith(name: string, index: string): TableFact {
  const column = (name: string) => ({
    ...{ name, type: "INTEGER", size: undefined, default: undefined },
    ...{ required: true, primaryKey: name === "id", autoIncrement: name === "id" },
  });
  return {
    name,
    columns: [column("id"), column("owner_id")],
    uniques: [],
    indexes: [{ name: index, columns: [{ name: "owner_id", size: undefined }] }],
    foreignKeys: [{ table: "users", references: [{ local: "owner_id", foreign: "id" }] }],
  };
}

const guards = (sql: readonly string[]) => sql.filter((each) => /IF NOT EXISTS|@\w+Exists/.test(each));

test("nobody looks whether a key of a framework is there where all have names of their own", () => {
  const facts = [tableWith("one", "one_owner"), tableWith("other", "other_owner")];
  for (const kind of ["postgresql", "mysql", "mysql-8"] as const) {
    const sql = frameworkSql(facts, kind, release);
    assert.deepEqual(guards(sql), []);
    assert.equal(sql.filter((each) => /FOREIGN KEY/.test(each)).length, 2, kind);
  }
});

test("a key whose name another one has, in letters of any case, is looked for as the framework does", () => {
  const third = tableWith("third", "third_owner");
  const sql = frameworkSql(
    [tableWith("one", "of_owner"), tableWith("other", "Of_Owner"), third],
    "postgresql",
    release,
  );
  assert.equal(guards(sql).length, 4, "both keys of both tables");
  assert.ok(guards(sql).every((each) => !each.includes("third")));
  const primary = frameworkSql([tableWith("one", "third_pkey"), third], "postgresql", release);
  assert.equal(guards(primary).length, 4);
});
