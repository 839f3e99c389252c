import type { Message } from "../l10n/translate.ts";
import {
  codeFamilies,
  databaseFamilies,
  introFamilies,
  isDatabaseFamily,
  type PackageSpec,
} from "../model/package-spec.ts";
import type { Finding } from "../rules/rule.ts";
import { plainVersion } from "../rules/shared/plain-version.ts";
import type { Element } from "../syntax/element.ts";
import { countUpTo } from "../text/count-up-to.ts";
import type { Span } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { isDead, phaseOf } from "./section-timing.ts";
import type { LensKind } from "./shown-kinds.ts";
import { gatesIn, versionBelow } from "./upgrade-path.ts";

/** What a lens does. */
export type LensAction =
  | { readonly kind: "dry-run"; readonly operation: "install" | "reinstall" | "uninstall" }
  /** `from` is the version that is installed before; undefined for one that the reader chooses. */
  | { readonly kind: "dry-run"; readonly operation: "upgrade"; readonly from: string | undefined }
  /** The SQL of a section; undefined for that of the package. */
  | { readonly kind: "sql"; readonly section: Span | undefined }
  | { readonly kind: "build" }
  /** All upgrades of the package. */
  | { readonly kind: "matrix" }
  /** `first` is the place of the first one. */
  | { readonly kind: "findings"; readonly first: Span };

/** Something that is offered above a line. */
export interface CodeLens {
  readonly kind: LensKind;
  /** Of the name of the element that it is above. */
  readonly span: Span;
  readonly title: Message;
  readonly action: LensAction;
}

/** Of a package with more sections only the first ones have lenses. */
const sectionLimit = 200;

/**
 * What is offered above the root element for a package, and above each of its sections for that. What is found in an
 * element is counted with all that is in it.
 *
 * @param findings what is wrong with the document as it is now
 * @param kinds those that are wanted
 * @param differing how many upgrades differ from a fresh install or fail; undefined while nobody knows
 */
export function codeLenses(
  document: FeatureDocument,
  findings: readonly Finding[],
  kinds: readonly LensKind[],
  differing?: number,
): readonly CodeLens[] {
  const { spec } = document;
  const { root } = spec;
  if (!root) return [];
  const sections = kinds.includes("sections") ? spec.sections(sectionNames).slice(0, sectionLimit) : [];
  const found = placesOf(findings);
  const lenses = [
    ...packageLenses(document, root, differing),
    ...findingsLens(root, found),
    ...sections.flatMap((section) => [...sectionLenses(document, section), ...findingsLens(section, found)]),
  ];
  return lenses.filter(({ kind }) => kinds.includes(kind));
}

const sectionNames = [...codeFamilies, ...databaseFamilies, ...introFamilies, "Filelist"];

function packageLenses(
  { spec, context }: FeatureDocument,
  root: Element,
  differing: number | undefined,
): readonly CodeLens[] {
  const lens = (kind: LensKind, text: string, action: LensAction, values = {}): CodeLens => {
    return { kind, span: root.nameSpan, title: { text, values }, action };
  };
  const ofSpecs = [
    lens("sql", "Preview SQL", { kind: "sql", section: undefined }),
    lens("operations", "Build Package", { kind: "build" }),
  ];
  return [
    lens("operations", "Dry run: install", { kind: "dry-run", operation: "install" }),
    lens("operations", "upgrade from…", { kind: "dry-run", operation: "upgrade", from: undefined }),
    lens("operations", "reinstall", { kind: "dry-run", operation: "reinstall" }),
    lens("operations", "uninstall", { kind: "dry-run", operation: "uninstall" }),
    lens("operations", matrixTitle(differing), { kind: "matrix" }, { count: differing ?? 0 }),
    ...(context.kind === "archive" ? [] : ofSpecs),
    ...pathLens(spec, root),
  ];
}

function matrixTitle(differing: number | undefined): string {
  switch (differing) {
    case undefined:
      return "Upgrade matrix";
    case 0:
      return "Upgrade matrix: nothing differs or fails";
    case 1:
      return "Upgrade matrix: 1 path differs or fails";
    default:
      return "Upgrade matrix: {count} paths differ or fail";
  }
}

/** The versions at which an upgrade comes to run more, from one below all of them on. */
function pathLens(spec: PackageSpec, root: Element): readonly CodeLens[] {
  const gates = gatesIn(spec.sections(["CodeUpgrade", "DatabaseUpgrade"]), spec);
  const [lowest] = gates;
  if (lowest === undefined) return [];
  const from = versionBelow(lowest, spec);
  if (from === undefined) return [];
  const own = plainVersion(spec.version);
  const path = [from, ...gates, ...(own === undefined || gates.includes(own) ? [] : [own])];
  const shown = path.length > stationLimit ? path.toSpliced(3, path.length - stationLimit, "…") : path;
  return [
    {
      kind: "upgradePath",
      span: root.nameSpan,
      title: { text: "Upgrade path: {path}", values: { path: shown.join(" → ") } },
      action: { kind: "dry-run", operation: "upgrade", from },
    },
  ];
}

/** More of them fill a line. */
const stationLimit = 7;

/** What never runs is not tried. */
function sectionLenses({ spec, context }: FeatureDocument, section: Element): readonly CodeLens[] {
  const { name, nameSpan: span } = section;
  if (name === "Filelist" || name.startsWith("Intro") || isDead(section, spec)) return [];
  if (phaseOf(section, spec) === "merge") return [];
  const run = runLens(spec, section);
  const sql: CodeLens = {
    ...{ kind: "sql", span, title: { text: "SQL of this section" } },
    action: { kind: "sql", section: section.span },
  };
  const makesSql = isDatabaseFamily(name) && context.kind !== "archive" && section.elements.length > 0;
  return [...run, ...(makesSql ? [sql] : [])];
}

/** The operation that runs a section; an upgrade from where all of it runs. */
function runLens(spec: PackageSpec, section: Element): readonly CodeLens[] {
  const [, operation] = /(Install|Upgrade|Reinstall|Uninstall)$/.exec(section.name)!;
  const lens = (title: Message, action: LensAction): readonly CodeLens[] => [
    { kind: "operations", span: section.nameSpan, title, action },
  ];
  switch (operation) {
    case "Install":
      return lens({ text: "Dry run: install" }, { kind: "dry-run", operation: "install" });
    case "Reinstall":
      return lens({ text: "Dry run: reinstall" }, { kind: "dry-run", operation: "reinstall" });
    case "Uninstall":
      return lens({ text: "Dry run: uninstall" }, { kind: "dry-run", operation: "uninstall" });
    default: {
      const [gate] = gatesIn([section], spec);
      const from = gate === undefined ? undefined : versionBelow(gate, spec);
      return gate === undefined || from === undefined
        ? []
        : lens(
            { text: "Dry run: upgrade from below {gate}", values: { gate } },
            { kind: "dry-run", operation: "upgrade", from },
          );
    }
  }
}

/** Where something was found in the document itself, in order. */
interface FoundPlaces {
  readonly places: readonly Span[];
  readonly starts: readonly number[];
}

function placesOf(findings: readonly Finding[]): FoundPlaces {
  const places = findings.flatMap(({ file, span }) => (file ? [] : [span])).sort((a, b) => a.start - b.start);
  return { places, starts: places.map(({ start }) => start) };
}

function findingsLens(element: Element, { places, starts }: FoundPlaces): readonly CodeLens[] {
  const { start, end } = element.span;
  const from = countUpTo(starts, start - 1);
  const count = countUpTo(starts, end - 1) - from;
  const first = places[from];
  if (!first || count === 0) return [];
  return [
    {
      ...{ kind: "findings", span: element.nameSpan },
      title: count === 1 ? { text: "1 finding" } : { text: "{count} findings", values: { count } },
      action: { kind: "findings", first },
    },
  ];
}
