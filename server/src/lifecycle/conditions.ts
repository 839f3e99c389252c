import type { Message } from "../l10n/translate.ts";
import { isTrue, type StartTag } from "../model/package-structure.ts";
import { notMergedReason } from "./database-gates.ts";
import { isInstalled } from "./installed-rows.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";

export interface Condition {
  /** Why it does not hold; undefined when it does. */
  readonly reason: Message | undefined;
  /** True where it can hold in no operation of this package. */
  readonly never: boolean;
  readonly quirks: readonly QuirkId[];
}

/**
 * Decides `IfPackage` and `IfNotPackage` of an element.
 *
 * `IfPackage` asks whether this operation has merged the package. The documentation says that it has to be
 * installed.
 *
 * @source Znuny 7.1 and OTOBO 11, _Code and _CheckDBInstalledOrMerged; OTRS 5 asks IfNotPackage of database sections
 *   for merged packages alone; OTRS 3.1 looks at neither
 */
export function conditionOf(
  planning: Planning,
  tag: StartTag,
  place: "code" | "database" = "code",
): Condition {
  const { switches, merged, system, structure } = planning;
  const wanted = tag.attributes.get("IfPackage");
  const unwanted = tag.attributes.get("IfNotPackage");
  if ((wanted === undefined && unwanted === undefined) || !switches.packageMerge) return met;
  const quirks: QuirkId[] = [];
  if (wanted !== undefined) {
    const isThere = isInstalled(system.packages, wanted);
    const isMerged = isTrue(merged.get(wanted));
    if (isThere !== isMerged) quirks.push("if-package-merged");
    const isMet = planning.has("if-package-merged") ? isMerged : isThere || isMerged;
    if (!isMet) {
      const never =
        planning.has("if-package-merged") &&
        !structure.repeated.PackageMerge.some(({ attributes }) => attributes.get("Name") === wanted);
      if (never && quirks.length === 0) quirks.push("if-package-merged");
      const values = { name: wanted };
      const reason: Message = !planning.has("if-package-merged")
        ? { text: "IfPackage: {name} is not installed.", values }
        : notMergedReason(wanted, !never);
      return { reason, never, quirks };
    }
  }
  if (unwanted !== undefined) {
    const values = { name: unwanted };
    if (merged.has(unwanted)) {
      return {
        reason: { text: "IfNotPackage: {name} was merged in this operation.", values },
        never: false,
        quirks,
      };
    }
    const looksAtTable = switches.ifNotPackageAsksTable || place === "code";
    if (looksAtTable && isInstalled(system.packages, unwanted)) {
      return { reason: { text: "IfNotPackage: {name} is installed.", values }, never: false, quirks };
    }
  }
  return { reason: undefined, never: false, quirks };
}

const met: Condition = { reason: undefined, never: false, quirks: [] };
