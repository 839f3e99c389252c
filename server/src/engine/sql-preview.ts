import type { DatabaseKind } from "../database/engines.ts";
import type { DialectId } from "../dialect/dialect.ts";
import type { Translate } from "../l10n/translate.ts";
import { operations } from "../lifecycle/operation.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import { sqlRuns } from "./sql.ts";
import { type SqlText, type SqlTextPart, sqlText } from "./sql-text.ts";

export interface SqlPreview extends SqlText {
  /** False when the spec cannot be read just now; the text says so then. */
  readonly isReadable: boolean;
}

/**
 * The SQL of all database sections of a package as one text, operation by operation and phase by phase. An upgrade shows
 * every element, whatever was installed before.
 *
 * @param structure undefined when nothing can be read
 * @param now what `current_timestamp` becomes, as "YYYY-MM-DD hh:mm:ss"
 */
export function sqlPreview(
  structure: PackageStructure | undefined,
  database: DatabaseKind,
  dialect: DialectId,
  now: string,
  translate: Translate,
): SqlPreview {
  const say = (text: string): SqlText => ({ text: `-- ${translate(text)}\n`, parts: [] });
  if (!structure)
    return { ...say("The spec cannot be read, because it is not well-formed."), isReadable: false };
  const texts = operations
    .map((operation) =>
      sqlText(operation, sqlRuns(structure, { operation, database, dialect, now }), translate),
    )
    .filter(({ text }) => text !== "");
  const shown = texts.length > 0 ? joined(texts) : say("The package has no database sections.");
  return { ...shown, isReadable: true };
}

function joined(texts: readonly SqlText[]): SqlText {
  let text = "";
  const parts: SqlTextPart[] = [];
  for (const each of texts) {
    if (text !== "") text += "\n";
    const at = text.length;
    text += each.text;
    for (const { span, source } of each.parts)
      parts.push({ span: { start: span.start + at, end: span.end + at }, source });
  }
  return { text, parts };
}
