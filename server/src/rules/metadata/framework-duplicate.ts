import { matchesPattern } from "../../model/framework-range.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { boundsOf, type FrameworkText, frameworkText } from "../shared/framework-element.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Of several entries that fit a version the last one decides, not the one that lets the package in. */
export const frameworkDuplicate: PackageRule = {
  id: "framework-duplicate",
  scope: "package",
  elements: ["Framework"],
  severity: "error",
  where: "frameworkBounds",
  message: {
    decides:
      "This does not decide for {text}, because “{other}” further down fits it too and the last one counts.",
    same: "This says nothing new, because the same Framework stands further down.",
  },

  *check(spec) {
    const elements = rootChildren(spec, "Framework");
    if (elements.length < 2) return;
    const entries = elements.flatMap((element, index) => {
      const framework = frameworkText(element, element.parent?.name);
      const isUsable = framework && framework.form !== "empty" && framework.form !== "expression";
      if (!isUsable || framework.hasBlanks) return [];
      return [{ element, framework, bounds: boundsText(element), index }];
    });
    for (const [{ element, framework, bounds }, rival] of withRivals(entries)) {
      const isSame = framework.text === rival.framework.text && bounds === rival.bounds;
      yield {
        span: framework.span,
        variant: isSame ? "same" : "decides",
        severity: isSame ? "warning" : "error",
        arguments: { text: framework.text, other: rival.framework.text },
        related: [{ message: "This is the one that counts.", span: rival.framework.span }],
        fixes: [removal(element)],
        unnecessary: isSame,
      };
    }
  },
};

interface Entry {
  readonly element: Element;
  readonly framework: FrameworkText;
  readonly bounds: string;
  readonly index: number;
}

/** More texts than there are releases; comparing each with each would take too long. */
const comparedTexts = 100;

/**
 * The entries that do not decide, each with the first one behind it that does. Overlapping texts without bounds
 * agree, so they matter only when one of them is written twice.
 */
function withRivals(entries: readonly Entry[]): readonly (readonly [entry: Entry, rival: Entry])[] {
  const texts = [...new Set(entries.map(({ framework }) => framework.text))];
  const overlaps = new Map(
    texts.map((text) => {
      const others = texts.length > comparedTexts ? [text] : texts;
      return [text, others.filter((other) => overlap(text, other))];
    }),
  );
  /** By text, of what has been passed from the end: the next entry, and the next with other bounds than that. */
  const behind = new Map<string, { readonly next: Entry; readonly otherBounds: Entry | undefined }>();
  const found: [Entry, Entry][] = [];
  for (const entry of entries.toReversed()) {
    const { text } = entry.framework;
    const rivals = overlaps.get(text)!.flatMap((other) => {
      const known = behind.get(other);
      return (other === text || known?.next.bounds !== entry.bounds ? known?.next : known?.otherBounds) ?? [];
    });
    const rival = rivals.reduce<Entry | undefined>((a, b) => (a && a.index < b.index ? a : b), undefined);
    if (rival) found.push([entry, rival]);
    const known = behind.get(text);
    const otherBounds = known && known.next.bounds !== entry.bounds ? known.next : known?.otherBounds;
    behind.set(text, { next: entry, otherBounds });
  }
  return found.reverse();
}

function boundsText(element: Element): string {
  return boundsOf(element)
    .map(({ name, value }) => `${name} ${value}`)
    .join(" ");
}

/** Tells whether some version fits both, trying those that each text looks like. */
function overlap(a: string, b: string): boolean {
  return (
    samples(a).some((version) => matchesPattern(version, b)) ||
    samples(b).some((version) => matchesPattern(version, a))
  );
}

function samples(text: string): readonly string[] {
  return ["1", "1.1", "12"].map((value) => text.replace(/x/gi, value));
}
