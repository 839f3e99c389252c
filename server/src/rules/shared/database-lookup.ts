import type { TypedColumn } from "../../model/column-type.ts";
import type { PackageDatabase } from "../../model/package-database.ts";
import { codeFamilies, type PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";

/** What is known of a column, from the package's own statements or from the framework. */
export interface KnownColumn extends TypedColumn {
  readonly name: string;
  readonly required: boolean;
  readonly autoIncrement: boolean;
  readonly default: string | undefined;
}

/** A column of a table of the package or of the framework; undefined when nobody knows it. */
export function knownColumn(
  database: PackageDatabase,
  { knowledge }: Pick<RuleContext, "knowledge">,
  table: string,
  column: string,
): KnownColumn | undefined {
  const key = column.toLowerCase();
  return (
    database.installed.table(table)?.columns.get(key) ??
    database.upgraded.table(table)?.columns.get(key) ??
    knowledge.table(table)?.columns.find(({ name }) => name.toLowerCase() === key)
  );
}

/** Tells whether the package itself creates a table, in whatever way its sections can say it. */
export function createsTable({ installed, upgraded }: PackageDatabase, table: string): boolean {
  return Boolean(installed.table(table)?.complete || upgraded.table(table)?.complete);
}

/**
 * Tells whether code in the spec has a word in it, such as the name of a table. Then what happens to the table cannot
 * be told from the database sections alone.
 */
export function codeMentions(spec: PackageSpec, word: string): boolean {
  const folded = word.toLowerCase();
  return codeFamilies.some((family) =>
    spec.all(family).some((section) => wordsOf(section.node, section).has(folded)),
  );
}

/** The words of a code section in lower case, found once and kept as long as the section stays the same. */
const wordsOf = memo(
  (_node: ElementNode, section: Element): ReadonlySet<string> =>
    new Set(section.text.value.toLowerCase().match(/\w+/g)),
);

/** True when other packages may have made tables that this one works on. */
export function buildsOnOthers(spec: PackageSpec): boolean {
  return spec.all("PackageRequired").length > 0 || spec.all("PackageMerge").length > 0;
}
