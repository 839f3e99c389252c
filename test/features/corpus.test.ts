import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { autoClose } from "../../server/src/features/auto-close.ts";
import { bumpVersion } from "../../server/src/features/bump-version.ts";
import { codeLenses } from "../../server/src/features/code-lenses.ts";
import { completion } from "../../server/src/features/completion.ts";
import { definition } from "../../server/src/features/definition.ts";
import { documentLinks } from "../../server/src/features/document-links.ts";
import { documentSymbols } from "../../server/src/features/document-symbols.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import { foldingRanges } from "../../server/src/features/folding.ts";
import { formatSpecOnType } from "../../server/src/features/format/spec-format.ts";
import { hover } from "../../server/src/features/hover.ts";
import { describeHint, inlayHints } from "../../server/src/features/inlay-hints.ts";
import { linkedEditing } from "../../server/src/features/linked-editing.ts";
import { namedSpec } from "../../server/src/features/named-document.ts";
import { references } from "../../server/src/features/references.ts";
import { rename } from "../../server/src/features/rename.ts";
import { selectionRanges } from "../../server/src/features/selection-ranges.ts";
import { semanticTokens } from "../../server/src/features/semantic-tokens.ts";
import { hintKinds, lensKinds } from "../../server/src/features/shown-kinds.ts";
import { surroundings } from "../../server/src/features/surround.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import type { Span } from "../../server/src/text/span.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";
import { usualFormat } from "../support/laid-out.ts";
import { namedWorkspace } from "../support/named-workspace.ts";
import { sharedFolder } from "../support/shared.ts";

const corpus = sharedFolder("corpus");
const now = "2024-05-02 10:00:00";

test("features answer at any place of real specs, whole and cut off", { skip: !corpus }, () => {
  const names = readdirSync(corpus!, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sopm"),
  );
  assert.ok(names.length > 0);
  let places = 0;
  for (const [index, name] of names.entries()) {
    const { text } = decodeText(readFileSync(join(corpus!, name)));
    const cut = text.slice(0, Math.floor((text.length * (1 + (index % 7))) / 8));
    for (const each of [text, cut]) places += askEverywhere(each);
  }
  assert.ok(places > 1000 && surrounded > 200, `${places} places, ${surrounded} surrounded`);
});

let surrounded = 0;

/** Puts each thing around a selection that is offered, and looks whether nothing is broken then. @returns how many */
function surroundAt({ tree, context }: FeatureDocument, start: number, end: number): number {
  const text = tree.source.toString();
  const offered = surroundings(tree, { start, end: Math.min(end, text.length) }, context.schema);
  for (const { title, edits } of offered) {
    const after = SyntaxTree.parse(applyEdits(text, edits));
    assert.equal(after.problems.length, tree.problems.length, `${title} from ${start} to ${end}`);
  }
  return offered.length;
}

/** Asks all features about a text, at about a hundred places of it, and looks whether the answers lie in the text. */
function askEverywhere(text: string): number {
  const document = featureDocument(text, { disk: {} });
  const named = namedSpec(document);
  const { known } = namedWorkspace({}, "/ws/Asked.sopm");
  const { tree } = document;
  const spans: Span[] = [
    ...documentSymbols(document, english).map(({ span }) => span),
    ...documentLinks(document).map(({ span }) => span),
    ...foldingRanges(tree).map(({ span }) => span),
    ...codeLenses(document, [], lensKinds).map(({ span }) => span),
    ...semanticTokens(document).map(({ span }) => span),
  ];
  const bump = bumpVersion(document, "minor", now);
  if (bump.kind === "bumped") spans.push(...bump.edits.map(({ span }) => span));
  const step = Math.max(1, Math.floor(text.length / 100));
  let places = 0;
  for (let offset = 0; offset <= text.length; offset += step, places++) {
    spans.push(...selectionRanges(tree, offset), ...(linkedEditing(tree, offset) ?? []));
    spans.push(
      ...completion(document, offset, { now, translate: english }).items.map(({ edit }) => edit.span),
    );
    const shown = hover(document, offset, english, known);
    if (shown) spans.push(shown.span);
    const about = definition(named, offset, known);
    if (about) spans.push(about.origin);
    for (const each of references(named, offset, known, true) ?? [])
      if (each.kind === "here") spans.push(each.span);
    const renamed = rename(named, offset, "other_name", known, { canEdit: () => true, renamesFiles: true });
    for (const each of renamed.kind === "edits" ? renamed.edits : [])
      if (each.kind === "here") spans.push(each.span);
    autoClose(tree, offset);
    for (const typed of ["\n", ">"])
      spans.push(...formatSpecOnType(tree, offset, typed, usualFormat).map(({ span }) => span));
    // Each reads the text anew.
    if (places % 4 > 0) continue;
    surrounded += surroundAt(document, offset, offset + (places % 7) * step);
    const element = tree.elementAt(offset)?.span ?? { start: offset, end: offset };
    surrounded += surroundAt(document, element.start, element.end);
    const part = { start: offset, end: offset + 3 * step };
    spans.push(...semanticTokens(document, part).map(({ span }) => span));
    for (const hint of inlayHints(document, part, hintKinds, english)) {
      spans.push({ start: hint.offset, end: hint.offset });
      assert.notEqual(describeHint(document, hint, english), "");
    }
  }
  for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length);
  return places;
}
