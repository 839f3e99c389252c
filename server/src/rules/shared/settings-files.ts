import { settingsFilesOf, unreadPlaceOf } from "../../dialect/settings-files.ts";
import { type FrameworkRelease, type Spread, switchAcross } from "../../dialect/switches.ts";
import type { FolderFacts } from "../../host/folder-facts.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import {
  isOpen,
  type SettingsFault,
  type SettingsFaultId,
  settingsFaults,
  settingsFaultTexts,
} from "../../sysconfig/settings-faults.ts";
import { memo } from "../../text/memo.ts";
import type { Fix, NamedText, Report } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { isLeftOut } from "./listed-file.ts";

const settingsFile = /^Kernel\/Config\/Files\/.*\.xml$/is;

/** The settings files of a package that the newest admitted release reads, as far as the disk has told what is in them. */
export function* settingsFilesIn(spec: PackageSpec, context: RuleContext): Iterable<NamedText> {
  const { folder, kind, releases } = context;
  if (!folder.textOf || kind === "archive") return;
  const place = `${settingsFilesOf(releases.highest).folder}/`;
  for (const { path } of fileList(spec).matching(settingsFile)) {
    if (!path.startsWith(place) || unreadPlaceOf(path, releases.highest)) continue;
    const text = isLeftOut(path, context) ? undefined : folder.textOf(path);
    if (text) yield { path, text };
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
  fixesOf: (fault: SettingsFault, file: NamedText) => readonly Fix[] = () => [],
): Iterable<Report> {
  for (const file of settingsFilesIn(spec, context)) {
    for (const { fault, releases } of faultsIn(file, context)) {
      if (messages[fault.id] === undefined) continue;
      const { id, span, values } = fault;
      const fixes = fixesOf(fault, file);
      const severity = isOpen(fault) ? ({ severity: "warning" } as const) : {};
      yield { file, span, variant: id, arguments: values, fixes, ...severity, ...(releases && { releases }) };
    }
  }
}

/** Several rules ask about the same files, over and over again while somebody types. */
const faultsKept = memo((_folder: FolderFacts) => new Map<string, readonly FoundFault[]>());

function faultsIn(file: NamedText, { folder, releases, knowledge }: RuleContext): readonly FoundFault[] {
  const { lowest, highest } = releases;
  const key = [file.path, ...[lowest, highest].map(({ dialect, version }) => `${dialect} ${version}`)].join(
    "\n",
  );
  const kept = faultsKept(folder);
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
