/** Values for the `{placeholders}` of a text. */
export type MessageArguments = Readonly<Record<string, string | number>>;

/** A text for the reader: an English template and its values, to be translated at the border. */
export interface Message {
  readonly text: string;
  readonly values?: MessageArguments;
  /** Another sentence, to be said behind it. */
  readonly further?: Message;
}

/**
 * Gives a text in the reader's language.
 *
 * @param text the English text, which is the key; `{name}` stands for the argument of that name
 */
export type Translate = (text: string, values?: MessageArguments) => string;

/** A message in the reader's language, with the sentences that are to be said behind it. */
export function messageText({ text, values, further }: Message, translate: Translate): string {
  const said = translate(text, values);
  return further ? `${said} ${messageText(further, translate)}` : said;
}

/** The texts as they stand in the code, for readers of English and for tests. */
export const english: Translate = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );
