import type { Range } from "vscode-languageserver";
import { type FrameworkTable, frameworkTable } from "../features/framework-table.ts";
import type { World } from "../host/world.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { releases } from "../knowledge/releases.ts";
import { frameworkScheme } from "../protocol/moving.ts";

/** The address of the text about a table. It names the releases, so that it means the same at any time. */
export function frameworkUri(table: string, { parts, release }: Knowledge): string {
  const labels = parts?.map((part) => part.release ?? "") ?? [release ?? ""];
  return `${frameworkScheme}:/${encodeURIComponent(table)}.xml?${encodeURIComponent(labels.join(","))}`;
}

/** The text at such an address; undefined for any other. */
export function frameworkText(uri: string, { knowledge, texts }: World): string | undefined {
  const [, name, query] = address.exec(uri) ?? [];
  if (name === undefined || query === undefined) return undefined;
  const labels = new Set(decoded(query)?.split(","));
  const chosen = releases.filter(({ product, version }) => labels.has(`${product} ${version}`));
  return frameworkTable(decoded(name) ?? "", knowledge.knowledgeOf(chosen), texts.translate)?.text;
}

const address = new RegExp(`^${frameworkScheme}:/{1,3}([^/?]+)\\.xml\\?([^#]*)$`);

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Where a table or a column of it stands in its text. */
export function frameworkRange({ line, columnLines }: FrameworkTable, column: string | undefined): Range {
  const at = { line: (column === undefined ? undefined : columnLines.get(column)) ?? line, character: 0 };
  return { start: at, end: at };
}
