import type { AttributeFact, ElementFact } from "../../dialect/element-fact.ts";
import { newestPart } from "../../knowledge/join-knowledge.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { writtenType } from "../../model/column-type.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { tableAround } from "../../symbols/element-names.ts";
import { knownColumn } from "../../symbols/known-column.ts";
import { databaseOf } from "../../symbols/package-database.ts";
import { symbolsOf } from "../../symbols/package-symbols.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { frameworkRanges, frameworkVersions } from "./frameworks.ts";
import type { CompletionOptions } from "./item.ts";
import { languagesFor } from "./languages.ts";
import { licenses } from "./licenses.ts";
import { requiredModules, requiredVersions } from "./modules.ts";
import { knownPackages, knownVersions } from "./packages.ts";
import { type Suggestion, suggestions } from "./suggestion.ts";

/** What may stand in an attribute, paths left out; empty where the author alone can know. */
export function attributeValues(
  document: FeatureDocument,
  element: Element,
  attribute: Attribute,
  options: CompletionOptions,
): readonly Suggestion[] {
  const fact = document.context.schema.attribute(element.name, attribute.name);
  // What the builder writes by itself has no effect where an author writes it.
  if (!fact || fact.filledBy) return [];
  // What a package does when it is absorbed has a phase of its own.
  const isAbsorbed = attribute.name === "Type" && element.parent?.name === "PackageMerge";
  if (isAbsorbed && fact.values?.includes("merge")) return suggestions(["merge"], "value");
  // Upgrades skip what a DatabaseUpgrade has for the phase before.
  const isDead = (value: string) =>
    value === "pre" && attribute.name === "Type" && element.name === "DatabaseUpgrade";
  if (fact.values) return enumerated(fact, options).filter(({ value }) => !isDead(value));
  switch (fact.type) {
    case "boolean":
      return suggestions(["true", "false"], "value");
    case "version":
      return versionsFor(document, element, attribute.name, options);
    case "language":
      return languagesFor(document, element);
    case "permission":
      return permissionsFor(element.value("Location") ?? "", options);
    case "date":
      return suggestions([options.now, options.now.slice(0, 10)], "value");
    case "package":
      return packagesFor(document, element, attribute.name, options);
    case "table":
      return tablesFor(document, element, attribute.name, options);
    case "column":
      return columnsFor(document, element, attribute.name);
    default:
      return [];
  }
}

/** What may stand between the tags of an element; empty where the author alone can know. */
export function textValues(
  document: FeatureDocument,
  element: Element,
  options: CompletionOptions,
): readonly Suggestion[] {
  const { context } = document;
  const fact = context.schema.element(element.name);
  if (fact?.values) return enumerated(fact, options);
  switch (element.name) {
    case "Name":
      return suggestions(/^[A-Za-z][\w-]*(?=\.sopm$)/.exec(context.fileName ?? "") ?? [], "value");
    case "Version": {
      const versions = changeLogVersions(document);
      return suggestions(versions.length > 0 ? versions : ["1.0.0"], "version");
    }
    case "Framework":
      return frameworkRanges(document, element);
    case "License":
      return suggestions(licenses, "value");
    case "ModuleRequired":
      return requiredModules(document, element, options);
    case "PackageRequired":
      return knownPackages(document, options, requiredBeside(document, element));
    case "OS":
      return suggestions(["linux", "freebsd", "darwin", "MSWin32"], "value");
    case "Data":
      return element.value("Type") === "Quote"
        ? []
        : suggestions(["current_timestamp", "1", "0", "NULL"], "value");
    default:
      return [];
  }
}

function enumerated(
  fact: AttributeFact | ElementFact,
  { translate }: CompletionOptions,
): readonly Suggestion[] {
  return (fact.values ?? []).map((value) => ({
    value,
    kind: "value",
    ...(value === fact.default ? { detail: translate("default") } : {}),
  }));
}

/** The versions of the package where a version of its own is asked for, those of the framework for its bounds. */
function versionsFor(
  { context, ...document }: FeatureDocument,
  element: Element,
  attribute: string,
  options: CompletionOptions,
): readonly Suggestion[] {
  switch (element.name) {
    case "Framework":
      return frameworkVersions({ context, ...document }, element);
    case "PackageRequired":
      return knownVersions(element.trimmedText.value, options);
    case "PackageMerge":
      return attribute === "TargetVersion" ? knownVersions(element.value("Name") ?? "", options) : [];
    case "ModuleRequired":
      return requiredVersions({ context, ...document }, element.trimmedText.value);
  }
  if (attribute !== "Version") return [];
  const own = context.packageVersion === undefined ? [] : [context.packageVersion];
  return suggestions([...own, ...changeLogVersions({ context, ...document })], "version");
}

/** In the order of the change log. */
function changeLogVersions({ spec }: FeatureDocument): readonly string[] {
  return spec
    .all("ChangeLog")
    .flatMap((entry) => entry.value("Version") || [])
    .slice(0, 50);
}

/** Programs need to be executable; everything else is read and written by the web server's group. */
function permissionsFor(location: string, { translate }: CompletionOptions): readonly Suggestion[] {
  const isProgram = /^bin\/|\.(?:pl|sh|psgi|f?cgi)$/i.test(location);
  const texts: Readonly<Record<string, string>> = {
    "660": translate("read and written by owner and group"),
    "644": translate("read by all, written by the owner"),
    "770": translate("also executed, by owner and group"),
    "755": translate("also executed, by all"),
  };
  const order = isProgram ? ["770", "755", "660", "644"] : ["660", "644", "770", "755"];
  return order.map((value) => ({ value, kind: "value", detail: texts[value]! }));
}

/** Packages that this one absorbs are the only ones that `IfPackage` can mean, so they come first. */
function packagesFor(
  document: FeatureDocument,
  element: Element,
  attribute: string,
  options: CompletionOptions,
): readonly Suggestion[] {
  const { spec } = document;
  const merges = spec.all("PackageMerge").filter(({ start }) => start !== element.start);
  const absorbed = merges.flatMap((merge) => merge.value("Name") || []);
  if (element.name === "PackageMerge") return knownPackages(document, options, absorbed);
  const named = attribute === "IfPackage" ? absorbed : [...absorbed, ...requiredBeside(document, undefined)];
  return [...suggestions(named, "package"), ...knownPackages(document, options, named)];
}

/** The packages that others elements of the spec than this one require. */
function requiredBeside({ spec }: FeatureDocument, element: Element | undefined): readonly string[] {
  return spec
    .all("PackageRequired")
    .flatMap(({ start, trimmedText }) => (start === element?.start ? [] : trimmedText.value || []));
}

function tablesFor(
  { spec, context }: FeatureDocument,
  element: Element,
  attribute: string,
  { translate }: CompletionOptions,
): readonly Suggestion[] {
  // A new name is the author's to find.
  if (/^Table(Create)?$/.test(element.name) || attribute === "NameNew") return [];
  const own = ownTables(spec);
  const created = suggestions(own, "table", translate("of this package"));
  // Nobody should be led to drop a table of the framework.
  if (element.name === "TableDrop") return created;
  const known = new Set(own);
  const { release } = newestPart(context.knowledge);
  const others = (context.knowledge.tableNames() ?? []).filter((name) => !known.has(name));
  return [...created, ...suggestions(others, "table", release)];
}

function columnsFor(
  { spec, context }: FeatureDocument,
  element: Element,
  attribute: string,
): readonly Suggestion[] {
  if (element.name === "Column" || element.name === "ColumnAdd") return [];
  const table =
    attribute === "Foreign" ? element.parent?.value("ForeignTable") : tableAround(element.parent ?? element);
  const used = siblingValues(element, attribute);
  const old = element.value("NameOld") ?? "";
  const names =
    attribute === "NameNew"
      ? [old].filter((name) => name !== "")
      : columnsOf(table ?? "", spec, context.knowledge).filter((column) => !used.has(column));
  return names.map((value) => {
    const column =
      table === undefined ? undefined : knownColumn(databaseOf(spec), context.knowledge, table, value);
    const detail = column ? writtenType(column) : "";
    return {
      ...{ value, kind: "column" },
      ...(detail === "" ? {} : { detail }),
      ...(table === undefined ? {} : { owner: table }),
    };
  });
}

/** What elements of the same name beside this one have in the attribute: a column is named once in an index or a row. */
function siblingValues(element: Element, attribute: string): ReadonlySet<string> {
  if (!/^(IndexColumn|UniqueColumn|Data)$/.test(element.name)) return new Set();
  const siblings = element.parent?.childrenNamed(element.name) ?? [];
  return new Set(
    siblings.flatMap((each) => (each.start === element.start ? [] : (each.value(attribute) ?? []))),
  );
}

/** The tables that the package creates, in document order. */
function ownTables(spec: PackageSpec): readonly string[] {
  return [...new Set([...symbolsOf(spec, { kinds: ["table"], role: "defined" })].map(({ name }) => name))];
}

/** The columns of a table: those the package gives it, then those the newest of its frameworks has in it. */
function columnsOf(table: string, spec: PackageSpec, knowledge: Knowledge): readonly string[] {
  const own = [...symbolsOf(spec, { kinds: ["column"], role: "defined", owner: table })];
  const known = newestPart(knowledge).table(table)?.columns ?? [];
  return [...new Set([...own, ...known].map(({ name }) => name))];
}
