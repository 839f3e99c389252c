import type { SemanticTokens, SemanticTokensDelta, ServerCapabilities } from "vscode-languageserver";
import type { SemanticToken } from "../features/semantic-tokens.ts";
import { type TokenModifier, type TokenType, tokenModifiers, tokenTypes } from "../features/token-legend.ts";
import type { SourceText } from "../text/source-text.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import { toPosition, toSpan } from "./convert.ts";
import type { Session } from "./session.ts";
import type { Shown } from "./shown.ts";

/** Our extension has told its editor of our types; others know those of the protocol. */
export function tokenCapabilities({ ownCommands }: ClientCapabilities): ServerCapabilities {
  const nameOf = ({ name, standard }: { readonly name: string; readonly standard: string }) =>
    ownCommands ? name : standard;
  const legend = { tokenTypes: tokenTypes.map(nameOf), tokenModifiers: tokenModifiers.map(nameOf) };
  return { semanticTokensProvider: { legend, range: true, full: { delta: true } } };
}

/** Tells editors what the parts of a document are: of what is in view, of all, and what has changed since. */
export function answerTokenRequests({ connection, documentOf }: Session, shown: Shown): void {
  const about = aboutDocuments(documentOf);
  const last = new WeakMap<OpenDocument, { readonly resultId: string; readonly data: readonly number[] }>();
  let results = 0;
  // What shows something is loaded when it is first asked for, so that findings do not wait for it.
  const load = () => import("../features/semantic-tokens.ts");

  connection.languages.semanticTokens.onRange(
    about(async (document, { range }): Promise<SemanticTokens> => {
      const { semanticTokens } = await load();
      const { source } = document.tree;
      const tokens = semanticTokens(document.forFeatures(), toSpan(source, range));
      shown.note("semanticTokens", document, basisOf);
      return { data: encoded(source, tokens) };
    }),
  );

  connection.languages.semanticTokens.on(about((document) => allTokens(document)));

  connection.languages.semanticTokens.onDelta(
    about(async (document, { previousResultId }): Promise<SemanticTokens | SemanticTokensDelta> => {
      const before = last.get(document);
      const now = await allTokens(document);
      return before?.resultId === previousResultId
        ? { resultId: now.resultId, edits: changesBetween(before.data, now.data) }
        : now;
    }),
  );

  async function allTokens(document: OpenDocument) {
    const { semanticTokens } = await load();
    const data = encoded(document.tree.source, semanticTokens(document.forFeatures()));
    shown.note("semanticTokens", document, basisOf);
    const result = { resultId: String(++results), data };
    last.set(document, result);
    return result;
  }
}

/** What tokens rest on beside the text. */
function basisOf(document: OpenDocument): readonly unknown[] {
  const { releases, knowledge } = document.forFeatures().context;
  return [releases, knowledge];
}

const typeNumbers = new Map<TokenType, number>(tokenTypes.map(({ name }, index) => [name, index]));
const modifierBits = new Map<TokenModifier, number>(
  tokenModifiers.map(({ name }, index) => [name, 1 << index]),
);

/** Five numbers for each token: lines and characters since the one before, length, type, modifiers. */
function encoded(source: SourceText, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let before = { line: 0, character: 0 };
  for (const { span, type, modifiers } of tokens) {
    const { line, character } = toPosition(source, span.start);
    const bits = modifiers.reduce((sum, each) => sum | modifierBits.get(each)!, 0);
    const sameLine = line === before.line;
    data.push(line - before.line, sameLine ? character - before.character : character);
    data.push(span.end - span.start, typeNumbers.get(type)!, bits);
    before = { line, character };
  }
  return data;
}

/** What stands between the beginning and the end that both have; nothing when they are the same. */
function changesBetween(before: readonly number[], now: readonly number[]): SemanticTokensDelta["edits"] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  if (start === before.length && start === now.length) return [];
  let behind = 0;
  while (behind < shorter - start && before.at(-1 - behind) === now.at(-1 - behind)) behind++;
  return [
    {
      start,
      deleteCount: before.length - behind - start,
      data: now.slice(start, now.length - behind),
    },
  ];
}
