import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import type { FileContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { type EarlyEnd, sureEnd } from "../perl/early-ends.ts";
import { type MergedUninstall, mergedUninstalls } from "../perl/merged-uninstalls.ts";
import { type ModuleCall, moduleCalls } from "../perl/module-calls.ts";
import { hasSub, type ModuleDefinition, moduleDefinition } from "../perl/module-definition.ts";
import { modulePath, setupName } from "../perl/module-name.ts";
import { deadlyUses, type ModuleUse, moduleUses } from "../perl/module-uses.ts";
import { type PerlText, readPerl } from "../perl/perl-text.ts";
import { surePlaces } from "../perl/sure-places.ts";
import type { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { installedRows } from "./installed-rows.ts";
import type { CodeInsight } from "./plan.ts";

/** What the code of a section loads and calls, and what of it is there at this moment. */
export interface CodeReading extends CodeInsight {
  /** Modules of the package whose file on disk is another one than the package's. */
  readonly oldModules: readonly string[];
  /** Why it surely dies; undefined where it does not or nobody knows. */
  readonly failure: Message | undefined;
}

/**
 * Looks into code without running it.
 *
 * @param system as the steps before the section leave it
 * @param loadedBefore modules that sections before it may have loaded, which are not looked for on disk again
 */
export function readCode(
  perl: PerlText,
  contents: PackageContents,
  system: SystemState,
  loadedBefore: ReadonlySet<string> = new Set(),
): CodeReading {
  const { uses, names, called, end, uninstalled } = namedIn(perl, contents);
  const modules = names.map((module) => {
    const loadable = isLoadable(module, contents, system);
    return { name: module, loadable: loadable || !loadedBefore.has(module) ? loadable : undefined };
  });
  const found = called.flatMap((call) => {
    const file = ownFile(call.module, contents);
    if (!file?.content) return [];
    const exists = hasSub(call, definedIn(file.content, system.facts));
    return [{ ...call, exists: exists === true, isMissing: exists === false }];
  });
  const calls = [
    ...new Map(
      found.map(({ module, sub, exists }) => [`${module} ${sub}`, { module, sub, exists }]),
    ).values(),
  ];
  const oldModules = names.filter((module) => {
    const file = ownFile(module, contents);
    const entry = file?.location === undefined ? undefined : system.home.entry(file.location);
    return entry?.kind === "file" && differs(entry.content, file?.content, system.facts);
  });
  const [deadly] = deadlyUses(
    perl,
    uses,
    (module) => !loadedBefore.has(module) && isSurelyMissing(module, contents, system),
  );
  const failure =
    (perl.fault && doesNotCompile) ??
    (deadly && (deadly.dies === "at-once" || !end || deadly.index < end.start)
      ? noModule(deadly)
      : undefined) ??
    failedCall(
      perl,
      found.filter(
        ({ module, isMissing }) =>
          isMissing && !loadedBefore.has(module) && isOnDisk(module, contents, system),
      ),
    ) ??
    (end && endReasons[end.kind]);
  const uninstalls = uninstalled.map((each) => ({
    ...each,
    isInstalled: each.name !== undefined && installedRows(system.packages, each.name).length > 0,
  }));
  return { modules, calls, uninstalls, oldModules, failure };
}

/** What code says for itself, whatever system it runs on. */
interface NamedInCode {
  readonly uses: readonly ModuleUse[];
  /** The modules that it loads, each once. */
  readonly names: readonly string[];
  readonly called: readonly ModuleCall[];
  readonly end: EarlyEnd | undefined;
  readonly uninstalled: readonly MergedUninstall[];
}

/** Found out once: upgrades from many versions run the same code on several systems. */
const namedIn = memo((perl: PerlText, { structure }: PackageContents): NamedInCode => {
  const uses = moduleUses(perl, structure?.single.Name?.content);
  return {
    uses,
    names: [...new Set(uses.filter(({ loads }) => loads).map(({ module }) => module))],
    called: moduleCalls(perl, uses),
    end: sureEnd(perl),
    uninstalled: mergedUninstalls(perl),
  };
});

/** The framework compiles the whole of it before any of it runs. */
const doesNotCompile: Message = { text: "The code does not compile, so that nothing of it runs." };

const endReasons: Readonly<Record<EarlyEnd["kind"], Message>> = {
  return: { text: "The code returns nothing true, which counts as a failure." },
  die: { text: "The code dies, as nothing keeps it from coming to its “die”." },
  exit: {
    text: "The code ends the whole process with “exit”. Nothing of what follows is done then, although it is listed here.",
  },
};

function differs(
  onDisk: FileContent | "unknown" | "unreadable",
  own: FileContent | undefined,
  facts: SystemFacts,
): boolean {
  return typeof onDisk === "object" && own !== undefined && facts.areSame(onDisk, own) === false;
}

function noModule({ module }: ModuleUse): Message {
  const text = "The code dies, as the file of its module {module} is not there at this moment.";
  return { text, values: { module } };
}

/** @param missing calls of what is not there */
function failedCall({ code }: PerlText, missing: readonly ModuleCall[]): Message | undefined {
  const isSure = surePlaces(code);
  const failed = missing.find(({ index }) => isSure(index));
  if (!failed) return undefined;
  const { module, sub } = failed;
  return { text: "The code dies, as its module {module} has no sub “{sub}”.", values: { module, sub } };
}

/** What the file of a module defines. It is read once, and again as long as it is not known. */
function definedIn(content: FileContent, facts: SystemFacts): ModuleDefinition {
  const known = definitions.get(content);
  if (known) return known;
  const bytes = facts.bytesOf(content);
  const definition = moduleDefinition(readPerl(new TextDecoder().decode(bytes)));
  if (bytes) definitions.set(content, definition);
  return definition;
}

const definitions = new WeakMap<FileContent, ModuleDefinition>();

/** Where Perl looks for a module, below the home. */
export const searchFolders = ["Custom/", "", "Kernel/cpan-lib/"];

function pathsOf(module: string): readonly string[] {
  const path = modulePath(module);
  return searchFolders.map((folder) => folder + path);
}

function ownFile(module: string, contents: PackageContents): PackageFile | undefined {
  const files = filesByLocation(contents);
  const path = pathsOf(module).find((each) => files.has(each));
  return path === undefined ? undefined : files.get(path);
}

/** A package may have thousands of files and dozens of sections. */
export const filesByLocation = memo(
  ({ files }: PackageContents): ReadonlyMap<string, PackageFile> =>
    new Map(files.map((file) => [file.location ?? "", file])),
);

/** Whether a module can be loaded from the home as it is, or from elsewhere; undefined where nobody knows. */
function isLoadable(
  module: string,
  contents: PackageContents,
  { home, framework }: SystemState,
): boolean | undefined {
  if (pathsOf(module).some((path) => home.entry(path)?.kind === "file")) return true;
  if (ownFile(module, contents)) return false;
  if (framework.perlModules.has(module)) return true;
  const isInHome = /^(?:Kernel|var)::/.test(module);
  return isInHome && framework.knowledge.isFrameworkModule(module) !== undefined ? false : undefined;
}

/** Whether a module of the package is on disk, and as the package has it. */
function isOnDisk(module: string, contents: PackageContents, { home, facts }: SystemState): boolean {
  const file = ownFile(module, contents);
  const path = pathsOf(module).find((each) => home.entry(each)?.kind === "file");
  if (!file?.content || path === undefined || path !== file.location) return false;
  const entry = home.entry(path);
  return (
    entry?.kind === "file" &&
    typeof entry.content === "object" &&
    facts.areSame(entry.content, file.content) !== false
  );
}

/** Whether a module that the package brings or would have to is nowhere at this moment. Nobody is as sure of others. */
function isSurelyMissing(module: string, contents: PackageContents, system: SystemState): boolean {
  const { knowledge, perlModules } = system.framework;
  return (
    (ownFile(module, contents) !== undefined || isForgottenSetup(module, contents)) &&
    isLoadable(module, contents, system) === false &&
    knowledge.isFrameworkModule(module) !== true &&
    !perlModules.has(module)
  );
}

/** Whether it is a setup module of no package that this one requires or absorbs. A list without files is not done yet. */
function isForgottenSetup(module: string, { structure, files }: PackageContents): boolean {
  if (setupName(module) === undefined || files.length === 0 || !structure) return false;
  const { PackageRequired, PackageMerge } = structure.repeated;
  const others = new Set([
    ...PackageRequired.map(({ content }) => content?.trim()),
    ...PackageMerge.map(({ attributes }) => attributes.get("Name")),
  ]);
  return !others.has(module.split("::").at(-1));
}
