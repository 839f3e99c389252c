import type { Message, Translate } from "../l10n/translate.ts";

/** What a report is about, so that one can see later whether it still is: SHA-256 in hexadecimal. */
export interface ReportInputs {
  /** Of the text of a spec in UTF-8, or of the bytes of an archive. */
  readonly package: { readonly kind: "spec" | "archive"; readonly digest: string };
  /** Of the locations and contents of a spec's files; undefined for an archive, which holds them, and when not asked for. */
  readonly files: { readonly count: number; readonly digest: string } | undefined;
  /** Of release, package table, tables and settings of the system before. */
  readonly system: string;
}

/** Stands before the line. */
export const inputsTitle: Message = { text: "Digests of what it is about (SHA-256)" };

/** All in one line, each by its beginning: as JSON they are whole. */
export function inputsLine(inputs: ReportInputs, translate: Translate): string {
  const { package: subject, files, system } = inputs;
  return [
    translate(subject.kind === "spec" ? "spec {digest}" : "archive {digest}", {
      digest: beginning(subject.digest),
    }),
    ...(files
      ? [translate("files {digest} ({count})", { digest: beginning(files.digest), count: files.count })]
      : []),
    translate("system {digest}", { digest: beginning(system) }),
  ].join(", ");
}

/** As much as tells digests apart that somebody compares. */
function beginning(digest: string): string {
  return digest.slice(0, 16);
}
