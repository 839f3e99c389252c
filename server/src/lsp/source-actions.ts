import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { codePolicyOf } from "../rules/shared/code-policy.ts";
import type { TextEdit } from "../text/edit.ts";
import { lineEdits } from "../text/unified-diff.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { Found } from "./code-actions.ts";
import type { Session } from "./session.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** Changes of a whole document that are made when they are asked for by their kind, such as when it is saved. */
interface SourceAction {
  /** English, for the reader. */
  readonly title: string;
  /** @returns the edits in the text as it is; none where nothing is to be done */
  edits(document: OpenDocument, found: Found): Promise<readonly TextEdit[]>;
}

const sourceActions: Readonly<Record<string, SourceAction>> = {
  [`${CodeActionKind.SourceFixAll}.sopm`]: { title: "Fix all that needs no decision", edits: allFixes },
  "source.organizeFiles": {
    title: "Sort the files by their Location",
    async edits(document) {
      const { organizeFiles } = await import("../features/organize/organize-files.ts");
      return organizeFiles(document.forFeatures().spec);
    },
  },
  "source.orderElements": {
    title: "Order elements as the code policy does",
    async edits(document) {
      const { orderElements } = await import("../features/organize/order-elements.ts");
      const { spec, context } = document.forFeatures();
      const policy = codePolicyOf(context);
      return policy ? orderElements(spec, policy, context.dialect) : [];
    },
  },
};

export const sourceActionKinds = Object.keys(sourceActions);

/** @param only the kinds that are asked for, or those above them; none of these is offered to whoever names none */
export async function sourceActionsFor(
  document: OpenDocument,
  only: readonly string[] | undefined,
  found: Found,
  { world, client }: Session,
): Promise<readonly CodeAction[]> {
  if (document.kind !== "spec") return [];
  const actions: CodeAction[] = [];
  for (const [kind, { title, edits: editsOf }] of Object.entries(sourceActions)) {
    if (!only?.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`))) continue;
    const { tree } = document;
    const edits = await editsOf(document, found);
    // After a change the editor asks again.
    if (document.tree !== tree) return [];
    if (edits.length === 0) continue;
    actions.push({
      title: world.texts.translate(title),
      kind,
      edit: toWorkspaceEdit(document, edits, client()),
    });
  }
  return actions;
}

async function allFixes(document: OpenDocument, found: Found): Promise<readonly TextEdit[]> {
  const wrong = await found(document);
  if (!wrong) return [];
  const { fixInRounds } = await import("../engine/fix-rounds.ts");
  const { tree } = document;
  const { checked } = await fixInRounds({ tree, findings: wrong.findings }, async (text) =>
    document.whatIf(text),
  );
  return checked.tree === tree ? [] : lineEdits(tree.source.toString(), checked.tree.source.toString());
}
