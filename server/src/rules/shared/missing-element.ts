import type { PackageSpec } from "../../model/package-spec.ts";
import { escapeXml } from "../../text/escape.ts";
import type { Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { misplacementOf } from "./element-place.ts";
import { isRootName } from "./root-child.ts";

/** How a metadata element can be missing. Builders ask for the element alone, installers for its text. */
export type Absence =
  | "missing" // there is no such element
  | "empty" // it has no text
  | "blank"; // its text is nothing but blanks

/**
 * Reports a metadata element that is not there or has no text, at the root's name or at the empty element. The variant
 * is the {@link Absence}.
 *
 * Nothing is said where the text breaks off, because the element may well stand behind that place; nor where it is
 * there under a misspelt name, of which a rule of its own speaks; nor where the root is that of something else.
 * It weighs less in a spec that is finished elsewhere.
 *
 * @param exampleOf gives what the fix writes into the element; asked only where one is missing
 */
export function* missingElement(
  spec: PackageSpec,
  name: string,
  exampleOf: () => string,
  context?: RuleContext,
): Iterable<Report> {
  const found = spec.last(name);
  if (found && found.text.value.trim() !== "") return;
  const { root } = spec;
  if (!root || !isRootName(root.name) || isCutShort(spec)) return;
  if (!found && context && hasMisspelt(spec, name, context)) return;
  const example = exampleOf();
  if (found) {
    const { contentSpan, nameSpan } = found;
    const fixes =
      found.closing === "end-tag"
        ? [
            {
              title: "Insert “{text}”",
              arguments: { text: example },
              edits: [{ span: contentSpan, newText: escapeXml(example) }],
              asks: true as const,
            },
          ]
        : [];
    const absence: Absence = found.text.value === "" ? "empty" : "blank";
    yield { span: nameSpan, variant: absence, arguments: { name }, fixes };
    return;
  }
  const at = root.contentSpan.start;
  yield {
    span: root.nameSpan,
    variant: "missing" satisfies Absence,
    ...severityOfAbsence(spec),
    arguments: { name },
    fixes:
      root.closing === "empty"
        ? []
        : [
            {
              title: "Insert <{name}>",
              arguments: { name },
              edits: [
                { span: { start: at, end: at }, newText: `\n    <${name}>${escapeXml(example)}</${name}>` },
              ],
              asks: true as const,
            },
          ],
  };
}

/**
 * Some specs are but the part that people write: version, vendor and file list are put in by a build of their own,
 * and without that no framework takes them. To say so once as an error for each would be shouting.
 */
export function severityOfAbsence(spec: PackageSpec): Pick<Report, "severity"> {
  const isFinishedElsewhere =
    spec.last("Name") !== undefined &&
    ["Version", "Vendor", "Filelist"].every((name) => spec.last(name) === undefined);
  return isFinishedElsewhere ? { severity: "warning" } : {};
}

/** Tells whether an element stands in the root whose name is a slip of the one that is asked for. */
export function hasMisspelt(spec: PackageSpec, name: string, context: RuleContext): boolean {
  const { root } = spec;
  return (root?.elements ?? []).some((child) => {
    const misplacement = misplacementOf(child.name, root?.name, context);
    return misplacement !== undefined && "meant" in misplacement && misplacement.meant === name;
  });
}

/**
 * True when what is missing may well be there: behind a comment or a CDATA section that is never closed, or behind a
 * start tag of the root that has no end.
 */
export function isCutShort(spec: PackageSpec): boolean {
  if (spec.root?.closing === "unfinished") return true;
  return spec.tree.problems.some(({ code }) => code === "comment-unclosed" || code === "cdata-unclosed");
}
