import type { Message } from "../../l10n/translate.ts";
import { oneLine } from "../../text/visible.ts";
import type { FoundLink, LinkOutcome, LinkStep } from "./link-package.ts";

/** What is told of a link, or of one that could be. */
export interface ToldLink {
  readonly kind: LinkStep["kind"] | FoundLink["kind"];
  readonly path: string;
  readonly target: string;
  /** In the language of the reader; empty for none. */
  readonly reason: string;
}

/** A link on one line: what is or is done, its path, where it leads, and why. */
export function linkLine({ kind, path, target, reason }: ToldLink): string {
  const isTargetTold = kind === "link" || linkStates[kind as FoundLink["kind"]];
  return oneLine(`${marks[kind]} ${path}${isTargetTold ? ` -> ${target}` : ""}${reason && `: ${reason}`}`);
}

/** What is odd about a link that was found; no text for nothing. */
export const linkStates: Readonly<Record<FoundLink["kind"], Message>> = {
  linked: { text: "" },
  unlisted: { text: "The package does not list this file." },
  gone: { text: "The file is gone. “sopm system unlink” removes the link." },
};

const marks: Readonly<Record<ToldLink["kind"], string>> = {
  ...{ link: "+", unlink: "-", done: "=", refused: "!" },
  ...{ linked: "=", unlisted: "?", gone: "!" },
};

/** Why nothing, or not all of it, was done. The paths that are left stand behind the last sentence. */
export function linkProblem(
  outcome: Exclude<LinkOutcome, { readonly kind: "done" }>,
  system: string,
): Message {
  if (outcome.kind === "refused") {
    return {
      text: "Nothing was changed on the test system “{system}”, because not all of it can be done.",
      values: { system },
    };
  }
  const { path, reason, left } = outcome;
  return {
    ...{ text: "“{path}” cannot be changed: {reason}.", values: { path, reason } },
    further: {
      text:
        left.length === 0
          ? "What had been done before was taken back: the home is as it was."
          : "What had been done before could not all be taken back. “sopm system link --list” tells which links there are, “sopm system unlink” removes them. Left are:",
    },
  };
}
