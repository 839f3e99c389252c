import { type InlayHint, InlayHintKind, type ServerCapabilities } from "vscode-languageserver";
import type { HintKind } from "../features/shown-kinds.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import { toMarkup, toPosition, toSpan, toTextEdit } from "./convert.ts";
import type { Session } from "./session.ts";
import type { Shown } from "./shown.ts";

export const hintCapabilities: ServerCapabilities = { inlayHintProvider: { resolveProvider: true } };

/** What leads from a hint back to what it is about. */
export interface HintSubject {
  readonly uri: string;
  readonly version: number;
  readonly kind: HintKind;
  readonly about: number;
}

/** Shows hints in the part of a document that is in view, and says more of one when the reader stops at it. */
export function answerHintRequests(session: Session, shown: Shown): void {
  const { connection, world, client, documentOf } = session;
  const { translate } = world.texts;
  const about = aboutDocuments(documentOf);
  // What shows something is loaded when it is first asked for, so that findings do not wait for it.
  const load = () => import("../features/inlay-hints.ts");

  connection.languages.inlayHint.on(
    about(async (document, { range }) => {
      const { describeHint, inlayHints } = await load();
      const features = document.forFeatures();
      const { source } = document.tree;
      const kinds = document.settings.inlayHints;
      const others = othersOf(document);
      shown.note("inlayHint", document, basisOf);
      return inlayHints(features, toSpan(source, range), kinds, translate, others).map((hint): InlayHint => {
        const { kind, about: start, offset, label, edit } = hint;
        const subject: HintSubject = { uri: document.uri, version: document.version, kind, about: start };
        return {
          position: toPosition(source, offset),
          label: oneLine(label),
          paddingLeft: true,
          ...(kind === "phases" ? { kind: InlayHintKind.Parameter } : { paddingRight: true }),
          ...(edit ? { textEdits: [toTextEdit(source, edit)] } : {}),
          ...(client().resolvesHints
            ? { data: subject }
            : toTooltip(describeHint(features, subject, translate, others))),
        };
      });
    }),
  );

  connection.languages.inlayHint.resolve(async (hint) => {
    const subject = hint.data as HintSubject | undefined;
    const document = subject && documentOf(subject.uri);
    // After a change the editor asks for other hints.
    if (!document || document.version !== subject.version) return hint;
    const { describeHint } = await load();
    const told = describeHint(document.forFeatures(), subject, translate, othersOf(document));
    return { ...hint, ...toTooltip(told) };
  });

  function othersOf({ path }: OpenDocument): OtherPackages {
    return session.workspace.neighbours.known.beside(path);
  }

  /** What hints rest on beside the text. */
  function basisOf(document: OpenDocument): readonly unknown[] {
    const { context } = document.forFeatures();
    const kinds = document.settings.inlayHints;
    const others = kinds.includes("since") ? [othersOf(document)] : [];
    return [context.folder, context.releases, context.dialect, kinds.join(), ...others];
  }

  function toTooltip(markdown: string): Pick<InlayHint, "tooltip"> {
    return markdown === "" ? {} : { tooltip: toMarkup(markdown, client().hoverMarkdown) };
  }
}
