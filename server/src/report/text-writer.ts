import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { oneLine } from "../text/visible.ts";
import { wrapped } from "../text/wrapped.ts";
import type { Place } from "./place.ts";

export interface TextOptions {
  readonly translate: Translate;
  /** Columns of the terminal; lines are broken there at blanks. Undefined to break none. */
  readonly width: number | undefined;
  /** Whether signs and headings are coloured for a terminal as well. */
  readonly colors: boolean;
}

export type Tone = "good" | "bad";

const escapes: Readonly<Record<Tone | "bold", string>> = {
  good: "\u001b[32m",
  bad: "\u001b[31m",
  bold: "\u001b[1m",
};

/** Writes what a report says as lines for a terminal. */
export class TextWriter {
  readonly translate: Translate;
  readonly #width: number;
  readonly #colors: boolean;
  #written = "";

  constructor({ translate, width, colors }: TextOptions) {
    this.translate = translate;
    // Narrower than this there is no room for words behind numbers and lanes.
    this.#width = width === undefined ? Number.POSITIVE_INFINITY : Math.max(width, 50);
    this.#colors = colors;
  }

  text(message: Message): string {
    return oneLine(messageText(message, this.translate));
  }

  /** A place to put behind what stands there; empty for none. */
  behind(place: Pick<Place, "line"> | undefined): string {
    return place ? ` (${this.text({ text: "line {line}", values: { line: place.line } })})` : "";
  }

  colored(text: string, tone: Tone | "bold" | undefined): string {
    return this.#colors && tone ? `${escapes[tone]}${text}\u001b[0m` : text;
  }

  heading(message: Message): void {
    this.#written += `${this.colored(this.text(message), "bold")}\n`;
  }

  section(title: Message): void {
    this.blank();
    this.heading(title);
  }

  blank(): void {
    this.#written += "\n";
  }

  /** A line that is laid out already, and not broken. */
  line(text: string): void {
    this.#written += `${text}\n`;
  }

  /** A line with a sign in front. */
  item(sign: string, tone: Tone | undefined, text: string): void {
    this.row(`  ${this.colored(sign, tone)} `, text, 4);
  }

  /** @param start what comes before the text on its first line, `indent` columns wide when seen */
  row(start: string, text: string, indent: number): void {
    const lines = wrapped(text, this.#width - indent);
    this.#written += `${start}${lines[0] ?? ""}`.trimEnd();
    this.#written += "\n";
    for (const line of lines.slice(1)) this.#written += `${" ".repeat(indent)}${line}\n`;
  }

  end(): string {
    return this.#written;
  }
}

export function moreRows(more: number): Message {
  return { text: "and {more} more; as JSON all are listed", values: { more } };
}
