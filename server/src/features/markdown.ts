import type { Translate } from "../l10n/translate.ts";

/** An XML example as a block of its own. */
export function xmlBlock(text: string): string {
  return `\`\`\`xml\n${text}\n\`\`\``;
}

/** What a reader sees of the Markdown that this file makes: for whoever shows texts as they are. */
export function withoutMarkdown(text: string): string {
  return text.replace(
    /^```\w*\n([\s\S]*?)\n```$|(`+)(.*?[^`])\2(?!`)|\*\*/gm,
    (_whole, block: string | undefined, _fence, code: string | undefined) =>
      block ?? code?.replace(/^ (.*\S.*) $/, "$1") ?? "",
  );
}

/** Paragraphs one below the other; those that are undefined or empty are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** A size in bytes, in words. */
export function bytesText(size: number, translate: Translate): string {
  return size === 1 ? translate("1 byte") : translate("{size} bytes", { size });
}
