import type { Element } from "../../syntax/element.ts";
import { escapeXml } from "../../text/escape.ts";
import type { SourceText } from "../../text/source-text.ts";
import type { Fix } from "../rule.ts";
import { indentationBefore } from "./fixes.ts";
import { belowOneOf, topGroups } from "./setting-names.ts";

/**
 * Writes a setting of the form of OTRS 5 in the present one; undefined where it holds what has no plain counterpart.
 *
 * @param item a `ConfigItem`
 */
export function migrationOf(item: Element, source: SourceText): Fix | undefined {
  const value = item.child("Setting")?.elements[0];
  const written = value && valueLines(value);
  const name = item.value("Name");
  if (!written || !name || item.child("Setting")!.elements.length > 1) return undefined;
  const flag = (attribute: string, missing: string) => item.value(attribute) ?? missing;
  const level = item.value("ConfigLevel");
  const descriptions = item.childrenNamed("Description");
  const description = descriptions.find((each) => (each.value("Lang") ?? "en") === "en") ?? descriptions[0];
  const lines = [
    `<Setting Name="${escapeXml(name)}" Required="${flag("Required", "0")}" Valid="${flag("Valid", "1")}"${level ? ` ConfigLevel="${level}"` : ""}>`,
    `    <Description Translatable="1">${escapeXml(description?.trimmedText.value ?? "")}</Description>`,
    `    <Navigation>${escapeXml(navigationOf(item))}</Navigation>`,
    "    <Value>",
    ...written.map((line) => `        ${line}`),
    "    </Value>",
    "</Setting>",
  ];
  const indentation = indentationBefore(source, item.start) ?? "";
  return {
    title: "Write it as Setting",
    edits: [{ span: item.span, newText: lines.join(`\n${indentation}`) }],
  };
}

const inTree = belowOneOf(topGroups);

/** Groups named the package, and what is below them the part of it; now all of them stand in one tree. */
function navigationOf(item: Element): string {
  const part = item.child("SubGroup")?.trimmedText.value ?? "";
  if (inTree.test(part)) return part;
  return `Core::${item.child("Group")?.trimmedText.value || "Package"}`;
}

function valueLines(value: Element): readonly string[] | undefined {
  const text = value.trimmedText.value;
  switch (value.name) {
    case "String": {
      if (value.elements.length > 0) return undefined;
      const pattern = value.value("Regex");
      return [
        `<Item ValueType="String"${pattern ? ` ValueRegex="${escapeXml(pattern)}"` : ""}>${escapeXml(text)}</Item>`,
      ];
    }
    case "TextArea":
      return value.elements.length > 0 ? undefined : [`<Item ValueType="Textarea">${escapeXml(text)}</Item>`];
    case "Option":
      return [
        `<Item ValueType="Select" SelectedID="${escapeXml(value.value("SelectedID") ?? "")}">`,
        ...value
          .childrenNamed("Item")
          .map(
            (option) =>
              `    <Item ValueType="Option" Value="${escapeXml(option.value("Key") ?? "")}">${escapeXml(option.trimmedText.value)}</Item>`,
          ),
        "</Item>",
      ];
    case "Hash":
    case "Array":
      return listLines(value);
    default:
      return undefined;
  }
}

function listLines(list: Element): readonly string[] | undefined {
  const lines: string[] = [`<${list.name}>`];
  for (const item of list.elements) {
    const key = item.value("Key");
    if (item.name !== "Item" || (list.name === "Hash" && key === undefined)) return undefined;
    const start = list.name === "Hash" ? `<Item Key="${escapeXml(key!)}">` : "<Item>";
    const inner = item.elements[0];
    if (!inner) {
      lines.push(`    ${start}${escapeXml(item.trimmedText.value)}</Item>`);
      continue;
    }
    const written = ["Hash", "Array"].includes(inner.name) && item.elements.length === 1 && listLines(inner);
    if (!written) return undefined;
    lines.push(`    ${start}`, ...written.map((line) => `        ${line}`), "    </Item>");
  }
  return [...lines, `</${list.name}>`];
}
