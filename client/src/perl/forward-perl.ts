import * as vscode from "vscode";
import type { LanguageClient, Middleware } from "vscode-languageclient/node";
import { type PerlViewResult, perlViewRequest } from "../../../server/src/protocol/perl-views.ts";
import { ask } from "../ask.ts";
import { documentSelector } from "../document-selector.ts";
import { isFound } from "../moving/is-found.ts";
import { toRange } from "../to-range.ts";
import { ourItemsAndTheirs } from "./forwarded-items.ts";
import { type PerlDocuments, specOf } from "./perl-documents.ts";
import type { PerlExtensions } from "./perl-extensions.ts";
import { withPatience } from "./with-patience.ts";

/** What forwarding is made of. */
export interface Forwarding {
  readonly client: () => LanguageClient;
  readonly documents: PerlDocuments;
  readonly extensions: PerlExtensions;
}

/** How long an extension may take for an answer before ours goes without it, in milliseconds. */
const longestAnswer = 2000;

/**
 * Asks an installed extension for Perl about the code in specs, beside our own server. What the server knows comes first:
 * it knows the package and the framework.
 */
export function forwardPerl(forwarding: Forwarding) {
  const forwarded = new WeakSet<vscode.CompletionItem>();
  return {
    async provideCompletionItem(document, position, context, token, next) {
      const [ours, theirs] = await Promise.all([
        next(document, position, context, token),
        askedCompletion(forwarding, document, position, context, token),
      ]);
      if (!theirs) return ours;
      const list = ourItemsAndTheirs(ours ?? undefined, theirs.list, theirs.view);
      for (const item of list.theirs) forwarded.add(item);
      return new vscode.CompletionList([...list.ours, ...list.theirs], list.isIncomplete);
    },

    // Our server does not know items of others.
    resolveCompletionItem: (item, token, next) => (forwarded.has(item) ? item : next(item, token)),

    async provideHover(document, position, token, next) {
      const [ours, theirs] = await Promise.all([
        next(document, position, token),
        answerOf(forwarding, document, position, token, (uri) =>
          vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position),
        ),
      ]);
      const hovers = theirs?.answer ?? [];
      const contents = [...(ours?.contents ?? []), ...hovers.flatMap((hover) => hover.contents)];
      if (hovers.length === 0 || contents.length === 0) return ours;
      return new vscode.Hover(contents, ours?.range ?? hovers.find(({ range }) => range)?.range);
    },

    async provideDefinition(document, position, token, next) {
      const ours = await next(document, position, token);
      if (isFound(ours)) return ours;
      const theirs = await answerOf(forwarding, document, position, token, (uri) =>
        vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          "vscode.executeDefinitionProvider",
          uri,
          position,
        ),
      );
      return theirs?.answer?.length ? theirs.answer.map(inSpec) : ours;
    },

    async provideFoldingRanges(document, context, token, next) {
      const [ours, theirs] = await Promise.all([
        next(document, context, token),
        answerOf(forwarding, document, undefined, token, async (uri) => {
          // The editor answers for documents alone that are open.
          await vscode.workspace.openTextDocument(uri);
          return vscode.commands.executeCommand<vscode.FoldingRange[]>(
            "vscode.executeFoldingRangeProvider",
            uri,
          );
        }),
      ]);
      if (!theirs?.answer?.length) return ours;
      const sections = theirs.view.ranges.map(toRange);
      // One that leaves its section comes from code that is not whole.
      const isInSection = ({ start, end }: vscode.FoldingRange) =>
        sections.some((section) => section.start.line <= start && end <= section.end.line);
      return [...(ours ?? []), ...theirs.answer.filter(isInSection)];
    },
  } satisfies Middleware;
}

/** Offers what begins with the sign of a variable, which begins nothing in a spec. */
export function completeVariables(forwarding: Forwarding): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position, token, context) {
      // Whoever asks in another way asks the server as well, and is answered there.
      if (!variableSigns.includes(context.triggerCharacter ?? "")) return undefined;
      const theirs = await askedCompletion(forwarding, document, position, context, token);
      return theirs && ourItemsAndTheirs(undefined, theirs.list, theirs.view).theirs;
    },
  };
  return vscode.languages.registerCompletionItemProvider(documentSelector, provider, ...variableSigns);
}

const variableSigns: readonly string[] = ["$", "@", "%"];

/** The signs behind which a list opens by itself: variables, methods and names of packages. A blank opens none in Perl. */
const openingSigns: readonly string[] = [...variableSigns, ">", ":"];

interface AskedCompletion {
  readonly list: vscode.CompletionList;
  readonly view: PerlViewResult;
}

async function askedCompletion(
  forwarding: Forwarding,
  document: vscode.TextDocument,
  position: vscode.Position,
  { triggerCharacter }: vscode.CompletionContext,
  token: vscode.CancellationToken,
): Promise<AskedCompletion | undefined> {
  if (triggerCharacter !== undefined && !openingSigns.includes(triggerCharacter)) return undefined;
  const theirs = await answerOf(forwarding, document, position, token, (uri) =>
    vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      uri,
      position,
      triggerCharacter,
    ),
  );
  if (!theirs) return undefined;
  // One that was late may be there at the next letter.
  return { list: theirs.answer ?? new vscode.CompletionList([], true), view: theirs.view };
}

/**
 * What an extension says of the Perl at a position, or of all where none is named. Undefined where there is no extension
 * and no Perl, and where the editor does not want to know any more; the answer is undefined where it is late. What is typed
 * meanwhile the editor reckons with, as it does with the answers of a server.
 */
async function answerOf<Answer>(
  { client, documents, extensions }: Forwarding,
  document: vscode.TextDocument,
  position: vscode.Position | undefined,
  token: vscode.CancellationToken,
  question: (uri: vscode.Uri) => Thenable<Answer | undefined>,
): Promise<{ readonly answer: Answer | undefined; readonly view: PerlViewResult } | undefined> {
  if (!extensions.areThere || !isWanted(document)) return undefined;
  const { code2ProtocolConverter: toServer } = client();
  const view = await ask(client(), perlViewRequest, {
    uri: toServer.asUri(document.uri),
    ...(position && { position: toServer.asPosition(position) }),
  });
  if (view?.kind !== "perl" || token.isCancellationRequested) return undefined;
  const uri = await documents.show(document.uri, view);
  const answer = uri && (await withPatience(question(uri), longestAnswer));
  return { answer, view };
}

function isWanted(document: vscode.TextDocument): boolean {
  return (
    vscode.languages.match(documentSelector, document) > 0 &&
    vscode.workspace.getConfiguration("sopm", document).get("perl.forward", true)
  );
}

/** The place in the spec of one in a document that shows its Perl; other places stay. */
function inSpec(place: vscode.Location | vscode.LocationLink): vscode.Location {
  const { uri, range } =
    "targetUri" in place
      ? { uri: place.targetUri, range: place.targetSelectionRange ?? place.targetRange }
      : place;
  return new vscode.Location(specOf(uri) ?? uri, range);
}
