import type { SyntaxTree } from "../../syntax/tree.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { format } from "./format.ts";
import { formatOnType } from "./format-on-type.ts";
import type { FormatSettings } from "./format-settings.ts";
import { specLanguage } from "./spec-language.ts";

/** Lays out a package spec. @param range as in {@link format} */
export function formatSpec(tree: SyntaxTree, settings: FormatSettings, range?: Span): readonly TextEdit[] {
  return format(tree, settings, specLanguage, range);
}

/** Indents the line of a package spec in which something has been typed, see {@link formatOnType}. */
export function formatSpecOnType(
  tree: SyntaxTree,
  offset: number,
  typed: string,
  settings: FormatSettings,
): readonly TextEdit[] {
  return formatOnType(tree, offset, typed, settings, specLanguage);
}
