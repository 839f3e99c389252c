import type { Message } from "../l10n/translate.ts";
import type { DryRunReport } from "./report-model.ts";

/** How many steps have which outcome, in a sentence. */
export function countsMessage({ counts }: Pick<DryRunReport, "counts">): Message {
  return {
    text: "Steps that run: {runs}, fail: {fails}, are skipped: {skipped}, never run: {never}.",
    values: counts,
  };
}
