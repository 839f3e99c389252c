import type { MessageArguments } from "../l10n/translate.ts";
import { translate } from "../node/language.ts";
import { systemReason } from "../node/system-reason.ts";
import { oneLine } from "../text/visible.ts";

/** Set when the reader has hung up, as `head` does; what is written then goes nowhere. */
let isClosed = false;

/** True when nobody reads the results any more, so that looking for more of them is in vain. */
export function outputIsClosed(): boolean {
  return isClosed;
}

/**
 * Keeps a closed pipe from ending the program with a stack trace: whoever closes one has seen enough. Everything else
 * that keeps results from being written makes the run fail.
 *
 * @param onFailure called once when results are lost
 */
export function watchOutput(onFailure: () => void): void {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (isClosed) return;
    isClosed = true;
    if (code === "EPIPE") return;
    complain("The results cannot be written: {reason}.", { reason: systemReason(code ?? message) });
    onFailure();
  });
  process.stderr.on("error", () => {
    // There is nowhere left to say so.
  });
}

/** Writes to standard output, where the results go. */
export function print(text: string): void {
  if (!isClosed) process.stdout.write(text);
}

/** Writes a line to standard error, where everything goes that is no result. */
export function complain(text: string, values?: MessageArguments): void {
  process.stderr.write(`sopm: ${oneLine(translate(text, values))}\n`);
}
