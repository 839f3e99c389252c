import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { type FileContent, isSameContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { type PerlText, readPerl } from "../model/perl-text.ts";
import type { SystemState } from "../system/system-state.ts";
import type { CodeInsight } from "./plan.ts";
import { surelyRuns } from "./surely-runs.ts";

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
 * Perl can be parsed by nothing but Perl, so modules and calls are found by their usual forms: `use`, `require`, the
 * object manager's `Get`, `Create` and `Require`, `Class->method`, and methods of a variable that such a call was
 * assigned to.
 *
 * @param system as the steps before the section leave it
 * @param loadedBefore modules that sections before it may have loaded, which are not looked for on disk again
 */
export function readCode(
  code: string,
  contents: PackageContents,
  system: SystemState,
  loadedBefore: ReadonlySet<string> = new Set(),
): CodeReading {
  const perl = readPerl(code);
  const name = contents.structure?.single.Name?.content;
  const loads = loadsIn(perl, name);
  const names = [...new Set(loads.map(({ module }) => module))];
  const modules = names.map((module) => {
    const loadable = isLoadable(module, contents, system);
    return { name: module, loadable: loadable || !loadedBefore.has(module) ? loadable : undefined };
  });
  const found = callsIn(perl, name).flatMap((call) => {
    const file = ownFile(call.module, contents);
    if (!file?.content) return [];
    return [{ ...call, exists: inherited.has(call.sub) || subsOf(file.content).has(call.sub) }];
  });
  const calls = [
    ...new Map(
      found.map(({ module, sub, exists }) => [`${module} ${sub}`, { module, sub, exists }]),
    ).values(),
  ];
  const oldModules = names.filter((module) => {
    const file = ownFile(module, contents);
    const entry = file?.location === undefined ? undefined : system.home.entry(file.location);
    return entry?.kind === "file" && differs(entry.content, file?.content);
  });
  const missing = new Set(
    names.filter((module) => !loadedBefore.has(module) && isSurelyMissing(module, contents, system)),
  );
  const failure =
    failedLoad(perl, loads, missing) ??
    failedCall(
      perl,
      found.filter(({ module }) => !loadedBefore.has(module) && isOnDisk(module, contents, system)),
      contents,
    );
  return { modules, calls, oldModules, failure };
}

function differs(onDisk: FileContent | "unknown" | "unreadable", own: FileContent | undefined): boolean {
  return typeof onDisk === "object" && own !== undefined && !isSameContent(onDisk, own);
}

/** Methods that every object has. */
const inherited: ReadonlySet<string> = new Set("new can isa DOES VERSION import unimport".split(" "));

const moduleName = "[A-Za-z_]\\w*(?:::\\w+)*";
/** What loads a module whose name is a text, followed by the quote. */
const loaderPattern = "->\\s*(?:Get|Create|Require)\\s*\\(\\s*(?:ObjectName\\s*=>\\s*)?";
/** A text that the package's own name is put behind, as in `'var::packagesetup::' . $Param{Structure}{Name}{Content}`. */
const ownNamePattern =
  "\\s*\\.\\s*\\$Param\\{\\s*['\"]?Structure['\"]?\\s*\\}(?:->)?\\{\\s*['\"]?Name['\"]?\\s*\\}";

interface Load {
  readonly module: string;
  readonly index: number;
  /** Whether the code dies when the module cannot be loaded: at once, when it comes to it, or not. */
  readonly dies: "at-once" | "there" | "no";
}

/** Names that code loads, in the order they stand there. */
function loadsIn(perl: PerlText, packageName: string | undefined): readonly Load[] {
  const found: Load[] = [];
  const statement = new RegExp(`(?<![\\w$@%&>:])(use|require)\\s+(${moduleName})(?![\\w:])`, "g");
  for (const { 1: word, 2: module = "", index } of perl.code.matchAll(statement)) {
    if (pragmas.has(module) || /^v\d/.test(module)) continue;
    found.push({ module, index, dies: word === "require" ? "there" : isStatement(perl.code, index) });
  }
  for (const { module, index } of quotedModules(perl, packageName)) {
    found.push({ module, index, dies: isObjectManager(perl, index) ? "there" : "no" });
  }
  return found.sort((a, b) => a.index - b.index);
}

/** What is used is loaded before the first statement runs, wherever it stands. */
function isStatement(code: string, index: number): "at-once" | "no" {
  return /(?:^|[;{}])\s*$/.test(code.slice(Math.max(0, index - 200), index)) ? "at-once" : "no";
}

/** The object manager dies of a module that cannot be loaded, unless told to be silent; `Require` returns false. */
function isObjectManager({ code }: PerlText, index: number): boolean {
  const end = code.indexOf(";", index);
  const call = code.slice(index, end < 0 ? code.length : end);
  return (
    /\$Kernel::OM\s*$/.test(code.slice(Math.max(0, index - 40), index)) &&
    /^->\s*(?:Get|Create)\b/.test(call) &&
    !/\bSilent\b/.test(call)
  );
}

function failedLoad(
  { code }: PerlText,
  loads: readonly Load[],
  missing: ReadonlySet<string>,
): Message | undefined {
  if (missing.size === 0) return undefined;
  const candidates = loads.filter(({ module }) => missing.has(module));
  const failed =
    candidates.find(({ dies }) => dies === "at-once") ??
    candidates.find(({ dies, index }) => dies === "there" && surelyRuns(code, index));
  if (!failed) return undefined;
  const text = "The code dies, as the file of its module {module} is not there at this moment.";
  return { text, values: { module: failed.module } };
}

interface Call {
  readonly module: string;
  readonly sub: string;
  readonly index: number;
}

function failedCall(
  { code }: PerlText,
  calls: readonly (Call & { readonly exists: boolean })[],
  contents: PackageContents,
): Message | undefined {
  const failed = calls.find(
    ({ exists, index, module }) =>
      !exists && surelyRuns(code, index) && hasOwnSubsOnly(module, ownFile(module, contents)),
  );
  if (!failed) return undefined;
  const { module, sub } = failed;
  return { text: "The code dies, as its module {module} has no sub “{sub}”.", values: { module, sub } };
}

/** Whether a module can have no subs but those that are written in it. */
function hasOwnSubsOnly(module: string, file: PackageFile | undefined): boolean {
  if (!file?.content) return false;
  const source = new TextDecoder().decode(file.content.bytes());
  const { code } = readPerl(source);
  const [, declared] = /(?<![\w$@%&>:])package\s+([\w:]+)/.exec(code) ?? [];
  return declared === module && !borrowing.test(code);
}

/** What brings subs of elsewhere into a module, or makes them while it runs. */
const borrowing =
  /(?<![\w$%&>:])(?:parent|base|fields|extends|with|AUTOLOAD|Moose|Moo|Mouse|Role|accessors|eval|require|import)(?!\w)|\bISA\b|\*\s*\{|\*\w|use\s+(?!strict\b|warnings\b|utf8\b|vars\b|v?\d|List::Util\b|Data::Dumper\b|Kernel::System::VariableCheck\b)/;

const pragmas: ReadonlySet<string> = new Set(
  "strict warnings utf8 vars lib base parent constant feature integer bytes overload no".split(" "),
);

function* quotedModules(
  { withStrings, code }: PerlText,
  packageName: string | undefined,
): Iterable<{ readonly module: string; readonly index: number; readonly end: number }> {
  const call = new RegExp(`${loaderPattern}(['"])(${moduleName}(?:::)?)\\1(${ownNamePattern})?`, "g");
  for (const match of withStrings.matchAll(call)) {
    // The arrow of a call that stands inside a text is not there in the code alone.
    if (code[match.index] !== "-") continue;
    const [text, , module = "", ownName] = match;
    const end = match.index + text.length;
    if (!module.endsWith("::")) yield { module, index: match.index, end };
    else if (ownName !== undefined && packageName !== undefined) {
      yield { module: module + packageName, index: match.index, end };
    }
  }
}

/** Methods that code calls of modules it names, each as often as it is called. */
function callsIn(perl: PerlText, packageName: string | undefined): readonly Call[] {
  const { code } = perl;
  const calls: Call[] = [];
  const variables = new Map<string, string>();
  for (const { module, index, end } of quotedModules(perl, packageName)) {
    const [, sub] = /^[^;]*?\)\s*->\s*(\w+)/.exec(code.slice(end, end + 300)) ?? [];
    if (sub !== undefined) calls.push({ module, sub, index });
    else rememberVariable(code, index, module, variables);
  }
  for (const match of code.matchAll(new RegExp(`(?<![\\w$@%&>:])(${moduleName})\\s*->\\s*(\\w+)`, "g"))) {
    const module = match[1]!;
    const sub = match[2]!;
    if (!module.includes("::") || module === "Kernel::OM") continue;
    calls.push({ module, sub, index: match.index });
    if (sub === "new") rememberVariable(code, match.index, module, variables);
  }
  for (const match of code.matchAll(/\$(\w+)\s*->\s*(\w+)/g)) {
    const module = variables.get(match[1]!);
    if (module !== undefined) calls.push({ module, sub: match[2]!, index: match.index });
  }
  return calls;
}

/** Notes the variable that a statement assigns to. Only a little before the call is looked at. */
function rememberVariable(code: string, index: number, module: string, variables: Map<string, string>): void {
  const before = code.slice(Math.max(0, index - 300), index);
  const [, variable] = /\$(\w+)\s*=[^=]*$/.exec(before.slice(before.lastIndexOf(";") + 1)) ?? [];
  if (variable !== undefined) variables.set(variable, module);
}

/** Where Perl looks for a module, below the home. */
const searchFolders = ["Custom/", "", "Kernel/cpan-lib/"];

function pathsOf(module: string): readonly string[] {
  const file = `${module.replaceAll("::", "/")}.pm`;
  return searchFolders.map((folder) => folder + file);
}

function ownFile(module: string, contents: PackageContents): PackageFile | undefined {
  const files = filesByLocation(contents);
  const path = pathsOf(module).find((each) => files.has(each));
  return path === undefined ? undefined : files.get(path);
}

/** A package may have thousands of files and dozens of sections. */
function filesByLocation(contents: PackageContents): ReadonlyMap<string, PackageFile> {
  let files = locations.get(contents);
  if (!files) {
    files = new Map(contents.files.map((file) => [file.location ?? "", file]));
    locations.set(contents, files);
  }
  return files;
}

const locations = new WeakMap<PackageContents, ReadonlyMap<string, PackageFile>>();

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
function isOnDisk(module: string, contents: PackageContents, { home }: SystemState): boolean {
  const file = ownFile(module, contents);
  const path = pathsOf(module).find((each) => home.entry(each)?.kind === "file");
  if (!file?.content || path === undefined || path !== file.location) return false;
  const entry = home.entry(path);
  return (
    entry?.kind === "file" && typeof entry.content === "object" && isSameContent(entry.content, file.content)
  );
}

/** Whether a module that the package brings is nowhere at this moment. Of other modules nobody is as sure. */
function isSurelyMissing(module: string, contents: PackageContents, system: SystemState): boolean {
  const { knowledge, perlModules } = system.framework;
  return (
    ownFile(module, contents) !== undefined &&
    isLoadable(module, contents, system) === false &&
    knowledge.isFrameworkModule(module) !== true &&
    !perlModules.has(module)
  );
}

const subsKept = new WeakMap<FileContent, ReadonlySet<string>>();

/** The subs that a module defines. */
function subsOf(content: FileContent): ReadonlySet<string> {
  let subs = subsKept.get(content);
  if (!subs) {
    const { code } = readPerl(new TextDecoder().decode(content.bytes()));
    subs = new Set([...code.matchAll(/(?<![\w$@%&>:])sub\s+(\w+)/g)].map(([, name]) => name!));
    subsKept.set(content, subs);
  }
  return subs;
}
