import { isDatabaseFamily } from "../model/package-spec.ts";
import type { StartTag, Tag } from "../model/package-structure.ts";

/** Builders write these attributes of files. */
export const buildAttributes: readonly string[] = ["Encode", "Size"];

/** Builders write these elements. */
export const buildData: ReadonlySet<string> = new Set(["BuildDate", "BuildHost"]);

/** Attributes as lines, in the order of their names. */
export function attributesOf({ attributes }: StartTag, leftOut: readonly string[]): string {
  return [...attributes]
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
}

/** All that a tag says, but for its phase. */
export function said(tag: StartTag): string {
  return `${textOf(tag)}\n${attributesOf(tag, ["Type"])}`;
}

/** All that a tag says, for reading. */
function lineOf(tag: StartTag, leftOut: readonly string[]): string {
  const attributes = [...tag.attributes]
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]) => `${name}="${value}"`)
    .sort();
  const text = textOf(tag);
  return [tag.name, ...attributes, ...(text ? [`– ${text}`] : [])].join(" ");
}

/** Line breaks at the ends are laid out by each builder in its own way. */
export function textOf(tag: StartTag | undefined): string | undefined {
  const text = tag && (tag.content ?? "").replace(/\r\n?/g, "\n").trim();
  // Builders make an empty text of it.
  return text === "0" ? "" : text;
}

export interface Statement {
  readonly phase: string;
  readonly tag: StartTag;
  /** All of it but the phase, a line for each element. */
  readonly text: string;
}

/** What stands right in the sections of a family, with all that is in it. */
export function statements(phases: ReadonlyMap<string, readonly Tag[]>): readonly Statement[] {
  const found: Statement[] = [];
  for (const [phase, tags] of phases) {
    let current: { tag: StartTag; parts: string[] } | undefined;
    const finish = () => {
      if (current) found.push({ phase, tag: current.tag, text: current.parts.join("\n") });
      current = undefined;
    };
    for (const tag of tags) {
      if (tag.kind === "end") continue;
      if (isDatabaseFamily(tag.name)) finish();
      else if (tag.parent !== undefined && isDatabaseFamily(tag.parent)) {
        finish();
        current = { tag, parts: [lineOf(tag, ["Type"])] };
      } else current?.parts.push(`  ${lineOf(tag, [])}`);
    }
    finish();
  }
  return found;
}
