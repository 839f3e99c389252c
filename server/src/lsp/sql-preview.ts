import type { Connection } from "vscode-languageserver";
import { readSafely } from "../builder/read-safely.ts";
import { builtStructure } from "../engine/sql.ts";
import { type SqlPreview, sqlPreview } from "../engine/sql-preview.ts";
import { now } from "../host/node/clock.ts";
import { translate } from "../host/node/language.ts";
import { SourceText } from "../text/source-text.ts";
import { toRange } from "./convert.ts";
import type { OpenDocument } from "./open-documents.ts";
import { type SqlPreviewParams, type SqlPreviewResult, sqlPreviewRequest } from "./protocol.ts";

/** Answers what SQL a spec makes: find the document, call, convert back. */
export function answerSqlPreviewRequests(
  connection: Connection,
  documentOf: (uri: string) => OpenDocument | undefined,
): void {
  connection.onRequest(sqlPreviewRequest, ({ uri, database = "mysql" }: SqlPreviewParams) => {
    const document = documentOf(uri);
    if (!document) return null;
    const { tree } = document;
    const { dialect } = document.forFeatures().context;
    const { structure } =
      document.languageId === "opm"
        ? readSafely(tree, dialect)
        : { structure: builtStructure(tree, dialect) };
    return toSqlPreviewResult(sqlPreview(structure, database, dialect, now(), translate), tree.source);
  });
}

function toSqlPreviewResult({ text, parts, isReadable }: SqlPreview, spec: SourceText): SqlPreviewResult {
  const preview = SourceText.of(text);
  return {
    text,
    ranges: parts.map(({ span, source }) => ({
      preview: toRange(preview, span),
      spec: toRange(spec, source),
    })),
    isReadable,
  };
}
