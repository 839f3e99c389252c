import type { AttributeFact } from "./element-fact.ts";

/** The conditions that the installer honours on database sections and on every element in them. */
export const databaseConditions: readonly AttributeFact[] = [
  {
    name: "IfPackage",
    type: "package",
    where: "packageMerge",
    summary: "Runs only if the named package is absorbed by `PackageMerge` in this same operation.",
    details:
      "That the package is merely installed is not enough. It counts in `DatabaseInstall` and `DatabaseUpgrade` and is ignored in merge and uninstall sections.",
  },
  {
    name: "IfNotPackage",
    type: "package",
    where: "packageMerge",
    summary: "Runs only if the named package is neither installed nor absorbed in this operation.",
    details:
      "It counts in `DatabaseInstall` and `DatabaseUpgrade` and is ignored in merge and uninstall sections. OTRS before 6.0.14 looks only at packages that are absorbed.",
  },
];

/** The gate on an element that stands directly in a database section. */
export const changeVersion: AttributeFact = {
  name: "Version",
  type: "version",
  summary:
    "The package version that brings this change; needed in `DatabaseUpgrade`, without meaning elsewhere.",
  details:
    "In `DatabaseUpgrade` the element runs when the installed version is lower. There is no upper bound: a version above the package's own runs now and again at every later upgrade. Without it the element never runs.",
};

/** What the builder writes onto an element that stands directly in a database section. */
export const changePhase: AttributeFact = {
  name: "Type",
  values: ["pre", "post", "merge"],
  filledBy: "builder",
  summary: "A copy of the section's phase that the builder writes; nobody reads it.",
  details:
    "The author's value is thrown away; only the `Type` of the section counts. OTRS 3 writes its own beside it, and the archive with two of them cannot be read any more.",
};

export const columnName: AttributeFact = {
  name: "Name",
  required: true,
  type: "column",
  summary: "The name of the column.",
  details:
    "Names are never quoted in SQL: use lower case letters, digits and `_`, at most 30 characters for Oracle, and no reserved word.",
};

export const columnType: AttributeFact = {
  name: "Type",
  required: true,
  values: ["VARCHAR", "INTEGER", "SMALLINT", "BIGINT", "DECIMAL", "DATE", "LONGBLOB"],
  anyCase: true,
  summary: "The type of the column, mapped to each database's own.",
  details:
    "`DATE` holds date and time. `VARCHAR` above 255 characters becomes `TEXT` on MySQL, and above 4000 `CLOB` on Oracle. `LONGBLOB` is `TEXT` on PostgreSQL. An unknown type is logged and handed to the database as it is.",
};

export const columnSize: AttributeFact = {
  name: "Size",
  type: "number",
  summary: "The length of a `VARCHAR`, or total and decimal digits of a `DECIMAL` such as `10,2`.",
  details: "Both types need it: without it the SQL has empty brackets and fails. Other types ignore it.",
};

export const columnRequired: AttributeFact = {
  name: "Required",
  advised: true,
  values: ["true", "false"],
  anyCase: true,
  type: "boolean",
  default: "false",
  summary: "`true` makes the column NOT NULL.",
  details: "Every other value counts as false.",
};

export const columnDefault: AttributeFact = {
  name: "Default",
  summary: "The value that a new row gets when none is given.",
  details:
    "It is written without escaping, unquoted for integer types. An empty value on an integer type gives broken SQL, MySQL, unlike MariaDB, takes no default on `LONGBLOB` and on a `VARCHAR` above 255, and Oracle turns an empty default into NULL.",
};

export const columnAutoIncrement: AttributeFact = {
  name: "AutoIncrement",
  values: ["true", "false"],
  anyCase: true,
  type: "boolean",
  default: "false",
  summary: "`true` numbers the rows automatically.",
  details:
    "MySQL demands that the column is a key. PostgreSQL makes a 32 bit `serial` of every type but `BIGINT`.",
};
