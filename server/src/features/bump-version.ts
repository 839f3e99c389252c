import { inc, valid } from "semver";
import type { MessageArguments } from "../l10n/translate.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import { compareStrictly } from "../model/version.ts";
import type { Element } from "../syntax/element.ts";
import type { TextEdit } from "../text/edit.ts";
import { escapeXml } from "../text/escape.ts";
import type { SourceText } from "../text/source-text.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { indentationAt, lineBreakOf, startsLine } from "./layout.ts";

export type VersionPart = "major" | "minor" | "patch";

export type VersionBump =
  | {
      readonly kind: "bumped";
      readonly from: string;
      readonly to: string;
      readonly edits: readonly TextEdit[];
    }
  | {
      readonly kind: "impossible";
      /** English template for the reader. */
      readonly reason: string;
      readonly arguments?: MessageArguments;
    };

/**
 * The edits that raise the version of the package and begin an entry for it in the change log.
 *
 * @param part which of its numbers, or the version that it becomes, which may be the one it has
 * @param now "YYYY-MM-DD hh:mm:ss", local time
 * @param text what the entry says
 */
export function bumpVersion(
  { spec }: Pick<FeatureDocument, "spec">,
  part: VersionPart | { readonly to: string },
  now: string,
  text = "",
): VersionBump {
  const version = spec.last("Version");
  const from = version?.trimmedText.value;
  if (!version || !from) {
    return { kind: "impossible", reason: "There is no Version to raise. Write one, such as 1.0.0." };
  }
  if (typeof part === "object") return toVersion(spec, version, part.to, now, text);
  const to = /^\d+\.\d+\.\d+$/.test(from) && valid(from) ? inc(from, part) : null;
  if (to === null) {
    return {
      kind: "impossible",
      reason: "{version} cannot be raised, because it is not made of three plain numbers such as 1.0.0.",
      arguments: { version: from },
    };
  }
  return toVersion(spec, version, to, now, text);
}

function toVersion(spec: PackageSpec, version: Element, to: string, now: string, text: string): VersionBump {
  const { span, value: from } = version.trimmedText;
  const edits = from === to ? [] : [{ span, newText: to }];
  const entry = entryEdit(spec, to, now, text);
  return { kind: "bumped", from, to, edits: entry ? [...edits, entry] : edits };
}

/** Undefined when the change log has an entry for this version already, or it cannot be told where one belongs. */
function entryEdit(spec: PackageSpec, version: string, now: string, text: string): TextEdit | undefined {
  const entries = spec.all("ChangeLog");
  if (entries.some((entry) => entry.value("Version") === version)) return undefined;
  const date = isDay(entries[0]?.value("Date")) ? now.slice(0, 10) : now;
  const entry = `<ChangeLog Version="${version}" Date="${date}">${escapeXml(text)}</ChangeLog>`;
  const { source } = spec.tree;
  const first = entries[0];
  if (first && !isOldestFirst(entries)) return insertedBefore(source, first, entry);
  const anchor = first ? entries.at(-1) : (spec.last("License") ?? spec.last("Version"));
  return anchor && isClosed(anchor) ? insertedBehind(source, anchor, entry) : undefined;
}

function isDay(date: string | undefined): boolean {
  return date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date.trim());
}

/** By convention the newest entry comes first, but there are packages that append. */
function isOldestFirst(entries: readonly Element[]): boolean {
  const first = entries[0]?.value("Version");
  const last = entries.at(-1)?.value("Version");
  return first !== undefined && last !== undefined && compareStrictly(first, last) < 0;
}

function isClosed({ closing }: Element): boolean {
  return closing === "end-tag" || closing === "empty" || closing === "mismatched";
}

function insertedBefore(source: SourceText, element: Element, text: string): TextEdit {
  const at = element.start;
  const isAlone = startsLine(source, at);
  const behind = isAlone ? lineBreakOf(source) + indentationAt(source, at) : "";
  return { span: { start: at, end: at }, newText: text + behind };
}

function insertedBehind(source: SourceText, element: Element, text: string): TextEdit {
  const at = element.span.end;
  const isAlone = startsLine(source, element.start);
  const before = isAlone ? lineBreakOf(source) + indentationAt(source, element.start) : "";
  return { span: { start: at, end: at }, newText: before + text };
}
