import type { KnownPlace } from "../host/known-packages.ts";
import { columnFact } from "../knowledge/knowledge.ts";
import type { Message } from "../l10n/translate.ts";
import { reservedIn } from "../model/reserved-words.ts";
import { compareStrictly } from "../model/version.ts";
import { modulePath, setupName } from "../perl/module-name.ts";
import { isListable, relocation } from "../rules/shared/location-edit.ts";
import { codeMentions } from "../symbols/code-section.ts";
import { plainPath } from "../symbols/file-list.ts";
import { nameOfPath } from "../symbols/file-symbols.ts";
import { queryFor } from "../symbols/package-symbols.ts";
import { type PackageSymbol, type SymbolKind, type SymbolName, symbolKey } from "../symbols/symbol.ts";
import type { Span } from "../text/span.ts";
import { unreadSub } from "./definition.ts";
import type { KnownSymbols } from "./known-symbols.ts";
import { definitionsIn, type NamedDocument } from "./named-document.ts";

/** What may be changed where. */
export interface RenameOptions {
  /** Whether a document, by its absolute path, belongs to the workspace and may be changed. */
  readonly canEdit: (document: string) => boolean;
  /** Whether the editor gives files other names. */
  readonly renamesFiles: boolean;
}

/** A place that gets another text, in the document itself or in another one. */
export type RenameEdit =
  | { readonly kind: "here"; readonly span: Span; readonly newText: string }
  | {
      readonly kind: "place";
      readonly document: string;
      readonly place: KnownPlace;
      /** The name that stands there, as it means itself. */
      readonly name: string;
      readonly newText: string;
    };

export type Rename =
  | { readonly kind: "refused"; readonly reason: Message }
  | {
      readonly kind: "edits";
      readonly edits: readonly RenameEdit[];
      /** The file that gets another name, by its paths below the package's folder. */
      readonly file: { readonly from: string; readonly to: string } | undefined;
      /** What the author had better know before; empty where nothing speaks against it. */
      readonly warnings: readonly Message[];
    };

/** What is renamed at an offset, or why it is not. */
export type PreparedRename =
  | { readonly kind: "refused"; readonly reason: Message }
  | { readonly kind: "name"; readonly span: Span; readonly placeholder: string };

/** Tells whether the name at an offset can be renamed. */
export function prepareRename(
  document: NamedDocument,
  offset: number,
  known: KnownSymbols,
  options: RenameOptions,
): PreparedRename {
  const target = targetAt(document, offset);
  if (!target) return noName;
  const reason = whyNot(target, document, known, options);
  return reason ? { kind: "refused", reason } : { kind: "name", span: target.span, placeholder: target.name };
}

/** Gives the name at an offset another one in all places that are certain. */
export function rename(
  document: NamedDocument,
  offset: number,
  written: string,
  known: KnownSymbols,
  options: RenameOptions,
): Rename {
  const target = targetAt(document, offset);
  if (!target) return noName;
  const newName = written.trim();
  const reason =
    whyNot(target, document, known, options) ??
    whyNotTo(newName, target, document) ??
    whyTaken(newName, target, document, known);
  if (reason) return { kind: "refused", reason };
  return target.kind === "file"
    ? renameFile(target, plainPath(newName), document, known, options)
    : renameName(target, newName, document, known, options);
}

const noName: { readonly kind: "refused"; readonly reason: Message } = {
  kind: "refused",
  reason: { text: "There is no name here that can be changed in all places." },
};

/** A path in a file list means the file, also where it is one of a module. */
function targetAt(document: NamedDocument, offset: number): PackageSymbol | undefined {
  const name = document.nameAt(offset);
  if (name?.kind !== "module" || name.role !== "defined" || document.kind === "file") return name;
  for (const file of document.names({ kinds: ["file"] }))
    if (file.span.start === name.span.start) return file;
  return name;
}

/** Why a name stays as it is, whatever it were to be called. */
function whyNot(
  name: PackageSymbol,
  document: NamedDocument,
  known: KnownSymbols,
  { canEdit }: RenameOptions,
): Message | undefined {
  if (document.kind === "archive")
    return { text: "An archive cannot be changed. Rename in the spec that it is built from." };
  if (name.kind === "key")
    return { text: "A foreign key has no name of its own: it goes by its columns. Rename these." };
  if (name.kind === "module" && setupName(name.name) === undefined)
    return {
      text: "The module “{name}” cannot be renamed everywhere, because SOPM reads only setup modules for names. Rename its file at its Location, and its name in Perl by hand.",
      values: { name: name.name },
    };
  if (name.kind === "file" || definitionsIn(document, name).length > 0) return undefined;
  const places = known.places(name).filter(({ role }) => role === "defined");
  if (places.some(({ document: path }) => canEdit(path))) return undefined;
  const [elsewhere] = places;
  if (elsewhere)
    return {
      text: "“{name}” is defined in {file}, which is not to be changed here.",
      values: { name: name.name, file: elsewhere.document },
    };
  if (name.kind === "sub") return unreadSub(name);
  return ofFramework(name, document)
    ? {
        text: "“{name}” comes with {release}, so its name is not the package's to change.",
        values: { name: name.name, release: document.knowledge.release ?? "" },
      }
    : undefined;
}

function ofFramework({ kind, name, owner }: SymbolName, { knowledge }: NamedDocument): boolean {
  switch (kind) {
    case "table":
      return Boolean(knowledge.table(name.toLowerCase()));
    case "column":
      return columnFact(knowledge.table((owner ?? "").toLowerCase()), name) !== undefined;
    case "setting":
      return knowledge.isFrameworkSetting(name) === true;
    default:
      return false;
  }
}

/** Why nothing of a kind can be called so. */
function whyNotTo(newName: string, { kind }: SymbolName, { folder }: NamedDocument): Message | undefined {
  if (newName === "") return { text: "A name cannot be empty." };
  const values = { name: newName };
  switch (kind) {
    case "table":
    case "column":
    case "index":
      return whyNotInDatabases(newName);
    case "package":
      if (newName.length > 200)
        return { text: "“{name}” is too long: the package table takes 200 characters.", values };
      return /^[A-Za-z][\w-]*$/.test(newName)
        ? undefined
        : {
            text: "“{name}” is no name for a package: letters, digits, “_” and “-” make one, and a letter begins it.",
            values,
          };
    case "setting":
      return /^[\w:#.+-]+$/.test(newName)
        ? undefined
        : { text: "“{name}” is no name for a setting.", values };
    case "sub":
      if (newName === "new")
        return { text: "The sub “new” makes the object, so no other sub can be called so.", values };
      return /^[A-Za-z_]\w*$/.test(newName) ? undefined : { text: "“{name}” is no name for a sub.", values };
    case "module":
      return /^var::packagesetup(?:::\w+)+$/.test(newName)
        ? undefined
        : { text: "“{name}” is no setup module: their names begin with var::packagesetup::.", values };
    case "file":
      if (!isInside(newName))
        return { text: "“{name}” is no path of a file below the framework's home.", values };
      if (!isListable(newName))
        return {
          text: "“{name}” cannot be written in a spec: it has a character that XML does not take.",
          values,
        };
      return folder?.factOf(plainPath(newName))?.kind === "file"
        ? { text: "There is a file “{name}” in the package's folder already.", values }
        : undefined;
    case "key":
      return undefined;
  }
}

/** @source the lists of reserved words and the limits of MySQL 8.0, PostgreSQL 15 and Oracle 19 */
function whyNotInDatabases(name: string): Message | undefined {
  if (!/^[A-Za-z]\w*$/.test(name))
    return {
      text: "“{name}” is no name that databases take without quotes: letters, digits and “_” make one, and a letter begins it.",
      values: { name },
    };
  const reserving = reservedIn(name).filter((database) => database !== "SQL");
  if (reserving.length > 0)
    return {
      text: "“{name}” is a reserved word of {databases}, and the framework does not quote names.",
      values: { name, databases: reserving.join(", ") },
    };
  return name.length > longestName
    ? {
        text: "“{name}” is too long: it has {length} characters, and PostgreSQL cuts names behind {limit}.",
        values: { name, length: name.length, limit: longestName },
      }
    : undefined;
}

const longestName = 63;

function isInside(path: string): boolean {
  return !/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\0\\]|\/$/.test(path);
}

function whyTaken(
  newName: string,
  { kind, name, owner }: SymbolName,
  document: NamedDocument,
  known: KnownSymbols,
): Message | undefined {
  const wanted: SymbolName = { kind, name: kind === "file" ? plainPath(newName) : newName, owner };
  // Another letter case of the same name is free.
  if (symbolKey(wanted) === symbolKey({ kind, name, owner })) return undefined;
  const values = { name: newName };
  if (definitionsIn(document, wanted).length > 0) return { text: "“{name}” is there already.", values };
  // Other packages may have files of the same path in folders of their own.
  const [place] = kind === "file" ? [] : known.places(wanted).filter(({ role }) => role === "defined");
  if (place)
    return { text: "“{name}” is there already, in {file}.", values: { ...values, file: place.document } };
  return ofFramework(wanted, document)
    ? {
        text: "“{name}” is there already: it comes with {release}.",
        values: { ...values, release: document.knowledge.release ?? "" },
      }
    : undefined;
}

function renameName(
  target: PackageSymbol,
  newName: string,
  document: NamedDocument,
  known: KnownSymbols,
  options: RenameOptions,
): Rename {
  const edits: RenameEdit[] = [];
  let left = 0;
  const { kind, name, owner } = target;
  for (const symbol of document.names(queryFor(target))) {
    if (isPath(symbol, document)) continue;
    if (isWritten(symbol.span.end - symbol.span.start, symbol))
      edits.push({ kind: "here", span: symbol.span, newText: newName });
    else left++;
  }
  for (const { document: path, documentKind, place } of known.places({ kind, name, owner })) {
    if (documentKind === "archive" || !options.canEdit(path)) continue;
    const { start, end } = place;
    // Where a module is listed its path stands, of which the file list tells.
    if (kind === "module" && documentKind === "spec" && isListed(path, place, name, known)) continue;
    if (start.line === end.line && isWritten(end.character - start.character, target))
      edits.push({ kind: "place", document: path, place, name, newText: newName });
    else left++;
  }
  const file = kind === "module" ? moduleFile(target, newName, document, options) : undefined;
  if (file) edits.push(...file.edits);
  return {
    kind: "edits",
    edits,
    file: file?.moved,
    warnings: warningsOf(target, left, document, known),
  };
}

/** Whether a name is that of a module, which stands there as a path. */
function isPath({ kind, role }: PackageSymbol, document: NamedDocument): boolean {
  return kind === "module" && role === "defined" && document.kind === "spec";
}

function isListed(document: string, place: KnownPlace, module: string, known: KnownSymbols): boolean {
  const path = modulePath(module);
  const listed = known.packages.listing(path).find((each) => each.document === document);
  const at = listed?.files.placeOf(path);
  return at?.start.line === place.start.line && at.start.character === place.start.character;
}

/** Perl may put a name together out of pieces, of which only the first is known. In attributes all is written. */
function isWritten(width: number, { kind, name }: SymbolName): boolean {
  const inPerl: readonly SymbolKind[] = ["module", "sub", "setting"];
  return !inPerl.includes(kind) || width === name.length;
}

/** The file of a setup module, and what lists it. */
function moduleFile(
  { name }: SymbolName,
  newName: string,
  document: NamedDocument,
  options: RenameOptions,
):
  | { readonly edits: readonly RenameEdit[]; readonly moved: { readonly from: string; readonly to: string } }
  | undefined {
  const moved = { from: modulePath(name), to: modulePath(newName) };
  const edits = listings(moved.from, moved.to, document);
  return edits.length === 0 || !options.renamesFiles ? undefined : { edits, moved };
}

/** The places of the document's own file list that name a path. */
function listings(from: string, to: string, document: NamedDocument): readonly RenameEdit[] {
  const { source } = document.spec?.tree ?? {};
  if (!source) return [];
  return [...document.names({ kinds: ["file"], name: from })].map(({ span }) => ({
    kind: "here",
    ...relocation(span, to, source),
  }));
}

/** The path in the file list, the file itself, and of a setup module all that names it. */
function renameFile(
  target: PackageSymbol,
  to: string,
  document: NamedDocument,
  known: KnownSymbols,
  options: RenameOptions,
): Rename {
  const from = target.name;
  const edits = [...listings(from, to, document)];
  const isThere = document.folder?.factOf(from)?.kind === "file";
  const file = options.renamesFiles && isThere ? { from, to } : undefined;
  const warnings: Message[] = [];
  const [module, newModule] = [nameOfPath(from), nameOfPath(to)];
  const isSetup = [module, newModule].every(
    ({ kind, name }) => kind === "module" && setupName(name) !== undefined,
  );
  if (isSetup && module.name !== newModule.name) {
    const named = renameName({ ...target, ...module }, newModule.name, document, known, {
      ...options,
      renamesFiles: false,
    });
    if (named.kind === "edits") {
      edits.push(...named.edits);
      warnings.push(...named.warnings);
    }
  } else if (module.kind === "module" && module.name !== newModule.name)
    warnings.push({
      text: "Perl that names the module “{name}” is not changed, because SOPM reads only setup modules for names.",
      values: { name: module.name },
    });
  return { kind: "edits", edits, file, warnings };
}

/** What the author had better know before the name is another one. */
function warningsOf(
  target: PackageSymbol,
  left: number,
  document: NamedDocument,
  known: KnownSymbols,
): readonly Message[] {
  const values = { name: target.name };
  const warnings: Message[] = [];
  if (known.isReleased(target) || isOlder(target, document))
    warnings.push({ ...releasedText(target), values });
  const isInCode =
    databaseKinds.includes(target.kind) && document.spec && codeMentions(document.spec, target.name);
  if (isInCode)
    warnings.push({
      text: "Perl in the spec has the word “{name}”, too, and is not changed, because what it means there cannot be told.",
      values,
    });
  if (left > 0)
    warnings.push({
      text: "Places that put “{name}” together out of pieces are not changed ({count}).",
      values: { ...values, count: left },
    });
  return warnings;
}

const databaseKinds: readonly SymbolKind[] = ["table", "column", "index"];

function releasedText({ kind }: SymbolName): Message {
  switch (kind) {
    case "table":
    case "column":
      return {
        text: "“{name}” was released, and systems that have it keep the old name. Rename it there in DatabaseUpgrade, with NameOld and NameNew.",
      };
    case "index":
      return {
        text: "“{name}” was released, and systems that have it keep the old name. Drop it there in DatabaseUpgrade and create the new one.",
      };
    case "package":
      return {
        text: "“{name}” was released, and systems take a package of another name for another package. Add a PackageMerge of the old one.",
      };
    default:
      return { text: "“{name}” was released, and code on other systems may know the old name." };
  }
}

/** Whether the change log has versions before the one that a thing of the database comes with. */
function isOlder(name: SymbolName, document: NamedDocument): boolean {
  const { kind } = name;
  const { spec } = document;
  const { version } = spec ?? {};
  if (!spec || version === undefined || kind === "file" || kind === "sub" || kind === "module") return false;
  const hasOlder = spec
    .all("ChangeLog")
    .some((entry) => compareStrictly(entry.value("Version") ?? version, version) < 0);
  if (!hasOlder || !databaseKinds.includes(kind)) return hasOlder && kind === "package";
  return !definitionsIn(document, name).some(({ span }) => versionAt(spec, span.start) === version);
}

/** The `Version` of the statement of `DatabaseUpgrade` around an offset. */
function versionAt(spec: NonNullable<NamedDocument["spec"]>, offset: number): string | undefined {
  for (let element = spec.tree.elementAt(offset); element; element = element.parent)
    if (element.parent?.name === "DatabaseUpgrade") return element.value("Version");
  return undefined;
}
