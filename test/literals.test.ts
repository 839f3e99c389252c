import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialectIds, families, productNames } from "../server/src/dialect/products.ts";
import { databaseKinds, databaseTitles } from "../server/src/protocol/databases.ts";

/** A kind of name that code asks a table about instead of comparing it. */
interface NameKind {
  readonly what: string;
  readonly names: readonly string[];
  /** Where the tables are: folders and files of `server/src`, each with what it says. */
  readonly places: Readonly<Record<string, string>>;
}

const kinds: readonly NameKind[] = [
  {
    what: "product",
    names: [...dialectIds, ...productNames, ...families],
    places: {
      "dialect/": "the rows of products, switches and tags",
      "knowledge/": "the releases that facts were read from",
      "library.ts": "types of its own, so that programs need no other file; written from the rows",
    },
  },
  {
    what: "database",
    names: [...databaseKinds, ...Object.values(databaseTitles)],
    places: {
      "protocol/databases.ts": "the names, which the client shows as well",
      "database/engines.ts": "the rows of facts",
      "database/sql/": "the drivers",
      "model/reserved-words.ts": "the list of words of each database",
      "node/databases/": "what talks to servers, a driver for each",
      "library.ts": "types of its own, so that programs need no other file; written from the names",
    },
  },
];

const root = join(import.meta.dirname, "..");

for (const { what, names, places } of kinds) {
  test(`no code outside ${Object.keys(places).join(", ")} names a ${what}`, () => {
    for (const file of [...sources("server/src"), ...sources("client/src")]) {
      if (Object.keys(places).some((place) => file.startsWith(`server/src/${place}`))) continue;
      const found = literalsIn(readFileSync(join(root, file), "utf8"), names);
      assert.deepEqual(
        found,
        [],
        `${file} asks for a ${what} by its name: ask for a fact of its row instead`,
      );
    }
  });
}

test("a name is found in a comparison, a list and a key, and not in prose", () => {
  const names = ["znuny-7", "Znuny", "mysql"];
  const code = `
    // "mysql" in a comment
    /** "Znuny" in another, */
    if (dialect === "znuny-7" || product === 'Znuny') return \`mysql\`;
    const limits = { mysql: 64 };
    const text = "Znuny 7 refuses mysql: 1";
  `;
  assert.deepEqual(literalsIn(code, names), ["znuny-7", "Znuny", "mysql", "mysql"]);
});

/** The names that stand alone in quotes, or before a colon as the key of a table, outside of comments. */
function literalsIn(source: string, names: readonly string[]): string[] {
  const name = `(?:${names.join("|")})`;
  const code = source.replace(/\/\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");
  const found = code.matchAll(new RegExp(`(["'\`])(${name})\\1|(?<=[{,]\\s*|^\\s*)(${name})(?=\\s*:)`, "gm"));
  return [...found].map(([, , quoted, key]) => (quoted ?? key)!);
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
}
