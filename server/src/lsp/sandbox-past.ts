import type { Texts } from "../l10n/texts.ts";
import type { Message } from "../l10n/translate.ts";
import type { SandboxOperation, SandboxOperationsResult, SandboxParams } from "../protocol/sandbox.ts";
import { isInEffect } from "../sandbox/operation-log.ts";
import type { OperationRecord } from "../system/operation-record.ts";
import { oneLine } from "../text/visible.ts";
import { openOnce } from "./dry-run-system.ts";
import type { Session } from "./session.ts";

/** What was ever done to a sandbox, the newest first. @throws PackageError */
export async function operationsForEditor(
  { folder }: SandboxParams,
  session: Session,
): Promise<SandboxOperationsResult> {
  const past = await (await openOnce(folder, session)).operations();
  const present = past.findLast(isInEffect)?.number;
  const operations = past.map(
    (operation): SandboxOperation => ({
      number: operation.number,
      title: titleOf(operation.record, session.world.texts),
      date: oneLine(operation.record?.date ?? ""),
      canGoBackTo: operation.canGoBackTo,
      isPresent: operation.number === present,
    }),
  );
  return { kind: "operations", operations: operations.reverse() };
}

function titleOf(record: OperationRecord | undefined, { translate }: Texts): string {
  if (!record) return translate("An operation whose file is damaged");
  const { name = "?", version = "", previousVersion = "", undoneTo = 0 } = record;
  const values = { name, version, previous: previousVersion, number: undoneTo };
  return translate(titles[record.kind].text, values);
}

const titles: Readonly<Record<OperationRecord["kind"], Message>> = {
  create: { text: "The sandbox was made" },
  install: { text: "Install {name} {version}" },
  upgrade: { text: "Upgrade {name} {previous} to {version}" },
  reinstall: { text: "Reinstall {name} {version}" },
  uninstall: { text: "Uninstall {name} {version}" },
  change: { text: "Change of the package table" },
  undo: { text: "Back to operation {number}" },
  lost: { text: "An operation whose file is damaged" },
};
