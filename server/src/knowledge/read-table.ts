import type { ColumnFact, ForeignKeyFact, IndexFact, TableFact, UniqueFact } from "./knowledge.ts";

/**
 * Reads a table of the data from its parts, which stand in the order of the framework's schema file.
 *
 * A part has blanks between its words and says by its first character what it is:
 * - `name TYPE(size)!*+ =default` a column; `!` means required, `*` primary key, `+` numbered automatically, and
 *   size, marks and default stand only where there are any;
 * - `#name column:size …` an index, the size only where one is given;
 * - `?name column …` a unique constraint, the name empty where none is given;
 * - `>table local:foreign …` a foreign key.
 */
export function readTable(name: string, parts: readonly string[]): TableFact {
  const columns: ColumnFact[] = [];
  const indexes: IndexFact[] = [];
  const uniques: UniqueFact[] = [];
  const foreignKeys: ForeignKeyFact[] = [];
  for (const part of parts) {
    const [first = "", ...words] = part.split(" ");
    const name = first.slice(1);
    switch (part[0]) {
      case "#":
        indexes.push({ name, columns: words.map(readIndexColumn) });
        break;
      case "?":
        uniques.push({ name: name || undefined, columns: words });
        break;
      case ">":
        foreignKeys.push({ table: name, references: words.map(readReference) });
        break;
      default:
        columns.push(readColumn(first, words));
    }
  }
  return { name, columns, indexes, uniques, foreignKeys };
}

function readColumn(name: string, [typeAndMarks = "", ...rest]: readonly string[]): ColumnFact {
  const [, type = "", size, marks = ""] = /^(\w+)(?:\(([^)]*)\))?(.*)$/.exec(typeAndMarks) ?? [];
  return {
    name,
    type,
    size,
    required: marks.includes("!"),
    primaryKey: marks.includes("*"),
    autoIncrement: marks.includes("+"),
    default: rest.length > 0 ? rest.join(" ").slice("=".length) : undefined,
  };
}

function readIndexColumn(word: string): IndexFact["columns"][number] {
  const [name = "", size] = word.split(":");
  return { name, size };
}

function readReference(word: string): ForeignKeyFact["references"][number] {
  const [local = "", foreign = ""] = word.split(":");
  return { local, foreign };
}
