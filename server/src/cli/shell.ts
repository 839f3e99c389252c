import type { World } from "../host/world.ts";
import type { Message, MessageArguments } from "../l10n/translate.ts";

/** Whoever has called a command: the world that it works in, and where its words go. */
export interface Shell {
  readonly world: World;
  /** Writes to standard output, where the results go. */
  readonly print: (text: string) => void;
  /**
   * Writes a line to standard error, where everything goes that is no result.
   *
   * @param text English; a `reason` in the values that is a code of the system is put into words
   */
  readonly complain: (text: string, values?: MessageArguments) => void;
  /** Writes a line to standard error as it is. */
  readonly warn: (line: string) => void;
  /** A message in the reader's language, on one line of a terminal. */
  readonly say: (message: Message) => string;
  /** True when nobody reads the results any more, so that looking for more of them is in vain. */
  readonly outputIsClosed: () => boolean;
}
