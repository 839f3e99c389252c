import type { Message } from "../l10n/translate.ts";
import type { CheckPlace } from "./checks/check.ts";
import { checks, type PlainCheckId } from "./checks/checks.ts";
import type { Planning } from "./planning.ts";
import { remainsOfCheck } from "./remains.ts";

/** Plans one check. Returns whether the operation goes on. */
export function planCheck(planning: Planning, id: PlainCheckId, place: CheckPlace = "operation"): boolean {
  const { check, forceable, logsWhenForced } = checks[id];
  const isPassedOver = planning.force && forceable && place === "operation";
  const { slashesCollapsed } = planning;
  const result = check(planning, place);
  // What Force passes over leaves no traces.
  if (isPassedOver) planning.slashesCollapsed = slashesCollapsed;
  if (!result) return true;
  const key = planning.uniqueKey(`check ${id}`);
  const assumption = planning.assumed(key);
  const holds = assumption ? assumption === "succeeds" : result.holds;
  const { span, log = [], quirks = [], doubt, goesOn = false } = result;
  const reason = result.reason ?? assumedReason;
  const detail = { kind: "check", check: id, forced: isPassedOver && !holds } as const;
  const assumed = assumption !== undefined;
  if (isPassedOver) {
    planning.add(key, detail, {
      outcome: "skipped",
      assumed,
      reason: holds ? forcedReason : reason,
      span,
      log: logsWhenForced ? log : [],
    });
    return true;
  }
  if (holds) {
    planning.add(key, detail, {
      assumed,
      log: result.holds ? log : [],
      quirks,
      remains: remainsOfCheck(planning),
    });
    return true;
  }
  planning.add(key, detail, {
    outcome: "fails",
    doubt,
    assumed,
    // The doubt has it.
    reason: doubt ? undefined : reason,
    span,
    log,
    quirks,
    remains: goesOn || doubt ? undefined : remainsOfCheck(planning),
  });
  if (goesOn) return true;
  if (doubt) planning.isOpen = true;
  planning.refuse(id, reason, span);
  return false;
}

const forcedReason: Message = { text: "Force passes over this check." };
/** The reason of a step that would run, if its reader had not assumed otherwise. */
export const assumedReason: Message = { text: "This step is assumed to fail." };
