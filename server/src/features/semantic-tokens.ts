import { elementSubjects } from "../dialect/elements.ts";
import { columnFact } from "../knowledge/knowledge.ts";
import { isDatabaseFamily } from "../model/package-spec.ts";
import { buildsOnOthers } from "../rules/shared/foreign-packages.ts";
import { namesIn } from "../symbols/database-symbols.ts";
import { databaseOf } from "../symbols/package-database.ts";
import type { PackageSymbol, SymbolKind } from "../symbols/symbol.ts";
import { Element } from "../syntax/element.ts";
import type { ElementNode } from "../syntax/node.ts";
import { memo } from "../text/memo.ts";
import { once } from "../text/once.ts";
import { type Span, shift } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { gateOf, isDead, isSection, isShut } from "./section-timing.ts";
import type { TokenModifier, TokenType } from "./token-legend.ts";

/** A part of a document that is more than its grammar can tell. It lies on one line. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** Very large documents are shown as their grammar has them from here on; what is in view is asked for by itself. */
const tokenLimit = 30_000;

/** The tokens in a part of a document, in order; none overlaps another. Absent: of all of it. */
export function semanticTokens(document: FeatureDocument, part?: Span): readonly SemanticToken[] {
  const { spec, tree } = document;
  const { root } = spec;
  const tokens: SemanticToken[] = [];
  const wanted = part ?? { start: 0, end: tree.source.length };
  // Most of what is in view names nothing, and then the database is not asked about.
  const names = once(() => nameReader(document));
  if (root) visit(root, false);
  return tokens;

  /** The recursion ends: elements nest to a fixed depth at most. */
  function visit(element: Element, isInDead: boolean): void {
    if (tokens.length >= tokenLimit) return;
    const isStatement = element.parent !== undefined && isDatabaseFamily(element.parent.name);
    // Where an end tag is missing, sections seem to stand in one, and are none there.
    const isOwnSection = isSection(element) && !isStatement;
    const gate =
      isSection(element) && isStatement ? undefined : gateOf(element, spec, document.context.releases);
    const hasGate = gate !== undefined && gate !== "meaningless";
    const isOff = isInDead || isShut(gate) || (isOwnSection && isDead(element, spec));
    if (isStatement) {
      addStatement(element, isOff, hasGate);
      return;
    }
    const type = tagTypes.get(element.name);
    if (type) add(element.nameSpan, type, isOff ? dead : none);
    if (hasGate) {
      const version = element.attribute("Version");
      if (version?.value) add(version.valueSpan, "versionGate", isOff ? dead : none);
    }
    for (const child of element.elementsIn(wanted)) visit(child, isOff);
    const { endNameSpan } = element;
    if (type && endNameSpan) add(endNameSpan, type, isOff ? dead : none);
  }

  function addStatement(statement: Element, isOff: boolean, hasGate: boolean): void {
    for (const { span, type, symbol } of partsOf(statement.node)) {
      if (type === "versionGate" && !hasGate) continue;
      const modifiers = symbol ? names()(symbol) : none;
      add(shift(span, statement.start), type, isOff ? [...modifiers, ...dead] : modifiers);
    }
  }

  function add(span: Span, type: TokenType, modifiers: readonly TokenModifier[]): void {
    const isIn = span.start < wanted.end && span.end > wanted.start;
    if (!isIn) return;
    // Values may go on in the next line.
    const isWhole = type.endsWith("Tag") || !/[\r\n]/.test(tree.source.slice(span.start, span.end));
    if (isWhole) tokens.push({ span, type, modifiers });
  }
}

const none: readonly TokenModifier[] = [];
const dead: readonly TokenModifier[] = ["dead"];

/** The families of tags, by the subjects of the tag reference. */
const families: Readonly<Record<string, TokenType>> = {
  "The package": "packageTag",
  "Requirements and merging": "requirementTag",
  Files: "fileTag",
  "Texts for the person who installs": "introTag",
  Code: "codeTag",
  "Database sections": "databaseTag",
  "Tables, columns, keys and rows": "databaseTag",
};

const tagTypes: ReadonlyMap<string, TokenType> = new Map(
  elementSubjects.flatMap(({ title, facts }) => {
    const type = families[title];
    return type ? facts.map(({ name }): [string, TokenType] => [name, type]) : [];
  }),
);

/** A foreign key goes by its columns, which have types of their own. */
const nameTypes: Readonly<Partial<Record<SymbolKind, TokenType>>> = {
  table: "databaseTable",
  column: "databaseColumn",
  index: "databaseIndex",
};

/** A part of a statement, relative to its start. */
interface Part {
  readonly span: Span;
  readonly type: TokenType;
  /** What is named; undefined for tags and versions. */
  readonly symbol: PackageSymbol | undefined;
}

/** Read once for each statement, however often a document is shown. */
const partsOf = memo((node: ElementNode): readonly Part[] => {
  const statement = new Element(node, 0, undefined);
  const parts: Part[] = [];
  for (const element of statement.descendants()) {
    const type = tagTypes.get(element.name);
    if (!type) continue;
    for (const span of [element.nameSpan, element.endNameSpan])
      if (span) parts.push({ span, type, symbol: undefined });
  }
  for (const symbol of namesIn(node)) {
    const type = nameTypes[symbol.kind];
    if (type) parts.push({ span: symbol.span, type, symbol });
  }
  const version = statement.attribute("Version");
  if (version?.value) parts.push({ span: version.valueSpan, type: "versionGate", symbol: undefined });
  return parts.sort((a, b) => a.span.start - b.span.start);
});

/** Tells what is known of the names in statements. */
function nameReader({ spec, context: { knowledge } }: FeatureDocument) {
  const database = databaseOf(spec);
  const mayBeOfOthers = buildsOnOthers(spec);
  const kept = new Map<string, readonly TokenModifier[]>();
  return ({ kind, name, owner, role }: PackageSymbol): readonly TokenModifier[] => {
    if (role === "defined") return declared;
    if (kind !== "table" && kind !== "column") return none;
    const key = `${kind} ${owner ?? ""} ${name}`;
    let modifiers = kept.get(key);
    if (!modifiers) {
      modifiers = kind === "table" ? ofTable(name) : owner === undefined ? none : ofColumn(name, owner);
      kept.set(key, modifiers);
    }
    return modifiers;
  };

  function ofTable(name: string): readonly TokenModifier[] {
    const { installed, upgraded } = database;
    const framework = knowledge.table(name);
    if (framework) return ofFramework;
    const isOwn = [installed, upgraded].some((schema) => schema.table(name) || schema.wasDropped(name));
    return isOwn || framework === undefined || mayBeOfOthers ? none : unknown;
  }

  function ofColumn(name: string, table: string): readonly TokenModifier[] {
    const column = name.toLowerCase();
    const own = database.columnNames(table);
    if (own) return own.has(column) ? none : unknown;
    const framework = knowledge.table(table);
    if (!framework) return none;
    if (columnFact(framework, name)) return ofFramework;
    const { installed, upgraded } = database;
    const isOwn = [installed, upgraded].some((schema) => {
      const made = schema.table(table);
      return made?.columns.has(column) || made?.droppedColumns.has(column);
    });
    return isOwn || mayBeOfOthers ? none : unknown;
  }
}

const declared: readonly TokenModifier[] = ["declaration"];
const ofFramework: readonly TokenModifier[] = ["defaultLibrary"];
const unknown: readonly TokenModifier[] = ["unknown"];
