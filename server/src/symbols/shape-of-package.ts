import { writtenType } from "../model/column-type.ts";
import { ownPhase } from "../model/database-phases.ts";
import type { DatabaseStatement } from "../model/database-statement.ts";
import type { LoggedChange, PackageShape, TableShape, UpgradePart } from "../model/package-shape.ts";
import { codeFamilies, databaseFamilies, type PackageSpec } from "../model/package-spec.ts";
import { codePhase } from "../model/section-phases.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { checksum } from "../text/checksum.ts";
import { memo } from "../text/memo.ts";
import { once } from "../text/once.ts";
import { codeMentions } from "./code-section.ts";
import { databaseOf } from "./package-database.ts";

/**
 * What the sections of a package come to. The same spec gives the same object, and each part of it is found out when
 * somebody asks: names of tables are asked for at every edit, the rest seldom.
 */
export const shapeOf = memo((spec: PackageSpec): PackageShape => {
  const tables = once(() => tablesOf(spec));
  const upgrades = once(
    () =>
      new Set(
        databaseOf(spec).upgrade.flatMap(({ statement }) => changesOf(statement).map(({ key }) => key)),
      ),
  );
  const gates = once(() => {
    const code = spec.all("CodeUpgrade").filter((section) => codePhase(section) !== "merge");
    return {
      code: new Set(code.map((section) => section.value("Version") ?? "")),
      database: new Set(databaseOf(spec).upgrade.map(({ element }) => element.value("Version") ?? "")),
    };
  });
  const codes = once(() => new Set(spec.sections(codeFamilies).map(codeDigest)));
  const families = once(() => familiesOf(spec));
  const parts = once(() => upgradePartsOf(spec));
  const statements = once(() => {
    const { install, upgrade, uninstall } = databaseOf(spec);
    return new Set([...install, ...upgrade, ...uninstall].map(({ element }) => doneDigest(element.node)));
  });
  const changes = once(() =>
    spec.all("ChangeLog").flatMap((entry): readonly LoggedChange[] => {
      const version = entry.value("Version")?.trim();
      return version ? [{ version, text: entry.text.value }] : [];
    }),
  );
  return {
    get tables() {
      return tables();
    },
    get upgrades() {
      return upgrades();
    },
    get gates() {
      return gates();
    },
    get codes() {
      return codes();
    },
    get families() {
      return families();
    },
    get parts() {
      return parts();
    },
    get statements() {
      return statements();
    },
    get changes() {
      return changes();
    },
    mentions: (word) => codeMentions(spec, word),
  };
});

/** The tables that installations make: the same object as for an earlier version with the same sections. */
function tablesOf(spec: PackageSpec): PackageShape["tables"] {
  const sections = spec.all("DatabaseInstall").map(({ node }) => node);
  const [first] = sections;
  if (!first) return noTables;
  const kept = keptTables.get(first);
  const isSame = (node: ElementNode, index: number) => node === sections[index];
  if (kept?.sections.length === sections.length && kept.sections.every(isSame)) return kept.tables;
  const tables = new Map(
    databaseOf(spec).installed.tables.map(({ name, complete, columns }): [string, TableShape] => [
      name.toLowerCase(),
      {
        isOwn: complete,
        columns: new Map([...columns].map(([key, column]) => [key, writtenType(column)])),
      },
    ]),
  );
  keptTables.set(first, { sections, tables });
  return tables;
}

const noTables: PackageShape["tables"] = new Map();

/** What was found out last, by the first of the sections. */
const keptTables = new WeakMap<
  ElementNode,
  { readonly sections: readonly ElementNode[]; readonly tables: PackageShape["tables"] }
>();

/** A short text that is the same for the same code. */
export function codeDigest(section: Element): string {
  return checksum(plainText(section));
}

/** A part of the upgrades at its place in the document. */
export interface PlacedPart extends UpgradePart {
  readonly element: Element;
}

/** What upgrades from below a version do; merges are no part of it. */
export function upgradePartsOf(spec: PackageSpec): readonly PlacedPart[] {
  const code = spec
    .all("CodeUpgrade")
    .filter((section) => codePhase(section) !== "merge" && section.parent?.name !== "PackageMerge")
    .map((element): PlacedPart => {
      const digest = codeLinesDigest(element.node);
      return { ...placedPart("CodeUpgrade", element, [element]), subject: "", digest };
    });
  const database = databaseOf(spec).upgrade.map(({ statement, element, section }): PlacedPart => {
    const subject = `${element.name} ${statement.table.toLowerCase()}`;
    const digest = doneDigest(element.node);
    return { ...placedPart("DatabaseUpgrade", element, [section, element]), subject, digest };
  });
  return [...code, ...database].filter(({ gate }) => gate !== "");
}

function placedPart(
  family: UpgradePart["family"],
  element: Element,
  asking: readonly Element[],
): Pick<PlacedPart, "family" | "element" | "gate" | "condition"> {
  const conditions = asking.flatMap((each) =>
    ["IfPackage", "IfNotPackage"].flatMap((name) => {
      const value = each.value(name)?.trim();
      return value ? [`${name}="${value}"`] : [];
    }),
  );
  return { family, element, gate: element.value("Version") ?? "", condition: conditions.join(" ") };
}

/**
 * Of code without comments on lines of their own and without regard to blanks; of code that calls a setup module the
 * names of what it calls, however it does so.
 */
const codeLinesDigest = memo((node: ElementNode): string => {
  const lines = plainText(new Element(node, 0, undefined))
    .split("\n")
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .join("\n");
  const called = /packagesetup/.test(lines) ? lines.matchAll(/(?:->\s*|["'])(\w*(?:Code|Upgrade)\w*)/g) : [];
  const names = new Set([...called].map(([, name]) => name));
  return checksum(names.size > 0 ? [...names].sort().join(" ") : lines.replace(/\s+/g, ""));
});

/** Of a statement without what decides whether it is executed, and what databases get nothing of. */
const doneDigest = memo((node: ElementNode): string =>
  checksum(whole(new Element(node, 0, undefined), deciding)),
);

const deciding: ReadonlySet<string> = new Set(["Type", "Version", "IfPackage", "IfNotPackage"]);

/** What all sections of each family say. */
export function familiesOf(spec: PackageSpec): ReadonlyMap<string, string> {
  const families = new Map<string, string>();
  for (const family of [...codeFamilies, ...databaseFamilies]) {
    const said = spec
      .all(family)
      // Merges are told by their targets as well, and are no part of what is kept of an archive.
      .filter((section) => section.parent?.name !== "PackageMerge")
      .filter((section) => ownPhase(section)?.toLowerCase() !== "merge")
      .flatMap((section) => (section.elements.length > 0 ? section.elements : [section]))
      .map(({ node }) => digestOf(node))
      .filter((digest) => digest !== "");
    if (said.length > 0) families.set(family, checksum(said.sort().join(" ")));
  }
  return families;
}

/** Empty for a section without content. Found out once for each, so that an edit costs no more than what it touches. */
const digestOf = memo((node: ElementNode): string => {
  const text = whole(new Element(node, 0, undefined), phase);
  return text === "" ? "" : checksum(text);
});

const phase: ReadonlySet<string> = new Set(["Type"]);
const nothing: ReadonlySet<string> = new Set();

/**
 * All of a section or a statement, such as but for its phase, which builders write to statements as well. Builders set the
 * texts of leaves and the order of attributes in their own ways.
 *
 * @param omitted attributes of the outermost element that do not count
 */
function whole(element: Element, omitted: ReadonlySet<string>): string {
  const attributes = element.attributes
    .filter(({ name }) => !omitted.has(name) && !(element.name === "Data" && name === "Translatable"))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  const { elements } = element;
  const inside = elements.length > 0 ? elements.map((each) => whole(each, nothing)) : [plainText(element)];
  if (isSection(element) && attributes.length === 0 && inside.join("") === "") return "";
  return `<${[element.name, ...attributes].join(" ")}>${inside.join("")}`;
}

function isSection({ name }: Element): boolean {
  return /^(?:Code|Database)/.test(name);
}

function plainText({ text }: Element): string {
  const plain = text.value.replace(/\r\n?/g, "\n").trim();
  // Builders make an empty text of it.
  return plain === "0" ? "" : plain;
}

/** Something that a statement does to a table or a column of which it can be told whether a system has it done. */
export interface SchemaStep {
  /** The same for steps that do the same. */
  readonly key: string;
  /** In lower case. */
  readonly table: string;
  /** Where it stands, relative to the statement; undefined for all of it. */
  readonly element: Element | undefined;
  /** True for a column that comes to a table. */
  readonly isAddition?: true;
  /** Whether the tables of a version are as if it had been done; undefined where that cannot be told. */
  isDoneIn(shape: PackageShape): boolean | undefined;
}

/** Of indexes, keys and rows nothing is said: what looks alike may have other names. */
export function changesOf(statement: DatabaseStatement): readonly SchemaStep[] {
  const { kind } = statement;
  if (kind === "insert" || (kind !== "alter" && statement.table === "")) return [];
  const table = statement.table.toLowerCase();
  const columnsIn = ({ tables }: PackageShape) => tables.get(table)?.columns;
  if (kind === "create") {
    const isDoneIn = ({ tables }: PackageShape) => tables.has(table);
    return [{ key: `create ${table}`, table, element: undefined, isDoneIn }];
  }
  if (kind === "drop") {
    const isDoneIn = ({ tables }: PackageShape) => tables.get(table)?.isOwn !== true;
    return [{ key: `drop ${table}`, table, element: undefined, isDoneIn }];
  }
  const steps: SchemaStep[] = [];
  const { renamed } = statement;
  if (renamed) {
    const [from, to] = [renamed.from.toLowerCase(), renamed.to.toLowerCase()];
    const isDoneIn = ({ tables }: PackageShape) => (tables.has(from) ? tables.has(to) : undefined);
    steps.push({ key: `rename ${from} ${to}`, table: to, element: undefined, isDoneIn });
  }
  for (const change of statement.changes) {
    if (change.kind === "column-add") {
      const { element, name } = change.column;
      const column = name.toLowerCase();
      const isDoneIn = (shape: PackageShape) => columnsIn(shape)?.has(column);
      steps.push({ key: `column ${table} ${column}`, table, element, isAddition: true, isDoneIn });
    } else if (change.kind === "column-drop") {
      const { element } = change;
      const column = change.name.toLowerCase();
      const isDoneIn = (shape: PackageShape) => {
        const columns = columnsIn(shape);
        return columns && !columns.has(column);
      };
      steps.push({ key: `column-drop ${table} ${column}`, table, element, isDoneIn });
    } else if (change.kind === "column-change") {
      const { element, name } = change.column;
      const [old, column] = [change.oldName.toLowerCase(), name.toLowerCase()];
      const isDoneIn = (shape: PackageShape) => {
        const columns = columnsIn(shape);
        if (!columns?.has(old)) return undefined;
        return old === column ? columns.get(old) === writtenType(change.column) : columns.has(column);
      };
      const key = `column-change ${table} ${old} ${column} ${writtenType(change.column)}`;
      steps.push({ key, table, element, isDoneIn });
    }
  }
  return steps.filter((step) => step.table !== "");
}
