import type { PackageContents } from "../builder/package-contents.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import { emptyContent } from "../host/file-content.ts";
import { modulePath } from "../perl/module-name.ts";
import { homePath, parentPath } from "../system/home-path.ts";
import { whenKnown } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { filesByLocation, searchFolders } from "./code-insight.ts";
import { Copies, copyEndings } from "./copies.ts";
import type { Operation } from "./operation.ts";
import type { Plan } from "./plan.ts";
import { xmlFiles } from "./plan-configuration.ts";
import { planOperation } from "./plan-operation.ts";
import type { PlanOptions } from "./plan-options.ts";

/** As {@link planOperation}, with everything found out about system and package that it takes. */
export async function planWhenKnown(
  operation: Operation,
  contents: PackageContents,
  system: SystemState,
  options: PlanOptions = {},
): Promise<Plan> {
  await lookAhead(operation, [contents], system);
  return whenKnown(system.facts, () => planOperation(operation, contents, system, options));
}

/**
 * Finds out what planning an operation will ask for, as far as that can be guessed, so that it need not be planned twice.
 * A guess that is wrong does no harm.
 *
 * @param packages what the operation is given: the package, and another version that it is upgraded from
 */
export async function lookAhead(
  operation: Operation,
  packages: readonly PackageContents[],
  system: SystemState,
): Promise<void> {
  try {
    await whenKnown(system.facts, () => askAhead(operation, packages, system));
  } catch {
    // Whatever is wrong is told by the plan, if it has to do with it.
  }
}

function askAhead(operation: Operation, given: readonly PackageContents[], system: SystemState): void {
  const replaced = replacedBy(given, system);
  const packages = [...given, ...replaced];
  for (const contents of packages) {
    askForContents(contents, operation, system);
    if (!system.facts.isAtOnce) askForPlaces(contents, operation, replaced.includes(contents), system);
  }
  if (system.facts.isAtOnce) return;
  askForSettings(system);
  // A reinstall writes the files of the given package, and compares them with those of the stored one.
  for (const stored of replaced) {
    for (const contents of given) askForDifference(contents, stored, system);
  }
  // Each is asked for its files and for what it requires.
  for (const { digest } of system.packages) {
    const contents = system.archives.contents(digest);
    for (const { location = "", content = emptyContent } of xmlFiles(contents)) {
      askForSameness(homePath(location), content, system);
    }
  }
}

/** The versions that are installed, and the packages that are absorbed: their files are removed. */
function replacedBy(
  packages: readonly PackageContents[],
  { packages: rows, archives }: SystemState,
): readonly PackageContents[] {
  const names = new Set<string | undefined>();
  for (const { structure } of packages) {
    names.add(structure?.single.Name?.content);
    for (const { attributes } of structure?.repeated.PackageMerge ?? []) names.add(attributes.get("Name"));
  }
  return rows.filter(({ name }) => names.has(name)).map(({ digest }) => archives.contents(digest));
}

function askForDifference(given: PackageContents, stored: PackageContents, { facts }: SystemState): void {
  const files = filesByLocation(given);
  for (const { location = "", content } of xmlFiles(stored)) {
    const own = files.get(location)?.content;
    if (own && content) facts.areSame(own, content);
  }
}

/** Settings, modules that code names, and the contents that may be the one byte that counts as none. */
function askForContents(contents: PackageContents, operation: Operation, { facts, framework }: SystemState) {
  const settings = `${settingsFilesOf(framework).folder}/`;
  for (const { location, content } of contents.files) {
    if (!content || content.inMemory) continue;
    const isSetting = location?.startsWith(settings) && location.endsWith(".xml");
    if (isSetting || (content.size === 1 && operation !== "install")) facts.bytesOf(content);
  }
  const files = filesByLocation(contents);
  for (const module of namesInCode(contents)) {
    for (const folder of searchFolders) {
      const content = files.get(folder + modulePath(module))?.content;
      if (content) facts.bytesOf(content);
    }
  }
}

/** Everything in the code of a package that looks like the name of a module. */
function namesInCode({ structure }: PackageContents): ReadonlySet<string> {
  const {
    CodeInstall = [],
    CodeUpgrade = [],
    CodeReinstall = [],
    CodeUninstall = [],
  } = structure?.repeated ?? {};
  const names = new Set<string>();
  for (const { content = "" } of [...CodeInstall, ...CodeUpgrade, ...CodeReinstall, ...CodeUninstall]) {
    for (const [name] of content.matchAll(/\w+(?:::\w+)+/g)) names.add(name);
  }
  return names;
}

/**
 * The places of the files of a package, of the folders around them and of what may lie beside them.
 *
 * @param isReplaced whether it is there and its files are removed
 */
function askForPlaces(
  contents: PackageContents,
  operation: Operation,
  isReplaced: boolean,
  system: SystemState,
): void {
  const { home } = system;
  const folders = new Set<string>();
  const copies = new Copies(home);
  const isRemoved = isReplaced || operation === "uninstall";
  for (const { location, type, content = emptyContent } of contents.files) {
    const path = location === undefined ? undefined : homePath(location);
    if (path === undefined) continue;
    for (let folder = parentPath(path); folder !== "" && !folders.has(folder); folder = parentPath(folder)) {
      folders.add(folder);
    }
    const isSame = askForSameness(path, operation === "install" ? undefined : content, system);
    const isSaved = isSame === false || type !== undefined;
    for (const ending of copyEndings) {
      if (isSaved) home.entry(path + ending);
      if (isRemoved) copies.of(path, ending);
    }
  }
  for (const folder of folders) {
    if (home.entry(folder)?.kind === "folder" && isRemoved) home.list(folder);
  }
  for (const module of namesInCode(contents)) {
    for (const folder of searchFolders) home.entry(folder + modulePath(module));
  }
}

/** @returns false for a file that is another one, or of which nobody says what it should be */
function askForSameness(
  path: string | undefined,
  content: PackageContents["archive"] | undefined,
  { home, facts }: SystemState,
): boolean | undefined {
  const entry = path === undefined ? undefined : home.entry(path);
  if (entry?.kind !== "file") return undefined;
  return content && typeof entry.content === "object" ? facts.areSame(entry.content, content) : false;
}

/** The settings files in the home that do not come from the framework. */
function askForSettings({ home, facts, framework }: SystemState): void {
  const { folder } = settingsFilesOf(framework);
  for (const name of home.list(folder)) {
    const path = `${folder}/${name}`;
    if (!name.endsWith(".xml")) continue;
    const isReplaced = [home.entry(`${path}.save`), home.entry(`${path}.backup`)].some(Boolean);
    if (home.isFrameworkFile(path) && !isReplaced) continue;
    const entry = home.entry(path);
    if (entry?.kind === "file" && typeof entry.content === "object") facts.bytesOf(entry.content);
  }
}
