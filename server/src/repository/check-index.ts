import { defaultDialect, newestOf } from "../dialect/detect.ts";
import { dialectIds, type Family, families, familyOf } from "../dialect/dialect.ts";
import { familyOfIndex, familyOfIndexRoot, productOf, productsOf } from "../dialect/products.ts";
import type { FrameworkRelease, Release } from "../dialect/switches.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import { isTrue } from "../model/package-structure.ts";
import { compareStrictly, isAtLeast } from "../model/version.ts";
import type { Element } from "../syntax/element.ts";
import { checksum } from "../text/checksum.ts";
import type { Span } from "../text/span.ts";
import { type InstallOrder, installOrder, type OrderFailure } from "./install-order.ts";
import { isForFramework, newestOfEach } from "./online-list.ts";
import { type IndexEntry, readEntries } from "./read-index.ts";
import { contentSpan, type DocumentTag, nameSpan, readTags } from "./read-tags.ts";

/** The rules that an index can break. */
export type IndexRuleId =
  | "index-duplicate"
  | "index-entry-stale"
  | "index-file-missing"
  | "index-framework-missing"
  | "index-name-dialect"
  | "index-root-unknown"
  | "index-unresolvable";

/** One problem of an index, in the words of its rule. */
export interface IndexFinding {
  readonly rule: IndexRuleId;
  readonly variant: string;
  readonly span: Span;
  readonly arguments: MessageArguments;
  /** Absent for that of the rule. */
  readonly severity?: "error" | "warning" | "information";
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}

/** What an archive of the repository says of itself. */
export interface ArchiveIdentity {
  /** What an index would say of it, as `renderEntry` writes it; undefined when nothing can be read out of it. */
  readonly entry: string | undefined;
}

/** What is known of a repository beside its index. */
export interface RepositoryFacts {
  /** The name of the index itself; undefined for a text that is no file. */
  readonly fileName: string | undefined;
  /** The name of its root element, and where it stands; undefined where there is none. */
  readonly root: Element | undefined;
  /** What is at a path; undefined when nothing is. Absent where nobody can tell. Not called for entries without a file. */
  readonly archive?: ((file: string) => Promise<ArchiveIdentity | undefined>) | undefined;
  /** The versions of a package that is in none of the entries; absent where nobody knows of others. */
  readonly beside?: ((name: string) => Promise<readonly string[]>) | undefined;
  /** Compares versions as this release does. */
  readonly release: Release;
}

/**
 * Finds what keeps clients from using an index as it is meant. It may be put off, or given up, at every `yield`.
 *
 * @source Znuny 7.1, RepositoryPackageListGet and PackageInstallOrderListGet: what they leave out or take from the
 * wrong place
 */
export async function* checkIndex(
  text: string,
  facts: RepositoryFacts,
): AsyncGenerator<undefined, readonly IndexFinding[], undefined> {
  const isCompared = facts.archive !== undefined;
  const reading = yield* readEntries(text, "en", facts.release, (entry) => listed(entry, isCompared), true);
  // One that begins as an index has other faults.
  if (reading.kind === "refused") return text.includes("<Package") ? [] : [...rootFindings([], facts)];
  const entries = eachOnce(reading.entries);
  yield;
  const audiences = new Audiences(facts.fileName);
  const findings: IndexFinding[] = [];
  const add = (found: Iterable<IndexFinding>) => {
    for (const finding of found) findings.push(finding);
  };
  add(yield* archiveFindings(entries, facts));
  add(rootFindings(entries, facts));
  add(nameFindings(entries, facts, audiences));
  yield;
  for (const [at, entry] of entries.entries()) {
    add(frameworkFindings(entry, audiences));
    if (at % entriesAtOnce === 0) yield;
  }
  add(duplicates(entries, audiences));
  yield;
  add(yield* unresolvable(entries, facts, audiences));
  return findings.sort((a, b) => a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1));
}

/** A millisecond or so. */
const entriesAtOnce = 200;

/** What a check keeps of an entry: no nodes, of which a long index has more than fit into memory. */
interface ListedEntry
  extends Pick<
    IndexEntry,
    "name" | "version" | "file" | "frameworks" | "requiredPackages" | "requiredSpans"
  > {
  /** The name in its start tag. */
  readonly nameSpan: Span;
  /** Where its elements say something, by name; of several of one name the last, which is the one that counts. */
  readonly places: ReadonlyMap<string, Span>;
  /** What its elements say, by name; empty where nobody compares it. */
  readonly said: ReadonlyMap<string, string>;
}

/** Undefined for one without a start tag. */
function listed(entry: IndexEntry, isCompared: boolean): ListedEntry | undefined {
  const { name, version, file, frameworks, requiredPackages, requiredSpans, tags } = entry;
  const [start] = tags;
  if (!start) return undefined;
  const places = new Map<string, Span>();
  for (const tag of tags) {
    const isPlace = pointedAt.has(tag.name) || (isCompared && comparedNames.has(tag.name));
    if (isPlace && tag !== start) places.set(tag.name, placeOfTag(tag));
  }
  return {
    ...{ name, version, file, frameworks, requiredPackages, requiredSpans, places },
    nameSpan: nameSpan(start),
    said: isCompared ? saidBy(tags) : nothingSaid,
  };
}

/** The elements that findings point at, whatever is compared. */
const pointedAt: ReadonlySet<string> = new Set(["Name", "Version", "File", "Framework", "PackageRequired"]);

const nothingSaid: ReadonlyMap<string, string> = new Map();

function placeOfTag(tag: DocumentTag): Span {
  const { start, end } = contentSpan(tag);
  return end > start ? { start, end } : nameSpan(tag);
}

/** An index that is read twice, because it is not well-formed, has each entry twice. */
function eachOnce(entries: readonly (ListedEntry | undefined)[]): readonly ListedEntry[] {
  const seen = new Set<number>();
  return entries.filter((entry) => {
    if (!entry || seen.has(entry.nameSpan.start)) return false;
    seen.add(entry.nameSpan.start);
    return true;
  }) as ListedEntry[];
}

/** Where an entry names something; its own place where it does not. */
function placeOf({ places, nameSpan }: ListedEntry, name: string): Span {
  return places.get(name) ?? nameSpan;
}

function labelOf({ name, version }: ListedEntry): string {
  return `${name} ${version}`.trim();
}

async function* archiveFindings(
  entries: readonly ListedEntry[],
  { archive, release }: RepositoryFacts,
): AsyncGenerator<undefined, readonly IndexFinding[], undefined> {
  const findings: IndexFinding[] = [];
  const gone: IndexFinding[] = [];
  let isAnyThere = false;
  for (const entry of entries) {
    const { file } = entry;
    const said = { package: labelOf(entry), file };
    const add = (rule: IndexRuleId, variant: string, place: string, values: MessageArguments = {}) => ({
      ...{ rule, variant, span: placeOf(entry, place), arguments: { ...said, ...values } },
    });
    if (entry.name === "") findings.push(add("index-entry-stale", "incomplete", "Name", { element: "Name" }));
    if (entry.version === "")
      findings.push(add("index-entry-stale", "incomplete", "Version", { element: "Version" }));
    if (file === "") {
      findings.push(add("index-file-missing", "unnamed", "File"));
      continue;
    }
    if (!archive) continue;
    const found = await archive(file.replace(/^\/+/, ""));
    yield;
    if (!found) {
      gone.push(add("index-file-missing", "gone", "File"));
      continue;
    }
    isAnyThere = true;
    if (found.entry === undefined) findings.push(add("index-file-missing", "unreadable", "File"));
    else findings.push(...differences(entry, found.entry, release));
  }
  const [first] = gone;
  // Where not one is there, the index may well lie apart from its archives.
  if (isAnyThere || gone.length < 2 || !first) return [...findings, ...gone];
  const { span, rule } = first;
  return [
    ...findings,
    { rule, variant: "all-gone", span, severity: "warning", arguments: { count: gone.length } },
  ];
}

/** What an entry says otherwise than its archive, as one finding. */
function differences(entry: ListedEntry, fresh: string, release: Release): readonly IndexFinding[] {
  const reading = readTags(`<Package>${fresh}</Package>`, release);
  if (reading.kind === "refused") return [];
  const label = labelOf(entry);
  const textOf = (name: string) => laidOut(reading.tags.find((tag) => tag.name === name)?.content);
  const found = `${textOf("Name")} ${textOf("Version")}`.trim();
  const span = placeOf(entry, "File");
  const rule = "index-entry-stale";
  if (found !== label) {
    const values = { package: label, file: entry.file, found };
    return [{ rule, variant: "other-package", span, severity: "error", arguments: values }];
  }
  const wanted = saidBy(reading.tags);
  const listed = entry.said;
  const different = [...wanted.keys(), ...[...listed.keys()].filter((name) => !wanted.has(name))]
    .filter((name) => listed.get(name) !== wanted.get(name))
    // That there is none has a rule of its own.
    .filter((name) => name !== "Framework" || listed.has(name));
  if (different.length === 0) return [];
  const place = different.find((name) => listed.has(name));
  return [
    {
      rule,
      variant: "differs",
      span: place === undefined ? entry.nameSpan : placeOf(entry, place),
      arguments: { package: label, file: entry.file, elements: different.join(", ") },
    },
  ];
}

/** What indexes of all generators have of an archive. */
const comparedNames: ReadonlySet<string> = new Set([
  ...["Name", "Version", "Vendor", "URL", "License", "ChangeLog", "Description", "Framework", "OS"],
  ...["PackageIsVisible", "PackageIsDownloadable", "PackageIsRemovable", "PackageAllowDirectUpdate"],
  ...["PackageRequired", "ModuleRequired", "FileDoc"],
]);

/** What the compared elements of a package say, by name: the same text for the same. */
function saidBy(tags: readonly DocumentTag[]): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>();
  for (const { kind, name, content, attributes: all } of tags) {
    if (kind === "end" || !comparedNames.has(name)) continue;
    const attributes = all
      .filter((each) => each.name !== "Encode" && each.name !== "Size")
      .map((each) => `${each.name}=${each.value}`)
      .sort();
    const said = JSON.stringify([laidOut(content), ...attributes]);
    const others = names.get(name);
    if (others) others.push(said);
    else names.set(name, [said]);
  }
  return new Map([...names].map(([name, said]) => [name, checksum(said.join("\n"))]));
}

/** Blanks and line breaks are laid out otherwise by each generator. */
function laidOut(content = ""): string {
  return content.replace(/\s+/g, " ").trim();
}

/** The root element may be called anything, as long as there are packages. */
function* rootFindings(
  entries: readonly ListedEntry[],
  { fileName, root }: RepositoryFacts,
): Iterable<IndexFinding> {
  if (entries.length > 0 || !root || familyOfIndexRoot(root.name) !== undefined) return;
  const family = familyOfIndex(fileName) ?? familyOf(defaultDialect);
  const values = { root: root.name, wanted: namesIn(family).indexRootName };
  yield { rule: "index-root-unknown", variant: "no-package", span: root.nameSpan, arguments: values };
}

/** OTRS and Znuny ask for one file, OTOBO for another, and no one looks at the root element. */
function* nameFindings(
  entries: readonly ListedEntry[],
  { fileName, root }: RepositoryFacts,
  audiences: Audiences,
): Iterable<IndexFinding> {
  const family = familyOfIndex(fileName);
  if (!family || !root || fileName === undefined) return;
  const rule = "index-name-dialect";
  const asking = productsOf(family).join(", ");
  const others = families.filter((each) => each !== family);
  const other = others.find((each) => entries.some(({ frameworks }) => audiences.isFor(frameworks, each)));
  if (other && !entries.some(({ frameworks }) => audiences.isFor(frameworks, family))) {
    const products = productsOf(other).join(", ");
    const values = { file: fileName, asking, products, wanted: namesIn(other).indexFileName };
    yield { rule, variant: "never-asked", span: root.nameSpan, arguments: values };
    return;
  }
  const wrong = familyOfIndexRoot(root.name);
  if (wrong === undefined || wrong === family) return;
  const values = { root: root.name, file: fileName, wanted: namesIn(family).indexRootName };
  yield { rule, variant: "root", span: root.nameSpan, severity: "information", arguments: values };
}

/** How all products of a family call their index. */
function namesIn(family: Family) {
  return productOf(newestOf(family));
}

function* frameworkFindings(entry: ListedEntry, audiences: Audiences): Iterable<IndexFinding> {
  const rule = "index-framework-missing";
  const label = labelOf(entry);
  if (entry.frameworks.length === 0) {
    yield { rule, variant: "missing", span: entry.nameSpan, arguments: { package: label } };
  } else if (!audiences.isForAny(entry.frameworks)) {
    const frameworks = entry.frameworks.map(({ pattern = "" }) => pattern).join(", ");
    const span = placeOf(entry, "Framework");
    yield { rule, variant: "unknown", severity: "warning", span, arguments: { package: label, frameworks } };
  }
}

/** One version may be there for each of several frameworks, because no client sees two of them then. */
function* duplicates(entries: readonly ListedEntry[], audiences: Audiences): Iterable<IndexFinding> {
  const seen = new Map<string, ListedEntry[]>();
  for (const entry of entries) {
    if (entry.name === "") continue;
    const before = seen.get(entry.name) ?? [];
    seen.set(entry.name, before);
    // A name with very many versions is compared with the last of them only.
    const first = before
      .slice(-mostVersions)
      .find(
        (each) =>
          compareStrictly(each.version, entry.version) === 0 &&
          audiences.overlap(each.frameworks, entry.frameworks),
      );
    before.push(entry);
    if (!first) continue;
    yield {
      rule: "index-duplicate",
      variant: "again",
      span: placeOf(entry, "Name"),
      arguments: { package: labelOf(entry) },
      related: [{ message: "This is the one that counts.", span: placeOf(first, "Name") }],
    };
  }
}

const mostVersions = 50;

/** What clients cannot bring up to date from this repository alone, once for each requirement. */
async function* unresolvable(
  entries: readonly ListedEntry[],
  { beside }: RepositoryFacts,
  audiences: Audiences,
): AsyncGenerator<undefined, readonly IndexFinding[], undefined> {
  const found = new Map<string, Unresolved>();
  for (const kind of audiences.kinds(entries)) {
    yield;
    const { release, line } = kind;
    const newest = newestOfEach(
      entries.filter(({ frameworks }) => audiences.sees(kind, frameworks)),
      release,
    );
    const byName = new Map(newest.map((entry) => [entry.name, entry]));
    const wanted = new Map(newest.map(({ name, version }) => [name, version]));
    const order: InstallOrder = installOrder(wanted, newest, release);
    for (const failure of order.failures) {
      const entry = failure.requiredBy === undefined ? undefined : byName.get(failure.requiredBy);
      // What fails because of another is told there.
      if (found.size >= mostUnresolved || !entry || failure.failure === "DependencyFail") continue;
      const key = `${entry.nameSpan.start} ${failure.failure} ${failure.name}`;
      const known = found.get(key) ?? {
        entry,
        failure,
        offered: byName.get(failure.name),
        release,
        lines: [],
      };
      found.set(key, known);
      if (!known.lines.includes(line)) known.lines.push(line);
    }
  }
  const findings: IndexFinding[] = [];
  for (const unresolved of found.values()) {
    const { entry, failure, offered, release, lines } = unresolved;
    const { name, wanted, path } = failure;
    if (failure.failure !== "Cyclic" && isTrue(wanted)) {
      const versions = (await beside?.(name)) ?? [];
      if (versions.some((each) => isAtLeast(each, wanted!, release))) continue;
    }
    const required = entry.requiredPackages.findIndex((each) => name !== "" && each.name === name);
    const place = offered && placeOf(offered, failure.failure === "Cyclic" ? "Name" : "Version");
    findings.push({
      rule: "index-unresolvable",
      variant: variantOf(failure),
      span: entry.requiredSpans[required] ?? placeOf(entry, "PackageRequired"),
      // Whether another repository of the client has it is not known here.
      ...(failure.failure === "NotFound" && !beside && { severity: "information" }),
      arguments: {
        package: labelOf(entry),
        name,
        version: wanted ?? "",
        offered: failure.offered ?? "",
        path: path.slice(path.indexOf(name)).join(" → "),
        releases: lines.length > mostLines ? `${lines.slice(0, mostLines).join(", ")} …` : lines.join(", "),
      },
      ...(place && { related: [{ message: "This is what is offered.", span: place }] }),
    });
  }
  return findings;
}

interface Unresolved {
  readonly entry: ListedEntry;
  readonly failure: OrderFailure;
  readonly offered: ListedEntry | undefined;
  readonly release: FrameworkRelease;
  /** The release lines whose clients meet it. */
  readonly lines: string[];
}

/** More than anybody reads, and they fill the memory. */
const mostUnresolved = 1000;

const mostLines = 4;

function variantOf({ failure, wanted }: OrderFailure): string {
  if (failure === "WrongVersion" && !isTrue(wanted)) return "unversioned";
  return failure;
}

interface Kind {
  readonly release: FrameworkRelease;
  /** Such as "Znuny 7.1". */
  readonly line: string;
}

/** Which releases see which entries. An index has few lists of frameworks, over and over. */
class Audiences {
  readonly #all: readonly Kind[];
  readonly #known = new Map<string, ReadonlySet<Kind>>();

  /** @param fileName of the index, which tells what products ask for it */
  constructor(fileName: string | undefined) {
    const family = familyOfIndex(fileName);
    this.#all = family ? releases.filter(({ release }) => familyOf(release.dialect) === family) : releases;
  }

  sees(kind: Kind, frameworks: IndexEntry["frameworks"]): boolean {
    return this.#of(frameworks).has(kind);
  }

  isForAny(frameworks: IndexEntry["frameworks"]): boolean {
    return this.#of(frameworks).size > 0;
  }

  isFor(frameworks: IndexEntry["frameworks"], family: Family): boolean {
    return [...this.#of(frameworks)].some(({ release }) => familyOf(release.dialect) === family);
  }

  overlap(one: IndexEntry["frameworks"], other: IndexEntry["frameworks"]): boolean {
    const first = this.#of(one);
    // Those that nobody sees at all are told apart by what is written.
    if (first.size === 0) return JSON.stringify(one) === JSON.stringify(other);
    const second = this.#of(other);
    return [...first].some((kind) => second.has(kind));
  }

  /** One release for each choice of entries that clients see. */
  kinds(entries: readonly ListedEntry[]): readonly Kind[] {
    const lists = [...new Map(entries.map(({ frameworks }) => [keyOf(frameworks), frameworks])).values()];
    const choices = new Map<string, Kind>();
    const most = Math.max(1, Math.min(mostKinds, Math.floor(mostLookedAt / Math.max(1, entries.length))));
    // The newest releases first: of very many choices they are the ones that matter.
    for (const kind of this.#all.toReversed()) {
      const seen = lists.flatMap((list, at) => (this.#of(list).has(kind) ? [at] : []));
      const key = `${kind.line} ${seen.join(" ")}`;
      if (seen.length > 0 && !choices.has(key) && choices.size < most) choices.set(key, kind);
    }
    return [...choices.values()];
  }

  #of(frameworks: IndexEntry["frameworks"]): ReadonlySet<Kind> {
    const key = keyOf(frameworks);
    let kinds = this.#known.get(key);
    if (!kinds) {
      // Nobody writes so many lists by intention; what is not looked at counts as seen by all.
      kinds =
        this.#known.size >= mostLists
          ? everybody
          : new Set(candidatesOf(frameworks).filter(({ release }) => isForFramework(frameworks, release)));
      this.#known.set(key, kinds);
    }
    return kinds;
  }
}

/** Patterns that begin with the numbers of a release line fit no other line, which need not be tried then. */
function candidatesOf(frameworks: IndexEntry["frameworks"]): readonly Kind[] {
  const lines = frameworks.map(({ pattern = "" }) =>
    /^(\d+)\.(\d+)(?:\.(?:\d+|x))*$/.exec(pattern)?.slice(1, 3).join("."),
  );
  if (lines.includes(undefined)) return releases;
  return releases.filter(({ release: { version = "" } }) =>
    lines.some((line) => version.startsWith(`${line}.`)),
  );
}

const mostLists = 500;
const mostKinds = 200;
const mostLookedAt = 1_000_000;

function keyOf(frameworks: IndexEntry["frameworks"]): string {
  return JSON.stringify(frameworks);
}

/** Any patch level from 0 to 99 of a release line that exists, whatever the product. */
const releases: readonly Kind[] = dialectIds.flatMap((dialect) => {
  const { product, releaseLines } = productOf(dialect);
  return releaseLines.flatMap((line) =>
    Array.from({ length: 100 }, (_, patch) => ({
      release: { dialect, version: `${line}.${patch}` },
      line: `${product} ${line}`,
    })),
  );
});

const everybody: ReadonlySet<Kind> = new Set(releases);
