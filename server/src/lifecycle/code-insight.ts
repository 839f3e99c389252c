import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { type FileContent, isSameContent } from "../host/file-content.ts";
import { type PerlText, readPerl } from "../model/perl-text.ts";
import type { SystemState } from "../system/system-state.ts";
import type { CodeInsight } from "./plan.ts";

/** What the code of a section loads and calls, and what of it is there at this moment. */
export interface CodeReading extends CodeInsight {
  /** Modules of the package whose file on disk is another one than the package's. */
  readonly oldModules: readonly string[];
}

/**
 * Looks into code without running it.
 *
 * Perl can be parsed by nothing but Perl, so modules and calls are found by their usual forms: `use`, `require`, the
 * object manager's `Get`, `Create` and `Require`, `Class->method`, and methods of a variable that such a call was
 * assigned to.
 *
 * @param system as the steps before the section leave it
 */
export function readCode(code: string, contents: PackageContents, system: SystemState): CodeReading {
  const perl = readPerl(code);
  const name = contents.structure?.single.Name?.content;
  const names = loadedModules(perl, name);
  const modules = names.map((module) => ({ name: module, loadable: isLoadable(module, contents, system) }));
  const calls = namesCalled(perl, name).flatMap(({ module, sub }) => {
    const file = ownFile(module, contents);
    if (!file?.content) return [];
    return [{ module, sub, exists: inherited.has(sub) || subsOf(file.content).has(sub) }];
  });
  const oldModules = names.filter((module) => {
    const file = ownFile(module, contents);
    const entry = file?.location === undefined ? undefined : system.home.entry(file.location);
    return entry?.kind === "file" && differs(entry.content, file?.content);
  });
  return { modules, calls, oldModules };
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

/** Names that code loads, each once, in the order they stand there. */
function loadedModules(perl: PerlText, packageName: string | undefined): readonly string[] {
  const found = new Map<string, number>();
  const note = (name: string, index: number) => {
    if (!found.has(name)) found.set(name, index);
  };
  const statement = new RegExp(`(?<![\\w$@%&>:])(?:use|require)\\s+(${moduleName})(?![\\w:])`, "g");
  for (const match of perl.code.matchAll(statement)) {
    if (!pragmas.has(match[1]!) && !/^v\d/.test(match[1]!)) note(match[1]!, match.index);
  }
  for (const { module, index } of quotedModules(perl, packageName)) note(module, index);
  return [...found].sort((a, b) => a[1] - b[1]).map(([name]) => name);
}

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

/** Methods that code calls of modules it names. */
function namesCalled(
  perl: PerlText,
  packageName: string | undefined,
): readonly { readonly module: string; readonly sub: string }[] {
  const { code } = perl;
  const calls = new Map<string, { readonly module: string; readonly sub: string }>();
  const variables = new Map<string, string>();
  const note = (module: string, sub: string) => calls.set(`${module} ${sub}`, { module, sub });
  for (const { module, index, end } of quotedModules(perl, packageName)) {
    const [, sub] = /^[^;]*?\)\s*->\s*(\w+)/.exec(code.slice(end, end + 300)) ?? [];
    if (sub !== undefined) note(module, sub);
    else rememberVariable(code, index, module, variables);
  }
  for (const match of code.matchAll(new RegExp(`(?<![\\w$@%&>:])(${moduleName})\\s*->\\s*(\\w+)`, "g"))) {
    const module = match[1]!;
    const sub = match[2]!;
    if (!module.includes("::") || module === "Kernel::OM") continue;
    note(module, sub);
    if (sub === "new") rememberVariable(code, match.index, module, variables);
  }
  for (const match of code.matchAll(/\$(\w+)\s*->\s*(\w+)/g)) {
    const module = variables.get(match[1]!);
    if (module !== undefined) note(module, match[2]!);
  }
  return [...calls.values()];
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
