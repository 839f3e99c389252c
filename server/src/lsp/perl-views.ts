import { type PerlView, perlView, perlViewAt } from "../features/perl-view.ts";
import type { PerlViewParams, PerlViewResult } from "../protocol/perl-views.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toOffset, toRange } from "./convert.ts";

/** The Perl of a document, at a position or everywhere, for an extension that knows Perl. */
export function perlViewForEditor(
  document: OpenDocument,
  { position }: PerlViewParams,
): PerlViewResult | null {
  const { source } = document.tree;
  const asked = document.forFeatures();
  const view: PerlView | undefined = position
    ? perlViewAt(asked, toOffset(source, position))
    : perlView(asked);
  if (!view) return null;
  const { text, section, spans, isEscaped } = view;
  return { kind: "perl", text, section, ranges: spans.map((span) => toRange(source, span)), isEscaped };
}
