import { databasePhases } from "../model/database-phases.ts";
import { type DatabaseStatement, readStatement } from "../model/database-statement.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { Element } from "../syntax/element.ts";
import { memo } from "../text/memo.ts";
import { DatabaseSchema } from "./database-schema.ts";

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly statement: DatabaseStatement;
  readonly element: Element;
  readonly section: Element;
  /** The phase of its section, see {@link databasePhases}. */
  readonly phase: string;
}

/** What a package does to the database, as far as its sections say it. */
export interface PackageDatabase {
  /** The statements of `DatabaseInstall` in the order they run. */
  readonly install: readonly PlacedStatement[];
  /**
   * The statements of `DatabaseUpgrade` that an upgrade can come to, in the order they run: those of phase `post`
   * with a `Version`.
   */
  readonly upgrade: readonly PlacedStatement[];
  /** The statements of `DatabaseUninstall` in the order they run. */
  readonly uninstall: readonly PlacedStatement[];
  /** The tables after a first installation. */
  readonly installed: DatabaseSchema;
  /** What the statements of `upgrade` make, seen for themselves: of older tables only what they change. */
  readonly upgraded: DatabaseSchema;
  /**
   * The columns that a table of the package's own has or had at any time, in lower case; undefined for other tables
   * and for those that were renamed, because then the package may not tell all of them.
   */
  columnNames(table: string): ReadonlySet<string> | undefined;
}

/**
 * The database sections of a package, for checks that look at more than one statement. The same spec gives the same
 * object.
 *
 * Sections of `DatabaseInstall` and `DatabaseUninstall` with a phase that never runs are taken along behind the
 * others, because a mistake in a `Type` should not make everything else look wrong.
 */
export function databaseOf(spec: PackageSpec): PackageDatabase {
  // Asked for each time, so that whoever keeps a result knows what it was made from.
  return databaseIn(spec, {
    install: spec.all("DatabaseInstall"),
    upgrade: spec.all("DatabaseUpgrade"),
    uninstall: spec.all("DatabaseUninstall"),
  });
}

const databaseIn = memo((_spec: PackageSpec, sections: DatabaseSections): PackageDatabase => {
  const install = statementsIn(sections.install);
  const upgrade = statementsIn(sections.upgrade).filter(
    (statement) => statement.phase === "post" && gateOf(statement) !== undefined,
  );
  return {
    install,
    upgrade,
    uninstall: statementsIn(sections.uninstall),
    installed: schemaAfter(install),
    upgraded: schemaAfter(upgrade),
    columnNames: columnNamesOf([...install, ...upgrade]),
  };
});

type DatabaseSections = Readonly<Record<"install" | "upgrade" | "uninstall", readonly Element[]>>;

/** The tables that statements make when there is none before them. */
export function schemaAfter(statements: readonly PlacedStatement[]): DatabaseSchema {
  const schema = new DatabaseSchema();
  for (const { statement } of statements) schema.apply(statement);
  return schema;
}

/** Tells whether the package itself creates a table, in whatever way its sections can say it. */
export function createsTable({ installed, upgraded }: PackageDatabase, table: string): boolean {
  return Boolean(installed.table(table)?.complete || upgraded.table(table)?.complete);
}

/** The `Version` by which an upgrade or a merge decides on a statement; undefined where there is none. */
function gateOf({ element }: PlacedStatement): string | undefined {
  return element.value("Version") || undefined;
}

/** True for a statement that runs only beside certain other packages. */
export function isConditional({ section, element }: PlacedStatement): boolean {
  return [section, element].some((each) => each.value("IfPackage") || each.value("IfNotPackage"));
}

/** An element of a statement, which is placed relative to it, at its place in the document. */
export function placed(statement: PlacedStatement, element: Element): Element {
  return new Element(element.node, statement.element.start + element.start, statement.element);
}

function columnNamesOf(statements: readonly PlacedStatement[]): PackageDatabase["columnNames"] {
  const names = new Map<string, Set<string>>();
  const created = new Set<string>();
  const renamed = new Set<string>();
  for (const { statement } of statements) {
    if (statement.kind === "insert") continue;
    const { table, columns, renamed: others } = namesIn(statement);
    const known = names.get(table) ?? new Set();
    names.set(table, known);
    for (const name of columns) known.add(name);
    for (const name of others) renamed.add(name);
    if (statement.kind === "create") created.add(table);
  }
  return (table) => {
    const key = table.toLowerCase();
    return created.has(key) && !renamed.has(key) ? names.get(key) : undefined;
  };
}

/** The names in a statement, in lower case. */
const namesIn = memo((statement: Exclude<DatabaseStatement, { kind: "insert" }>) => {
  const columns: string[] = [];
  const renamed: string[] = [];
  if (statement.kind === "create") {
    for (const { name } of statement.columns) columns.push(name.toLowerCase());
  } else if (statement.kind === "alter") {
    if (statement.renamed) {
      renamed.push(statement.renamed.from.toLowerCase(), statement.renamed.to.toLowerCase());
    }
    for (const change of statement.changes) {
      if (change.kind === "column-add") columns.push(change.column.name.toLowerCase());
      else if (change.kind === "column-drop") columns.push(change.name.toLowerCase());
      else if (change.kind === "column-change") {
        columns.push(change.oldName.toLowerCase(), change.column.name.toLowerCase());
      }
    }
  }
  return { table: statement.table.toLowerCase(), columns, renamed };
});

function statementsIn(sections: readonly Element[]): readonly PlacedStatement[] {
  return databasePhases(sections)
    .toSorted((a, b) => rankOf(a.phase) - rankOf(b.phase))
    .flatMap(({ section, phase }) =>
      statementElements(section).flatMap((element) => {
        const statement = readStatement(element.node);
        return statement ? [{ statement, element, section, phase }] : [];
      }),
    );
}

/**
 * The elements that may be statements. The SQL generator finds them at any depth; here it matters where an end tag
 * is missing, which puts a statement into the one before it.
 */
function statementElements(outer: Element): readonly Element[] {
  return outer.elements.flatMap((element) =>
    element.name === "TableDrop" && element.elements.length > 0
      ? [element, ...statementElements(element)]
      : [element],
  );
}

function rankOf(phase: string): number {
  return phase === "pre" ? 0 : phase === "post" ? 1 : 2;
}
