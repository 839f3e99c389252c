import type { Message } from "../l10n/translate.ts";

/** What the framework writes to its log while it looks at repositories, in our words. */
export interface RepositoryLogEntry extends Message {
  readonly id: RepositoryLogId;
  readonly priority: "error" | "notice";
}

export type RepositoryLogId = keyof typeof repositoryLogTexts;

export const repositoryLogTexts = {
  "document-missing": "“{url}” cannot be loaded.",
  "index-malformed": "The XML parser refuses the index “{url}” in line {line}.",
  "index-read-leniently": "The index “{url}” is not well-formed and is read by a more lenient parser.",
  "index-refused": "The index “{url}” cannot be read; its packages are not offered.",
  "other-frameworks-only": "The repository “{url}” has packages for other framework versions only.",
  "requirements-absent": "The package has no element {element} to look at.",
} as const;

export function logEntry(
  id: RepositoryLogId,
  values: Message["values"] = {},
  priority: RepositoryLogEntry["priority"] = "error",
): RepositoryLogEntry {
  return { id, priority, text: repositoryLogTexts[id], values };
}
