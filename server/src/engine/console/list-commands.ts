import { saysNo, summaryOf } from "../../builder/package-summary.ts";
import { switchesOf } from "../../dialect/switches.ts";
import type { Message } from "../../l10n/translate.ts";
import { checkDeployment, type FileState } from "../../lifecycle/deploy-check.ts";
import { isTrue, type PackageStructure, type StartTag } from "../../model/package-structure.ts";
import { whenKnown } from "../../system/system-facts.ts";
import type { SystemState } from "../../system/system-state.ts";
import { installedFiles } from "../package-manager/package-facts.ts";
import { type ListedPackage, listPackages } from "../package-manager/package-list.ts";
import { type ConsoleLine, type ConsoleOutput, type ConsoleRun, failedRun } from "./console-run.ts";

export interface ListOptions {
  /** Whether each package is compared with the files on disk, as newer releases do anyway. */
  readonly showDeployment?: boolean;
  /** Only packages whose name and version match this regular expression, such as "Acme" or "1\.0"; letter case aside. */
  readonly filter?: string;
}

/**
 * What the console command List prints: every row that is not hidden, installed or not.
 *
 * @throws PackageError when an archive or a content that is needed cannot be read
 * @source Znuny 7.1 and OTOBO 11, Admin::Package::List
 */
export async function listCommand(system: SystemState, options: ListOptions = {}): Promise<ConsoleRun> {
  const packages = await listPackages(system);
  if (packages.length === 0) return done([{ kind: "message", message: nothingInstalled }]);
  const showsDeployment = options.showDeployment || switchesOf(system.framework).consoleListsDeployment;
  const shown = packages.filter((each) => isShown(each) && matches(each, options.filter));
  return whenKnown(system.facts, () =>
    done(
      shown.map((each) => ({
        kind: "package",
        lines: [
          ...packageLines(each, ["name", "version", "vendor", "url", "license", "description"]),
          ...(showsDeployment ? deploymentLines(each, system) : []),
        ],
      })),
    ),
  );
}

/** What the console command ListInstalledFiles prints. @source Znuny 7.1 and OTOBO 11 */
export async function listFilesCommand(system: SystemState): Promise<ConsoleRun> {
  const packages = await listPackages(system);
  if (packages.length === 0) return done([{ kind: "message", message: nothingInstalled }]);
  return done(
    installedFiles(packages.filter(isShown)).map((each): ConsoleOutput => ({ kind: "file", ...each })),
  );
}

/**
 * What the console command FileSearch prints: each file whose location contains a text, with its package.
 *
 * @source Znuny 7.1 and OTOBO 11, Admin::Package::FileSearch
 */
export async function fileSearchCommand(system: SystemState, text: string): Promise<ConsoleRun> {
  const output = (await listPackages(system)).flatMap((each): ConsoleOutput[] =>
    each.contents.files
      .filter(({ location }) => location?.includes(text))
      .map(({ location = "" }) => ({
        kind: "package",
        lines: [
          { field: "file", value: location },
          ...packageLines(each, ["name", "version", "vendor", "url", "license"]),
        ],
      })),
  );
  if (output.length > 0) return done(output);
  return failedRun({ text: "No package has a file “{text}”.", values: { text } });
}

const nothingInstalled: Message = { text: "No packages are installed." };

function done(output: readonly ConsoleOutput[]): ConsoleRun {
  return { exitCode: 0, output, errors: [], plan: undefined };
}

function isShown({ contents }: ListedPackage): boolean {
  return !saysNo(summaryOf(contents).flags.visible);
}

function matches({ contents }: ListedPackage, filter: string | undefined): boolean {
  if (!filter) return true;
  const { Name, Version } = contents.structure?.single ?? {};
  try {
    return new RegExp(filter, "i").test(`${Name?.content ?? ""}-${Version?.content ?? ""}`);
  } catch {
    // The command dies of such a pattern; to list nothing comes closest to that.
    return false;
  }
}

type PackageField = "name" | "version" | "vendor" | "url" | "license" | "description";

function packageLines({ contents }: ListedPackage, fields: readonly PackageField[]): readonly ConsoleLine[] {
  const { single, repeated } = contents.structure ?? {};
  const values: Readonly<Record<PackageField, string | undefined>> = {
    name: single?.Name?.content,
    version: single?.Version?.content,
    vendor: single?.Vendor?.content,
    url: single?.URL?.content,
    license: single?.License?.content,
    description: repeated && descriptionOf(repeated),
  };
  return fields.map((field) => ({ field, value: values[field] ?? "" }));
}

/** The first English one with a text, else the first with one. */
function descriptionOf({ Description }: PackageStructure["repeated"]): string | undefined {
  const withText = Description.filter(({ content }) => isTrue(content));
  const isEnglish = ({ attributes }: StartTag) => attributes.get("Lang") === "en";
  return (withText.find(isEnglish) ?? withText[0])?.content;
}

function deploymentLines({ contents }: ListedPackage, system: SystemState): readonly ConsoleLine[] {
  const { isDeployed, files } = checkDeployment(contents, system);
  return [
    { field: "deployment", value: isDeployed ? "OK" : "Not OK" },
    ...[...files]
      .sort((a, b) => (a.location < b.location ? -1 : a.location > b.location ? 1 : 0))
      .map(
        ({ location, state }): ConsoleLine => ({
          field: "file-status",
          value: `${location}: ${consoleStates[state]}`,
        }),
      ),
  ];
}

/** The console has words for three: it looks at what a link leads to, and finds other bytes in a folder. */
const consoleStates: Readonly<Record<FileState, string>> = {
  missing: "missing",
  different: "different",
  unreadable: "unreadable",
  folder: "different",
  link: "different",
  special: "unreadable",
  blocked: "missing",
};
