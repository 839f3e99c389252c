import type { KnownPackage } from "../host/known-packages.ts";
import type { Translate } from "../l10n/translate.ts";
import type { TableChange } from "../model/database-statement.ts";
import { compareStrictly } from "../model/version.ts";
import { databaseOf, type PlacedStatement } from "../symbols/package-database.ts";
import { type PackageSymbol, type SymbolName, symbolKey } from "../symbols/symbol.ts";
import { inlineCode } from "../text/escape.ts";
import type { FeatureDocument } from "./feature-document.ts";
import type { KnownSymbols } from "./known-symbols.ts";
import { paragraphs } from "./markdown.ts";
import { nameFamily } from "./name-family.ts";
import { namedSpec } from "./named-document.ts";
import { describeSince } from "./since.ts";

/** What is known of a package, a table or a column beside what its element says, as Markdown; empty for nothing. */
export function describeName(
  document: FeatureDocument,
  name: PackageSymbol,
  known: KnownSymbols,
  translate: Translate,
): string {
  switch (name.kind) {
    case "package":
      return knownVersions(name, document, known, translate);
    case "table":
    case "column":
      return paragraphs(
        life(document, name, known, translate),
        describeSince(
          name.kind === "table"
            ? { kind: "table", name: name.name }
            : { kind: "column", table: name.owner ?? "", name: name.name },
          document,
          known.packages,
          translate,
        ),
        elsewhere(name, known, translate),
      );
    case "file":
      return describeSince({ kind: "file", name: name.name }, document, known.packages, translate);
    default:
      return "";
  }
}

/** More of them nobody reads in a hover. */
const mostLines = 10;

function listed(lines: readonly string[], translate: Translate): string {
  const shown = lines.slice(0, mostLines).map((line) => `- ${line}`);
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [`- ${translate("and {count} more", { count: left })}`] : [])].join("\n");
}

/** The versions of a package that are known, the newest first. */
function knownVersions(
  { name, role }: PackageSymbol,
  { context }: FeatureDocument,
  { packages }: KnownSymbols,
  translate: Translate,
): string {
  const named = packages.named(name).toSorted((a, b) => compareStrictly(b.version, a.version));
  if (named.length === 0) {
    return role === "defined" || !packages.isRepository
      ? ""
      : translate("No package {name} is known in the workspace.", { name: inlineCode(name) });
  }
  const heading =
    role === "defined" && name === context.packageName
      ? translate("Other documents of {name}:", { name: inlineCode(name) })
      : translate("Known of {name}:", { name: inlineCode(name) });
  return `${heading}\n\n${listed(
    named.map((each) => versionLine(each, translate)),
    translate,
  )}`;
}

function versionLine(
  { version, kind, document, tag, frameworks }: KnownPackage,
  translate: Translate,
): string {
  const where = { file: inlineCode(fileName(document)), version: inlineCode(version) };
  const place =
    kind === "spec"
      ? translate("{version}, spec {file}", where)
      : kind === "archive"
        ? translate("{version}, archive {file}", where)
        : kind === "tag"
          ? translate("{version}, tag {tag}", { ...where, tag: inlineCode(tag ?? "") })
          : translate("{version}, in the index {file}", where);
  const ranges = frameworks.flatMap(({ pattern }) => (pattern ? [inlineCode(pattern)] : [])).join(", ");
  return ranges === "" ? place : `${place}, ${translate("for framework {ranges}", { ranges })}`;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** What the package does to a table or a column, from its installation to its removal. */
function life(
  document: FeatureDocument,
  name: SymbolName,
  known: KnownSymbols,
  translate: Translate,
): string {
  const { install, upgrade, uninstall } = databaseOf(document.spec);
  const family = new Set(nameFamily(name, "all", namedSpec(document), known).map(symbolKey));
  const told = (statements: readonly PlacedStatement[], when: (version: string) => string) =>
    statements.flatMap((statement) =>
      eventsIn(statement, name.kind, family, translate).map(
        (event) => `${when(inlineCode(statement.element.value("Version") ?? ""))}: ${event}`,
      ),
    );
  const lines = [
    ...told(install, () => translate("Install")),
    ...told(upgrade, (version) => translate("Upgrade from below {version}", { version })),
    ...told(uninstall, () => translate("Uninstall")),
  ];
  return listed(lines, translate);
}

/** What a statement does to a table or a column. */
function eventsIn(
  { statement }: PlacedStatement,
  kind: SymbolName["kind"],
  family: ReadonlySet<string>,
  translate: Translate,
): readonly string[] {
  const isTable = (table: string) => family.has(symbolKey({ kind: "table", name: table, owner: undefined }));
  const isColumn = (column: string) =>
    family.has(symbolKey({ kind: "column", name: column, owner: statement.table }));
  const isAsked = (column: string) => (kind === "table" ? isTable(statement.table) : isColumn(column));
  switch (statement.kind) {
    case "create":
      if (kind === "table")
        return isTable(statement.table) ? [createdText(statement.columns.length, translate)] : [];
      return statement.columns.some((column) => isColumn(column.name))
        ? [translate("created with its table")]
        : [];
    case "drop":
      if (kind === "table") return isTable(statement.table) ? [translate("dropped")] : [];
      return hasColumnOf(statement.table, family) ? [translate("dropped with its table")] : [];
    case "alter": {
      const { renamed } = statement;
      const isRenamed = renamed && kind === "table" && (isTable(renamed.from) || isTable(renamed.to));
      return [
        ...(isRenamed ? [translate("renamed to {name}", { name: inlineCode(renamed.to) })] : []),
        ...statement.changes.flatMap((change) => changeText(change, isAsked, translate)),
      ];
    }
    case "insert":
      return [];
  }
}

function createdText(count: number, translate: Translate): string {
  return count === 1
    ? translate("created, with 1 column")
    : translate("created, with {count} columns", { count });
}

function hasColumnOf(table: string, family: ReadonlySet<string>): boolean {
  const start = symbolKey({ kind: "column", name: "", owner: table });
  return [...family].some((key) => key.startsWith(start));
}

function changeText(
  change: TableChange,
  isAsked: (column: string) => boolean,
  translate: Translate,
): readonly string[] {
  switch (change.kind) {
    case "column-add": {
      const { name } = change.column;
      return isAsked(name) ? [translate("column {name} added", { name: inlineCode(name) })] : [];
    }
    case "column-change": {
      const { oldName, column } = change;
      if (!isAsked(oldName) && !isAsked(column.name)) return [];
      const names = { name: inlineCode(oldName), other: inlineCode(column.name) };
      return [
        oldName === column.name
          ? translate("column {name} changed", names)
          : translate("column {name} renamed to {other}", names),
      ];
    }
    case "column-drop":
      return isAsked(change.name)
        ? [translate("column {name} dropped", { name: inlineCode(change.name) })]
        : [];
    default:
      return [];
  }
}

/** Which other documents create it, and which name it. */
function elsewhere(name: SymbolName, known: KnownSymbols, translate: Translate): string {
  const places = known.places(name);
  const creating = new Set(places.filter(({ role }) => role === "defined").map(({ document }) => document));
  const naming = new Set(
    places.map(({ document }) => document).filter((document) => !creating.has(document)),
  );
  const files = (documents: ReadonlySet<string>) => {
    const names = [...documents].slice(0, mostLines).map((document) => inlineCode(fileName(document)));
    return { files: names.join(", "), count: documents.size };
  };
  return paragraphs(
    creating.size === 0 ? undefined : translate("Created in {files}.", files(creating)),
    naming.size === 0 ? undefined : translate("Named in other documents ({count}): {files}.", files(naming)),
  );
}
