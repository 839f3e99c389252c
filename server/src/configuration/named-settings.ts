import type { Message } from "../l10n/translate.ts";

/** Why what is said of something that its user has named cannot be used. */
export interface NamedFault {
  /** As the user calls it. */
  readonly name: string;
  readonly text: Message;
}

/** Reads an object with something by each name. Anything unusable is told and left out. */
export function readNamed<Read>(
  value: unknown,
  readOne: (name: string, said: unknown) => Read,
): { readonly usable: readonly Read[]; readonly faults: readonly NamedFault[] } {
  const usable: Read[] = [];
  const faults: NamedFault[] = [];
  for (const [name, said] of Object.entries(recordOf(value) ?? {})) {
    try {
      usable.push(readOne(name, said));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      faults.push({ name, text: error.text });
    }
  }
  return { usable, faults };
}

/** An object in braces; undefined for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** What is said of something that is named cannot be used. */
export class Unusable extends Error {
  override readonly name = "Unusable";
  readonly text: Message;

  constructor(text: Message) {
    super(text.text);
    this.text = text;
  }
}
