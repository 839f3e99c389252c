import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";

/** Stands between the steps of an operation and those of the one that it became. */
export function continuesAs(operation: Operation): Message {
  return operation === "upgrade"
    ? { text: "It goes on as an upgrade." }
    : { text: "It goes on as an install." };
}
