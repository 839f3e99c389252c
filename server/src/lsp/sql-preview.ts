import type { PackageContents } from "../builder/package-contents.ts";
import { readSafely } from "../builder/read-safely.ts";
import { productFor } from "../engine/default-system.ts";
import { builtStructure, previewSql, type SqlPreview } from "../engine/preview-sql.ts";
import { readPackage } from "../engine/read-package.ts";
import { readingNote } from "../engine/reading-note.ts";
import type { World } from "../host/world.ts";
import { isDatabaseFamily } from "../model/package-spec.ts";
import { type DatabaseKind, defaultDatabase } from "../protocol/databases.ts";
import type { Answer } from "../protocol/request.ts";
import type { SqlPreviewParams, SqlPreviewResult } from "../protocol/sql-preview.ts";
import type { Element } from "../syntax/element.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { SourceText } from "../text/source-text.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toOffset, toRange } from "./convert.ts";
import type { Session } from "./session.ts";

/**
 * What SQL a document makes, with the places it comes from.
 *
 * @param place in the section whose SQL alone is wanted; absent, or in none, for that of all
 */
export function sqlPreviewForEditor(
  document: OpenDocument,
  { database = defaultDatabase, section: place }: Omit<SqlPreviewParams, "uri">,
  { clock, texts }: World,
): SqlPreviewResult {
  const { tree } = document;
  const { dialect } = document.forFeatures().context;
  const { structure } =
    document.kind === "archive" ? readSafely(tree, dialect) : { structure: builtStructure(tree, dialect) };
  const request = { database, product: productFor({ structure }, dialect), now: clock.now() };
  const within = place && sectionAround(tree, toOffset(tree.source, place))?.span;
  return toSqlPreviewResult(previewSql(structure, request, texts.translate, within), tree.source);
}

/** Where a section starts counts as in it. */
function sectionAround(tree: SyntaxTree, offset: number): Element | undefined {
  let element = tree.elementAt(offset + 1);
  while (element && !isDatabaseFamily(element.name)) element = element.parent;
  return element;
}

/**
 * The same of a spec or an archive that is not open, as dry runs read it.
 *
 * @param path absolute
 * @throws PackageError when it is not there or cannot be read
 */
export async function sqlPreviewOfFile(
  path: string,
  database: DatabaseKind,
  session: Session,
): Promise<Answer<{ readonly kind: "text"; readonly text: string }>> {
  const { clock, paths, texts } = session.world;
  const { lint } = await session.settingsFor(paths.toUri(path));
  const wanted = lint.dialect === "auto" ? undefined : lint.dialect;
  const productOf = (structure: PackageContents["structure"]) => productFor({ structure }, wanted);
  const { contents } = await readPackage(path, productOf, session.world);
  const { structure, notes } = contents;
  const [note] = notes;
  // Then the XML is not what is in the way.
  if (!structure && note) return { kind: "failed", message: texts.textOf(readingNote(note)), hint: "" };
  const request = { database, product: productOf(structure), now: clock.now() };
  return { kind: "text", text: previewSql(structure, request, texts.translate).text };
}

function toSqlPreviewResult({ text, parts, isReadable }: SqlPreview, spec: SourceText): SqlPreviewResult {
  const preview = SourceText.of(text);
  return {
    kind: "sql",
    text,
    ranges: parts.map(({ span, source }) => ({
      preview: toRange(preview, span),
      spec: toRange(spec, source),
    })),
    isReadable,
  };
}
