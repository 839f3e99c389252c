import type { Element } from "../../syntax/element.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { DocumentSymbol } from "../document-symbols.ts";
import type { SettingsDocument } from "./document.ts";

/** More than any settings file has; editors grow slow with more. */
const settingLimit = 5000;

/** The outline of a settings file: its settings, by the groups that administrators find them in. */
export function settingsSymbols({ tree, format }: SettingsDocument): readonly DocumentSymbol[] {
  const wanted = format === "2.0" ? "Setting" : "ConfigItem";
  return settingsOf(tree, wanted).map((element) => ({
    name: oneLine(element.value("Name")) || element.name,
    detail: oneLine((element.child("Navigation") ?? element.child("SubGroup"))?.text.value),
    kind: "key",
    span: element.span,
    selectionSpan: element.attribute("Name")?.valueSpan ?? element.nameSpan,
    children: [],
  }));
}

/** Those in a setting that nothing closes are settings, too, for its author is only typing. */
function settingsOf({ root }: SyntaxTree, wanted: string): readonly Element[] {
  const found: Element[] = [];
  for (const element of root?.descendants() ?? []) {
    if (element.name === wanted && element.parent) found.push(element);
    if (found.length === settingLimit) break;
  }
  return found;
}

function oneLine(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}
