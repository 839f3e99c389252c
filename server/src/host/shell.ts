import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { World } from "./world.ts";

/** Whoever has called a command: the world that it works in, and where its words go. */
export interface Shell {
  readonly world: World;
  /** Writes to standard output, where the results go. */
  readonly print: (text: string) => void;
  /** The same for bytes that are a result as they are; none for a terminal, which would obey them. */
  readonly printBytes: (bytes: Uint8Array) => void;
  /** Writes a line to standard error, where everything goes that is no result. */
  readonly complain: Complain;
  /** Writes a line to standard error as it is. */
  readonly warn: (line: string) => void;
  /** A message in the reader's language, on one line of a terminal. */
  readonly lineOf: (message: Message) => string;
  /** All that comes over standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  /** True when nobody reads the results any more, so that looking for more of them is in vain. */
  readonly outputIsClosed: () => boolean;
  /** The terminal that results are printed on; undefined for a file or a pipe. */
  readonly terminal: Terminal | undefined;
  /** Shows how far some work is, in place of what was shown before. Undefined where nobody looks. */
  readonly showProgress: ((text: string) => void) | undefined;
  /** Does work that whoever has called the command may end, as with Ctrl+C. */
  readonly whileInterruptible: <T>(work: (interrupted: AbortSignal) => Promise<T>) => Promise<T>;
  /** Runs the language server over standard input and output, which ends the program when its client is gone. */
  readonly serve: () => Promise<never>;
}

export interface Complain {
  /** @param text English; a `reason` in the values that is a code of the system is put into words */
  (text: string, values?: MessageArguments): void;
  /** The same for a message, with the sentences behind it. */
  (message: Message): void;
}

/** A complaint in either form. */
export function complaint(said: string | Message, values: MessageArguments = {}): Message {
  return typeof said === "string" ? { text: said, values } : said;
}

export interface Terminal {
  /** Characters; undefined where nobody tells. */
  readonly width: number | undefined;
  readonly colors: boolean;
}
