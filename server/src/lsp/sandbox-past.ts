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
  const records = new Map(past.map(({ number, record }) => [number, record]));
  const operations = past.map(
    (operation): SandboxOperation => ({
      number: operation.number,
      title: titleOf(operation.record, records, session.world.texts),
      date: oneLine(operation.record?.date ?? ""),
      canGoBackTo: operation.canGoBackTo,
      isPresent: operation.number === present,
    }),
  );
  return { kind: "operations", operations: operations.reverse() };
}

/** @param records of all operations by their number; undefined for one whose file is damaged */
function titleOf(
  record: OperationRecord | undefined,
  records: ReadonlyMap<number, OperationRecord | undefined>,
  texts: Texts,
): string {
  const { translate } = texts;
  if (!record) return translate("An operation whose file is damaged");
  const { kind, name = "?", version = "", previousVersion = "", undoneTo = 0 } = record;
  const target = kind === "undo" ? records.get(undoneTo) : undefined;
  // Only a record that somebody has changed leads back to an undo, which may lead back to the first one.
  const earlier = titleOf(target?.kind === "undo" ? undefined : target, records, texts);
  return translate(titles[kind].text, { name, version, previous: previousVersion, earlier });
}

const titles: Readonly<Record<OperationRecord["kind"], Message>> = {
  create: { text: "The sandbox was made" },
  install: { text: "Install {name} {version}" },
  upgrade: { text: "Upgrade {name} {previous} to {version}" },
  reinstall: { text: "Reinstall {name} {version}" },
  uninstall: { text: "Uninstall {name} {version}" },
  change: { text: "Change of the package table" },
  undo: { text: "Back to: {earlier}" },
  lost: { text: "An operation whose file is damaged" },
};
