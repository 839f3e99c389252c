import type { Message } from "../l10n/translate.ts";
import type { DryRunReport } from "./report-model.ts";

/** How many steps have which answer, in a sentence. */
export function countsMessage({ counts }: Pick<DryRunReport, "counts">): Message {
  return {
    text: "Steps that run: {runs}, cannot be known: {unknown}, fail: {fails}, are skipped: {skipped}, never run: {never}.",
    values: counts,
  };
}
