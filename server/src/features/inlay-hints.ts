import { familyOf } from "../dialect/dialect.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import type { Translate } from "../l10n/translate.ts";
import { base64Length, encodedSize } from "../model/base64.ts";
import { isDatabaseFamily } from "../model/package-spec.ts";
import { plainPath } from "../symbols/file-list.ts";
import type { Element } from "../syntax/element.ts";
import type { TextEdit } from "../text/edit.ts";
import { memo } from "../text/memo.ts";
import { type Span, touches } from "../text/span.ts";
import { shortened } from "../text/visible.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { type FittingReleases, fittingReleases } from "./fitting-releases.ts";
import { bytesText, paragraphs } from "./markdown.ts";
import {
  type Gate,
  gateOf,
  gateText,
  isDead,
  isSection,
  phaseOf,
  type Text,
  timingOf,
} from "./section-timing.ts";
import type { HintKind } from "./shown-kinds.ts";
import { broughtBy, describeSince, sinceOf } from "./since.ts";

/** Something that is shown in a line although it is not written there. */
export interface InlayHint {
  readonly kind: HintKind;
  readonly offset: number;
  readonly label: string;
  /** Where the element starts that the hint is about. */
  readonly about: number;
  /** What writes into the spec what the hint says; undefined where it cannot be written. */
  readonly edit: TextEdit | undefined;
}

/** More than any window shows. */
const hintLimit = 2000;

/**
 * The hints in a part of a document, in order. What is not known of the disk yet has none.
 *
 * @param kinds those that are wanted
 */
export function inlayHints(
  document: FeatureDocument,
  part: Span,
  kinds: readonly HintKind[],
  translate: Translate,
  others?: OtherPackages,
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  const { root } = document.spec;
  const waiting: Element[] = [];
  const wait = (elements: readonly Element[]) => {
    for (const element of elements.toReversed()) waiting.push(element);
  };
  if (root) wait(root.elementsIn(part));
  for (let element = waiting.pop(); element && hints.length < hintLimit; element = waiting.pop()) {
    for (const hint of [
      ...hintsOf(document, element, translate),
      sinceHint(document, element, others, translate),
    ]) {
      if (hint && touches(part, hint.offset) && kinds.includes(hint.kind)) hints.push(hint);
    }
    if (holdsOthers(element)) wait(element.elementsIn(part));
  }
  return hints;
}

/** What a hint says in full, as Markdown; empty when there is nothing to say of it any more. */
export function describeHint(
  document: FeatureDocument,
  { kind, about }: Pick<InlayHint, "kind" | "about">,
  translate: Translate,
  others?: OtherPackages,
): string {
  const element = document.tree.elementAt(about + 1);
  if (element?.start !== about) return "";
  const { spec, context } = document;
  const told = (text: Text | undefined) => (text ? translate(text.template, text.arguments) : "");
  switch (kind) {
    case "phases":
      return isSection(element) ? told(timingOf(element, spec)) : "";
    case "timing":
      return isSection(element) && isDead(element, spec)
        ? told(timingOf(element, spec))
        : told(gateText(element, spec, context.releases));
    case "releases":
      return element.name === "Framework" ? describeReleases(document, element, translate) : "";
    case "fileSizes":
      return describeSize(document, element, translate);
    case "since":
      return describeSince(broughtBy(element), document, others, translate);
  }
}

/** Below statements and files nothing has a hint, but for the columns of a table. */
function holdsOthers({ name, parent }: Element): boolean {
  if (name === "TableCreate" && parent?.name === "DatabaseInstall") return true;
  return parent !== undefined && parent.name !== "Filelist" && !isDatabaseFamily(parent.name);
}

function hintsOf(
  document: FeatureDocument,
  element: Element,
  translate: Translate,
): readonly (InlayHint | undefined)[] {
  if (element.name === "Framework") return [releaseHint(document, element, translate)];
  const { parent } = element;
  if (parent?.name === "Filelist") return [sizeHint(document, element, translate)];
  if (parent?.name === "TableCreate") return [];
  // Where an end tag is missing, sections seem to stand in one, and are none there.
  if (parent && isDatabaseFamily(parent.name) && isSection(element)) return [];
  return [phaseHint(document, element), timingHint(document, element, translate)];
}

/** As it would be written. */
function phaseHint({ spec, context }: FeatureDocument, section: Element): InlayHint | undefined {
  if (!isSection(section) || section.attribute("Type") || isDead(section, spec)) return undefined;
  const phase = phaseOf(section, spec);
  if (phase === undefined) return undefined;
  const offset = section.nameSpan.end;
  const label = `Type="${phase}"`;
  const edit = { span: { start: offset, end: offset }, newText: ` ${label}` };
  return {
    ...{ kind: "phases", offset, label, about: section.start },
    edit: context.kind === "archive" ? undefined : edit,
  };
}

function timingHint(
  { spec, context }: FeatureDocument,
  element: Element,
  translate: Translate,
): InlayHint | undefined {
  const label = () => {
    if (isSection(element) && isDead(element, spec))
      return element.name.startsWith("Intro") ? translate("never shown") : translate("never runs");
    const gate = gateOf(element, spec, context.releases);
    const text = gate && gateLabels[gate];
    return text && translate(text, { gate: shortened(element.value("Version") ?? "", gateLimit) });
  };
  return behind("timing", element, element.startTagSpan.end, label());
}

/** A hint that cannot be written into the spec; undefined for one without a text. */
function behind(
  kind: HintKind,
  element: Element,
  offset: number,
  label: string | undefined,
): InlayHint | undefined {
  return label ? { kind, offset, label, about: element.start, edit: undefined } : undefined;
}

/** What has been there in all versions, and what none has yet, has no hint: that would be most of a spec. */
function sinceHint(
  document: FeatureDocument,
  element: Element,
  others: OtherPackages | undefined,
  translate: Translate,
): InlayHint | undefined {
  const brought = others && broughtBy(element);
  const since = brought && sinceOf(brought, document, others);
  if (typeof since !== "object") return undefined;
  const version = shortened(since.version, gateLimit);
  return behind("since", element, element.startTagSpan.end, translate("since {version}", { version }));
}

/** No version is longer. */
const gateLimit = 40;

/** In few words what `gateText` says. Of a version without meaning a finding tells. */
const gateLabels: Readonly<Partial<Record<Gate, string>>> = {
  code: "runs on upgrade from below {gate}",
  "code-above": "never runs",
  "code-merge": "runs on merge",
  "code-open": "runs on every upgrade",
  database: "runs on upgrade from below {gate}",
  "database-above": "runs on every upgrade",
  "database-merge": "runs on merge from below {gate}",
  "database-missing": "never runs",
};

/** A text that is being typed has none. */
function releaseHint(
  { context }: FeatureDocument,
  framework: Element,
  translate: Translate,
): InlayHint | undefined {
  if (framework.text.value.trim() === "") return undefined;
  const fitting = fittingReleases(framework, familyOf(context.dialect)).map(releasesText).join(", ");
  return behind(
    "releases",
    framework,
    framework.span.end,
    fitting === "" ? translate("fits no known release") : firstOf(fitting),
  );
}

function releasesText({ product, parts }: FittingReleases): string {
  return `${product} ${parts.join(", ")}`;
}

function firstOf(text: string): string {
  return text.length > labelLimit ? `${text.slice(0, text.lastIndexOf(", ", labelLimit))} …` : text;
}

const labelLimit = 60;

function describeReleases(
  { spec, context }: FeatureDocument,
  framework: Element,
  translate: Translate,
): string {
  const fitting = fittingReleases(framework, familyOf(context.dialect));
  if (fitting.length === 0)
    return translate("The text and the bounds of this element let in no release that is known.");
  return paragraphs(
    translate("The text and the bounds of this element let in:"),
    fitting.map((each) => `- ${releasesText(each)}`).join("\n"),
    spec.all("Framework").length > 1
      ? translate("Of several `Framework` elements that fit, the last one decides.")
      : undefined,
  );
}

function sizeHint(document: FeatureDocument, file: Element, translate: Translate): InlayHint | undefined {
  const size = sizeOf(document, file);
  return size === undefined
    ? undefined
    : behind("fileSizes", file, file.startTagSpan.end, sizeText(size, translate));
}

/** In bytes; undefined for what is no file, or not known yet. */
function sizeOf({ context: { kind, folder } }: FeatureDocument, file: Element): number | undefined {
  if (kind === "archive") return base64Length(file.text.value);
  const path = plainPath(file.value("Location") ?? "");
  const fact = path === "" ? undefined : folder.factOf(path);
  return fact?.kind === "file" && !fact.leavesBase ? fact.size : undefined;
}

/** As people write sizes: two or three digits are enough. */
function sizeText(size: number, translate: Translate): string {
  if (size < 1000) return bytesText(size, translate);
  const isLarge = size >= 999_500;
  const amount = size / (isLarge ? 1e6 : 1e3);
  if (amount >= 9.95) {
    const whole = { whole: Math.round(amount) };
    return isLarge ? translate("{whole} MB", whole) : translate("{whole} kB", whole);
  }
  const tenths = Math.round(amount * 10);
  const values = { whole: Math.floor(tenths / 10), tenth: tenths % 10 };
  return isLarge ? translate("{whole}.{tenth} MB", values) : translate("{whole}.{tenth} kB", values);
}

/** How much of the archive it is depends on all other files, and is worked out for the one that somebody looks at. */
function describeSize(document: FeatureDocument, file: Element, translate: Translate): string {
  const size = sizeOf(document, file);
  if (size === undefined) return "";
  const { total, unknown } = sizesOf(document);
  const percent = total === 0 ? 0 : (size * 100) / total;
  const share = percent > 0 && percent < 1 ? translate("Less than 1") : Math.round(percent);
  return paragraphs(
    bytesText(size, translate),
    translate("{encoded} characters in the archive, as Base64.", { encoded: encodedSize(size) }),
    unknown === 0
      ? translate("{share} % of all files in the list.", { share })
      : translate("{share} % of those files in the list whose size is known.", { share }),
  );
}

/** The bytes of all listed files, and of how many the size is not known. */
const sizesOf = memo((document: FeatureDocument): { readonly total: number; readonly unknown: number } => {
  let total = 0;
  let unknown = 0;
  for (const file of document.spec.files) {
    const size = sizeOf(document, file);
    if (size === undefined) unknown++;
    else total += size;
  }
  return { total, unknown };
});
