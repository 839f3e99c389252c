import { readSafely } from "../builder/read-safely.ts";
import { productFor } from "../engine/default-system.ts";
import { builtStructure, previewSql, type SqlPreview } from "../engine/preview-sql.ts";
import type { World } from "../host/world.ts";
import type { DatabaseKind } from "../protocol/databases.ts";
import type { SqlPreviewResult } from "../protocol/sql-preview.ts";
import { SourceText } from "../text/source-text.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toRange } from "./convert.ts";

/** What SQL a document makes, with the places it comes from. */
export function sqlPreviewForEditor(
  document: OpenDocument,
  database: DatabaseKind,
  { clock, texts }: World,
): SqlPreviewResult {
  const { tree } = document;
  const { dialect } = document.forFeatures().context;
  const { structure } =
    document.kind === "archive" ? readSafely(tree, dialect) : { structure: builtStructure(tree, dialect) };
  const request = { database, product: productFor({ structure }, dialect), now: clock.now() };
  return toSqlPreviewResult(previewSql(structure, request, texts.translate), tree.source);
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
