import type { Message } from "../l10n/translate.ts";
import type { OrderViolation } from "../repository/explain-order.ts";
import type { PackageTask, TaskOutcome } from "../repository/perform-in-order.ts";

const outcomeTexts: Readonly<Record<TaskOutcome, { readonly text: string }>> = {
  AlreadyUpdated: { text: "{name} {version} is up to date" },
  Installed: { text: "{name} {version} is installed" },
  Updated: { text: "{name} is upgraded from {from} to {version}" },
  Undeployed: { text: "{name} {version} is up to date, but its files are not as the package has them" },
  InstallError: { text: "{name} {version} cannot be installed" },
  UpdateError: { text: "{name} cannot be upgraded from {from} to {version}" },
};

/** What became of a package, or would, without a full stop. */
export function outcomeMessage(
  { name, offered, installedVersion = "" }: PackageTask,
  outcome: TaskOutcome,
): Message {
  return {
    text: outcomeTexts[outcome].text,
    values: { name, version: offered.entry.version, from: installedVersion },
  };
}

export function violationMessage({ name, required }: OrderViolation): Message {
  return { text: "{name} may come before {required}, which it requires", values: { name, required } };
}
