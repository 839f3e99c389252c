import type { Table } from "../../server/src/database/table.ts";

/** A table as the console of MariaDB describes it: in small letters, integers with the width they are shown in. */
export interface RenderedTable {
  /** Such as "id int(11) not null". */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const types: Readonly<Record<string, string>> = {
  smallint: "smallint(6)",
  int: "int(11)",
  integer: "int(11)",
  bigint: "bigint(20)",
};

export function renderTable({ columns, rows }: Table): RenderedTable {
  return {
    columns: columns.map(({ name, type, nullable }) => {
      const plain = type.toLowerCase().replace(" (", "(");
      return `${name} ${types[plain] ?? plain}${nullable ? "" : " not null"}`;
    }),
    rows: (rows ?? []).map((row) => row.map((value) => value ?? "NULL")),
  };
}
