import type { Message } from "../l10n/translate.ts";

/** What an archive lacks that is not whole. */
export interface ArchiveDamage {
  readonly fault: ArchiveFault;
  /** Files and elements that are not whole, in their order. */
  readonly lost: readonly LostPart[];
}

export interface ArchiveFault {
  /** What the whole of it suffers from: it ends too early, is not well-formed, or is not in the encoding that it should be. */
  readonly kind: "cut-off" | "malformed" | "encoding";
  /** Where that is seen first, from 1. */
  readonly line: number;
}

export type LostPart =
  /** The location is as written; undefined when the element has none. */
  | { readonly kind: "file"; readonly location: string | undefined; readonly reason: Message }
  /** Right in the root. */
  | { readonly kind: "element"; readonly name: string; readonly reason: Message };

/** What is said where only what is whole of an archive is looked at; nothing for one that is whole. */
export function damageMessages(title: string, damage: ArchiveDamage | undefined): readonly Message[] {
  if (!damage) return [];
  const { kind, line } = damage.fault;
  return [
    { text: faultTexts[kind], values: { title, line } },
    ...damage.lost.map((part): Message => {
      if (part.kind === "element")
        return { text: "<{name}> is left out.", values: { name: part.name }, further: part.reason };
      const { location, reason } = part;
      return location === undefined
        ? { text: "A file without Location is left out.", further: reason }
        : { text: "“{location}” is left out.", values: { location }, further: reason };
    }),
  ];
}

const faultTexts: Readonly<Record<ArchiveFault["kind"], string>> = {
  "cut-off":
    "“{title}” ends in line {line} in the middle. Only what is whole is looked at; what stood behind that line is lost.",
  malformed:
    "“{title}” is not well-formed; the first fault is in line {line}. Only what is whole is looked at.",
  encoding:
    "“{title}” is no UTF-8; the first bytes that are none are in line {line}. Only what has no such bytes is looked at.",
};
