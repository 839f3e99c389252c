import type { OtherPackages } from "../host/known-packages.ts";
import type { Translate } from "../l10n/translate.ts";
import { type ReleasedVersion, releasedBefore } from "../rules/shared/released-versions.ts";
import { plainPath } from "../symbols/file-list.ts";
import { codeDigest } from "../symbols/shape-of-package.ts";
import type { Element } from "../syntax/element.ts";
import { inlineCode } from "../text/escape.ts";
import type { FeatureDocument } from "./feature-document.ts";

/** What an element of a spec brings, as far as released versions are asked for it. */
export type Brought =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "table"; readonly name: string }
  | { readonly kind: "column"; readonly table: string; readonly name: string }
  /** @param name a short text that is the same for the same code */
  | { readonly kind: "code"; readonly name: string };

/**
 * The first of the released versions that has had something ever since, the versions that are compared being those below
 * the own one: "always" where the oldest of them has it, "new" where the newest has not. Undefined where no released version
 * is known.
 */
export function sinceOf(
  brought: Brought,
  { spec, context }: Pick<FeatureDocument, "spec" | "context">,
  others: OtherPackages,
): "always" | "new" | { readonly version: string } | undefined {
  const released = releasedBefore(spec, context, others);
  const oldest = released.at(-1);
  if (!oldest) return undefined;
  const without = released.findIndex((each) => !has(each, brought));
  if (without < 0) return "always";
  return without === 0 ? "new" : { version: released[without - 1]!.version };
}

function has({ known, shape }: ReleasedVersion, brought: Brought): boolean {
  switch (brought.kind) {
    case "file":
      return known.files.has(brought.name);
    case "table":
      return shape.tables.has(brought.name.toLowerCase());
    case "column":
      return shape.tables.get(brought.table.toLowerCase())?.columns.has(brought.name.toLowerCase()) ?? false;
    case "code":
      return shape.codes.has(brought.name);
  }
}

/** What an element brings when a package is installed; undefined for others. */
export function broughtBy(element: Element): Brought | undefined {
  const { parent } = element;
  const name = element.value("Name") ?? "";
  if (element.name === "File" && parent?.name === "Filelist") {
    const location = element.value("Location") ?? "";
    return location === "" ? undefined : { kind: "file", name: plainPath(location) };
  }
  if (element.name.startsWith("Code") && parent?.parent === undefined && parent !== undefined)
    return element.text.value.trim() === "" ? undefined : { kind: "code", name: codeDigest(element) };
  if (name === "") return undefined;
  if (element.name === "TableCreate" && parent?.name === "DatabaseInstall") return { kind: "table", name };
  if (
    element.name === "Column" &&
    parent?.name === "TableCreate" &&
    parent.parent?.name === "DatabaseInstall"
  )
    return { kind: "column", table: parent.value("Name") ?? "", name };
  return undefined;
}

/** Since when something has been there, as Markdown; empty where that is not known. */
export function describeSince(
  brought: Brought | undefined,
  document: Pick<FeatureDocument, "spec" | "context">,
  others: OtherPackages | undefined,
  translate: Translate,
): string {
  const since = brought && others && sinceOf(brought, document, others);
  if (!since) return "";
  if (since === "always") return translate("In all released versions that are known.");
  if (since === "new") return translate("In no released version that is known.");
  return translate("In released versions since {version}.", { version: inlineCode(since.version) });
}
