import { settingsFilesOf, unreadPlaceOf } from "../../dialect/settings-files.ts";
import { type FrameworkRelease, type Spread, switchAcross } from "../../dialect/switches.ts";
import { type FolderFacts, readableSize } from "../../host/folder-facts.ts";
import { decodeBase64 } from "../../model/base64.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { type FileList, fileElement, fileList, type ListedFile } from "../../symbols/file-list.ts";
import { Element } from "../../syntax/element.ts";
import type { ElementNode } from "../../syntax/node.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import { isNamedSetting } from "../../sysconfig/read-definitions.ts";
import {
  isOpen,
  type SettingsFault,
  type SettingsFaultId,
  settingsFaults,
  settingsFaultTexts,
} from "../../sysconfig/settings-faults.ts";
import { decodeText } from "../../text/decode.ts";
import { memo } from "../../text/memo.ts";
import type { Span } from "../../text/span.ts";
import type { Fix, NamedText, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { isLeftOut } from "./listed-file.ts";

/** Where files with settings may lie; not each of them is read there. */
export const settingsFile = /^Kernel\/Config\/Files\/.*\.xml$/is;

/** Each of very many rules asks for them, and most packages have few. */
const settingsEntries = memo((list: FileList): readonly ListedFile[] => list.matching(settingsFile));

/** A settings file of a package that the newest admitted release reads. */
export interface SettingsFile extends NamedText {
  readonly tree: SyntaxTree;
  /** Where the document lists it. */
  readonly entry: ListedFile;
}

/** A report whose spans lie in a settings file. */
export type SettingsReport = Omit<Report, "file">;

/** The settings files of a package, as far as the disk has told what is in them, or as an archive holds them. */
export function* settingsFilesIn(spec: PackageSpec, context: RuleContext): Iterable<SettingsFile> {
  const { folder, kind, releases } = context;
  const place = `${settingsFilesOf(releases.highest).folder}/`;
  for (const entry of settingsEntries(fileList(spec))) {
    const { path } = entry;
    if (!path.startsWith(place) || unreadPlaceOf(path, releases.highest) || isLeftOut(path, context))
      continue;
    const read = kind === "archive" ? packedText(entry.node) : readText(path, folder);
    if (read) yield { path, entry, ...read };
  }
}

interface ReadText {
  readonly text: string;
  readonly tree: SyntaxTree;
}

const readTexts = memo((_folder: FolderFacts) => new Map<string, ReadText>());

/** Several rules ask about the same files, and what a folder has told of one stays as it is. */
function readText(path: string, folder: FolderFacts): ReadText | undefined {
  const known = readTexts(folder).get(path);
  if (known) return known;
  const text = folder.textOf?.(path);
  if (!text) return undefined;
  const read = { text, tree: SyntaxTree.parse(text) };
  readTexts(folder).set(path, read);
  return read;
}

const packedText = memo((node: ElementNode): ReadText | undefined => {
  const packed = new Element(node, 0, undefined).text.value;
  if (packed.length > readableSize * 1.4) return undefined;
  const { text } = decodeText(decodeBase64(packed));
  return text === "" ? undefined : { text, tree: SyntaxTree.parse(text) };
});

/** A settings file as reports name it: the same object for all of them, so that its lines need not be counted for each. */
export function namedFile(file: SettingsFile): NamedText {
  return namedTexts(file.tree, file);
}

const namedTexts = memo((_read: SyntaxTree, { path, text }: SettingsFile): NamedText => ({ path, text }));

/** A report about a settings file: in the file itself, or in an archive at the entry that holds it. */
export function reportIn(
  file: SettingsFile,
  report: SettingsReport,
  spec: PackageSpec,
  context: RuleContext,
): Report {
  if (context.kind !== "archive") return { ...report, file: namedFile(file) };
  const { fixes, related, ...rest } = report;
  return { ...rest, span: fileElement(spec, file.entry).attribute("Location")!.valueSpan };
}

/** The named settings of a file, in its order. */
export interface FileSettings {
  readonly file: SettingsFile;
  readonly settings: readonly NamedSetting[];
}

export interface NamedSetting {
  readonly element: Element;
  readonly name: string;
  /** Where the name stands. */
  readonly span: Span;
}

/** The settings of all files that the framework does not leave out as a whole, and that are well-formed. */
export function* settingsIn(spec: PackageSpec, context: RuleContext): Iterable<FileSettings> {
  for (const file of settingsFilesIn(spec, context)) {
    if (!file.tree.isWellFormed || faultsIn(file, context).some(({ fault }) => fault.id.startsWith("file-")))
      continue;
    yield { file, settings: namedSettings(file.tree) };
  }
}

/** All settings of a file, with and without a name. */
export const settingElements = memo((tree: SyntaxTree): readonly Element[] =>
  [...tree.elements()].filter(({ name }) => name === "Setting"),
);

const namedSettings = memo((tree: SyntaxTree): readonly NamedSetting[] =>
  settingElements(tree)
    .filter(isNamedSetting)
    .map((element) => {
      const { value, valueSpan } = element.attribute("Name")!;
      return { element, name: value, span: valueSpan };
    }),
);

/** Settings that are looked at before the next edit may cut in. */
const atOnce = 20;

/** What a rule finds in the settings of a package, setting by setting. */
export function* eachSetting(
  spec: PackageSpec,
  context: RuleContext,
  check: (setting: NamedSetting, file: SettingsFile) => Iterable<SettingsReport>,
): Iterable<Report | undefined> {
  for (const { file, settings } of settingsIn(spec, context)) {
    for (const [index, setting] of settings.entries()) {
      if (index % atOnce === 0) yield undefined;
      for (const report of check(setting, file)) yield reportIn(file, report, spec, context);
    }
  }
}

/** A fault, and for how much of the admitted releases it holds; absent where it holds for all that read such files. */
interface FoundFault {
  readonly fault: SettingsFault;
  readonly releases?: Spread;
}

/** Reports of the faults of some kinds in all settings files of a package. */
export function* reportFaults(
  spec: PackageSpec,
  context: RuleContext,
  messages: Readonly<Record<string, string>>,
  fixesOf: (fault: SettingsFault, file: SettingsFile) => readonly Fix[] = () => [],
): Iterable<Report> {
  const surely = { severity: "error" } as const;
  for (const file of settingsFilesIn(spec, context)) {
    for (const { fault, releases } of faultsIn(file, context)) {
      if (messages[fault.id] === undefined) continue;
      const { id, span, values } = fault;
      const fixes = fixesOf(fault, file);
      const severity = isOpen(fault) ? ({ severity: "warning" } as const) : surely;
      const report = {
        span,
        variant: id,
        arguments: values,
        fixes,
        ...severity,
        ...(releases && { releases }),
      };
      yield reportIn(file, report, spec, context);
    }
  }
}

/** Several rules ask about the same files, over and over again while somebody types. */
const faultsKept = memo((_owner: FolderFacts | ElementNode) => new Map<string, readonly FoundFault[]>());

function faultsIn(
  file: SettingsFile,
  { folder, kind, releases, knowledge }: RuleContext,
): readonly FoundFault[] {
  const { lowest, highest } = releases;
  const key = [file.path, ...[lowest, highest].map(({ dialect, version }) => `${dialect} ${version}`)].join(
    "\n",
  );
  const kept = faultsKept(kind === "archive" ? file.entry.node : folder);
  let found = kept.get(key);
  if (!found) {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    const faultsOf = (release: FrameworkRelease) =>
      settingsFaults({ name, text: file.text }, release, knowledge);
    found = isRead(lowest)
      ? inBoth(faultsOf(lowest), faultsOf(highest), releases)
      : faultsOf(highest).map((fault) => ({ fault }));
    kept.set(key, found);
  }
  return found;
}

function isRead(release: FrameworkRelease): boolean {
  return settingsFilesOf(release).version === "2.0";
}

function inBoth(
  lower: readonly SettingsFault[],
  upper: readonly SettingsFault[],
  releases: RuleContext["releases"],
): readonly FoundFault[] {
  const isIn = (faults: readonly SettingsFault[], { id, span }: SettingsFault) =>
    faults.some((other) => other.id === id && other.span.start === span.start);
  const change = changeOfReading(releases);
  return [
    ...upper.map((fault) => {
      if (!change || isIn(lower, fault)) return { fault };
      return { fault, releases: { since: change } };
    }),
    ...lower
      .filter((fault) => !isIn(upper, fault))
      .map((fault) => (change ? { fault, releases: { until: change } } : { fault })),
  ];
}

/** The release from which on settings files are read otherwise; undefined where none of the admitted ones changes that. */
function changeOfReading(releases: RuleContext["releases"]): string | undefined {
  for (const name of ["settingsParsed", "yamlSettings"] as const) {
    const spread = switchAcross(name, releases);
    if (typeof spread === "object") return spread.since ?? spread.until;
  }
  return undefined;
}

/** The messages of some faults, by their kind. */
export function faultTexts(...ids: readonly SettingsFaultId[]): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id) => [id, settingsFaultTexts[id]]));
}
