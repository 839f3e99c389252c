import { defaultDialect } from "../../dialect/detect.ts";
import { families, familyOf } from "../../dialect/dialect.ts";
import { productNamed, productsOf, rootNames } from "../../dialect/products.ts";
import type { Message } from "../../l10n/translate.ts";
import { escapeXml } from "../../text/escape.ts";
import { attributesOf, cdata, element, metadataColumnTypes, statementLines } from "./metadata-statements.ts";
import { listIn, type Metadata, tableIn, textIn } from "./read-metadata.ts";
import { xmlContent } from "./xml-content.ts";

/** What lies around the metadata. */
export interface MetadataSurroundings {
  /** The files in the folder of the package and below, with `/`, in no order. */
  readonly paths: readonly string[];
  /** The text of a file in the folder of the metadata, such as one of changes; undefined where there is none. */
  readonly besideMetadata: (name: string) => Promise<string | undefined>;
  /** The same in the folder of the package. */
  readonly inPackage: (path: string) => Promise<string | undefined>;
}

export type MetadataSpec =
  | {
      readonly kind: "spec";
      readonly name: string;
      readonly text: string;
      /** What is said in the metadata and not in the spec, or otherwise. */
      readonly notes: readonly Message[];
    }
  /** opmbuild writes none either. */
  | { readonly kind: "refused"; readonly reason: Message };

/**
 * The spec that `opmbuild sopm` makes of metadata. What it would write as XML that is not well-formed is escaped, and code
 * sections call the setup module in our own words.
 *
 * @source OPM::Maker::Command::sopm 1.1.1, execute
 */
export async function specOfMetadata(
  metadata: Metadata,
  surroundings: MetadataSurroundings,
): Promise<MetadataSpec> {
  const name = textIn(metadata.name);
  const version = textIn(metadata.version);
  const missing = name === undefined ? "name" : version === undefined ? "version" : undefined;
  const wanted = missing ?? (listIn(metadata.framework).length === 0 ? "framework" : undefined);
  if (wanted !== undefined || name === undefined || version === undefined)
    return {
      kind: "refused",
      reason: {
        text: "The metadata have no “{name}”, which a package needs.",
        values: { name: wanted ?? "" },
      },
    };
  if (/[/\\]|^\.*$/.test(name))
    return {
      kind: "refused",
      reason: { text: "“{name}” is no name of a package that a file can have.", values: { name } },
    };
  const notes: Message[] = [];
  const product = textIn(metadata.product);
  const known = product === undefined ? undefined : productNamed(product);
  const root = rootNames[families.find((each) => known && productsOf(each).includes(known)) ?? usualFamily];
  if (product !== undefined && !known && !otherProducts.has(product.toLowerCase()))
    notes.push({
      text: "“{product}” is no product that is known. The spec begins with <{root}>.",
      values: { product, root },
    });
  const lines = [
    `<Name>${escapeXml(name)}</Name>`,
    `<Version>${escapeXml(version)}</Version>`,
    ...frameworkLines(metadata),
    ...requiredLines(tableIn(metadata.requires)),
    `<Vendor>${xmlContent(textIn(tableIn(metadata.vendor).name) ?? "")}</Vendor>`,
    `<URL>${xmlContent(textIn(tableIn(metadata.vendor).url) ?? "")}</URL>`,
    ...sorted(tableIn(metadata.description)).map(
      ([language, text]) => `<Description Lang="${escapeXml(language)}">${xmlContent(text)}</Description>`,
    ),
    ...(textIn(metadata.license) === undefined
      ? []
      : [`<License>${xmlContent(textIn(metadata.license)!)}</License>`]),
    ...fileLines(name, metadata, surroundings.paths, notes),
    ...(await changesFileLines(metadata, surroundings, notes)),
    ...listIn(metadata.changes).flatMap(changeLines),
    ...databaseLines(metadata, notes),
    ...(await codeLines(name, metadata, surroundings, notes)),
    ...listIn(metadata.intro).flatMap((each) => introLines(tableIn(each), notes)),
  ];
  const text = [
    '<?xml version="1.0" encoding="utf-8" ?>',
    `<${root} version="1.0">`,
    ...lines.map((line) => `    ${line}`),
    `</${root}>`,
    "",
  ].join("\n");
  return { kind: "spec", name, text, notes };
}

/** That of packages whose metadata name no product. */
const usualFamily = familyOf(defaultDialect);

/** Products of the same family that SOPM knows nothing else of, in small letters. */
const otherProducts: ReadonlySet<string> = new Set(["kix"]);

function frameworkLines({ framework }: Metadata): readonly string[] {
  return listIn(framework).map((each) => {
    const { version, min, max } = typeof each === "object" ? tableIn(each) : { version: each };
    const bounds = attributesOf({ Minimum: textIn(min), Maximum: textIn(max) });
    return `<Framework${bounds}>${escapeXml(textIn(version) ?? "")}</Framework>`;
  });
}

function requiredLines({ package: packages, module: modules }: Metadata): readonly string[] {
  const line = (name: string) => (entry: readonly [string, string]) =>
    `<${name} Version="${escapeXml(entry[1])}">${escapeXml(entry[0])}</${name}>`;
  return [
    ...sorted(tableIn(packages)).map(line("PackageRequired")),
    ...sorted(tableIn(modules)).map(line("ModuleRequired")),
  ];
}

function sorted(table: Metadata): readonly (readonly [string, string])[] {
  return Object.keys(table)
    .sort()
    .map((key) => [key, typeof table[key] === "number" ? String(table[key]) : (textIn(table[key]) ?? "0")]);
}

/** All files but hidden ones, the spec itself, and what the metadata leaves out. */
function fileLines(
  name: string,
  metadata: Metadata,
  paths: readonly string[],
  notes: Message[],
): readonly string[] {
  const excluded = listIn(metadata.exclude_files).flatMap((each) => {
    const pattern = textIn(each);
    if (pattern === undefined) return [];
    const expression = plainExpression(pattern);
    if (!expression)
      notes.push({
        text: "The pattern “{pattern}” in “exclude_files” is not followed; look whether the list has files that do not belong into it.",
        values: { pattern },
      });
    return expression ?? [];
  });
  const listed = paths
    .filter((path) => !/(?:^|\/)\./.test(path) && path !== `${name}.sopm`)
    .filter((path) => !excluded.some((expression) => expression.test(path)))
    .sort();
  const line = (path: string) =>
    `<File Permission="${path.startsWith("bin") ? 755 : 644}" Location="${escapeXml(path)}"/>`;
  return ["<Filelist>", ...listed.map((path) => `    ${line(path)}`), "</Filelist>"];
}

/**
 * A pattern of Perl that is the same in JavaScript, and takes no more time than the path is long: no groups that are
 * repeated, no assertions, few that go on as far as they can. It has to end where the path does.
 */
function plainExpression(pattern: string): RegExp | undefined {
  const isPlain =
    /^(?:\\[.dwsDWS/+*?()[\]{}|^$\\-]|[^\\(){}]|\((?:\?:)?(?:[\w./ -]|\\\.)*(?:\|(?:[\w./ -]|\\\.)*)*\)(?![*+?{]))*$/;
  if (pattern.length > 200 || !isPlain.test(pattern) || (pattern.match(/[*+]/g)?.length ?? 0) > 2)
    return undefined;
  try {
    return new RegExp(`(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

/** Versions, each with its date, on a line of their own, with what has changed below. */
async function changesFileLines(
  { changes_file: named }: Metadata,
  { besideMetadata }: MetadataSurroundings,
  notes: Message[],
): Promise<readonly string[]> {
  const name = textIn(named);
  if (name === undefined) return [];
  const text = await besideMetadata(name);
  if (text === undefined) {
    notes.push({ text: "There is no file of changes “{name}” beside the metadata.", values: { name } });
    return [];
  }
  const headline = /^(\d+\.\d+(?:\.\d+)?)\s+-\s+(\d{4}-\d{2}-\d{2}\s\d{2}:\d{2}:\d{2})\s+/gm;
  const found = [...text.matchAll(headline)];
  return found.map(({ 0: whole, 1: version, 2: date, index }, place) => {
    const end = found[place + 1]?.index ?? text.length;
    const said = text.slice(index + whole.length, end).trimEnd();
    return `<ChangeLog Version="${version}" Date="${date}">${cdata(` ${said} `)}</ChangeLog>`;
  });
}

function changeLines(change: unknown): readonly string[] {
  const { message, version, date } = typeof change === "object" ? tableIn(change) : { message: change };
  const said = typeof message === "number" || typeof message === "string" ? String(message) : "";
  if (said === "") return [];
  const attributes = attributesOf({ Version: textIn(version), Date: textIn(date) });
  return [`<ChangeLog${attributes}>${xmlContent(said)}</ChangeLog>`];
}

const phases = ["pre", "post"] as const;
const usualPhase = { Install: "post", Upgrade: "post", Uninstall: "pre" } as const;

/** Sections of what is done, and an uninstallation that takes back tables and columns that the package has made. */
function databaseLines({ database }: Metadata, notes: Message[]): readonly string[] {
  const sections = new Map<string, string[]>();
  const add = (family: string, phase: string, lines: readonly string[]) => {
    const key = `${family} ${phase}`;
    sections.set(key, [...(sections.get(key) ?? []), ...lines]);
  };
  const created: string[] = [];
  const own = new Set<string>();
  const added: Metadata[] = [];
  for (const each of listIn(database)) {
    const action = tableIn(each);
    const table = textIn(action.name) ?? "";
    const versions = Array.isArray(action.version) ? action.version : [action.version];
    for (const version of versions.map(textIn)) {
      const lines = statementLines(action, version);
      if (!lines) {
        const values = { type: textIn(action.type) ?? "?" };
        notes.push({
          text: "An entry of “database” is left out, because opmbuild passes over its type {type}.",
          values,
        });
        break;
      }
      tellTypes(action, notes);
      const family = action.uninstall ? "Uninstall" : version === undefined ? "Install" : "Upgrade";
      const phase = textIn(action.phase) ?? usualPhase[family];
      if (phase !== "pre" && phase !== "post") {
        notes.push({
          text: "An entry of “database” is left out, because opmbuild passes over its phase {phase}.",
          values: { phase },
        });
        break;
      }
      add(family, phase, lines);
      const place = created.indexOf(table);
      if (action.type === "TableCreate" || action.type === "TableDrop") {
        if (place >= 0) created.splice(place, 1);
        if (action.type === "TableCreate") created.push(table);
        if (action.type === "TableCreate") own.add(table);
      }
      if (action.type === "ColumnAdd" && !own.has(table)) {
        const columns = listIn(action.columns).map((column) => tableIn(column).name);
        added.unshift({ type: "ColumnDrop", name: table, columns });
      }
    }
  }
  for (const each of added) add("Uninstall", "pre", statementLines(each, undefined)!);
  for (const name of created.reverse())
    add("Uninstall", "pre", statementLines({ type: "TableDrop", name }, undefined)!);
  return (["Install", "Upgrade", "Uninstall"] as const).flatMap((family) =>
    phases.flatMap((phase) => {
      const lines = sections.get(`${family} ${phase}`);
      return lines ? element(`Database${family}`, { Type: phase }, lines) : [];
    }),
  );
}

function tellTypes({ type, columns }: Metadata, notes: Message[]): void {
  if (!["TableCreate", "ColumnAdd", "ColumnChange"].includes(String(type))) return;
  for (const each of listIn(columns)) {
    const wrong = textIn(tableIn(each).type) ?? "";
    if (metadataColumnTypes.includes(wrong)) continue;
    const values = { type: wrong, types: metadataColumnTypes.join(", ") };
    notes.push({ text: "opmbuild refuses the column type “{type}”; it knows {types}.", values });
  }
}

async function codeLines(
  packageName: string,
  metadata: Metadata,
  { inPackage }: MetadataSurroundings,
  notes: Message[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const each of listIn(metadata.code)) {
    const isPlain = typeof each !== "object";
    const code: Metadata = isPlain
      ? { type: each, phase: each === "Uninstall" ? "pre" : "post" }
      : tableIn(each);
    const family = `Code${textIn(code.type) ?? ""}`;
    const version = textIn(code.version);
    const inline = textIn(code.inline);
    if (!isName(family)) {
      notes.push({ text: "An entry of “code” has no type, or one that no element can have." });
      continue;
    }
    const body =
      inline === undefined
        ? `$Kernel::OM->Get('var::packagesetup::${textIn(code.package) ?? packageName}')->${textIn(code.function) ?? family}();`
        : await subIn(inline, inPackage);
    if (body === undefined) {
      notes.push({
        text: "There is no sub “{sub}” to be written into {element}, which is left out.",
        values: { sub: inline!, element: family },
      });
      continue;
    }
    const attributes = attributesOf({ Type: textIn(code.phase) ?? "post", Version: version });
    lines.push(`<${family}${attributes}>${cdata(`\n        ${body}\n    `)}</${family}>`);
  }
  return lines;
}

/** Whether an element may be called so, which has to be more than its family. */
function isName(name: string): boolean {
  return /^(?:Code|Intro)\w+$/.test(name);
}

/** What is in a sub, named with its module such as "Kernel::System::Acme::Setup". */
async function subIn(
  inline: string,
  inPackage: MetadataSurroundings["inPackage"],
): Promise<string | undefined> {
  const parts = inline.split("::");
  const sub = parts.pop()!;
  if (parts.length === 0 || parts.some((part) => !/^\w+$/.test(part))) return undefined;
  const text = await inPackage(`${parts.join("/")}.pm`);
  const lines = text?.split("\n") ?? [];
  const start = lines.findIndex((line) =>
    new RegExp(`^sub\\s+${sub.replace(/\W/g, "")}\\s*\\{\\s*$`).test(line),
  );
  const end = lines.findIndex((line, index) => index > start && line.startsWith("}"));
  return start < 0 || end < 0
    ? undefined
    : lines
        .slice(start + 1, end)
        .join("\n")
        .trim();
}

function introLines(
  { type, text, time, lang, title, version }: Metadata,
  notes: Message[],
): readonly string[] {
  const name = `Intro${textIn(type) ?? ""}`;
  if (!isName(name)) {
    notes.push({ text: "An entry of “intro” has no type, or one that no element can have." });
    return [];
  }
  const said = Array.isArray(text) ? text.map(String).join("<br />\n") : (textIn(text) ?? "");
  const attributes = attributesOf({
    ...{ Type: textIn(time) ?? "post", Lang: textIn(lang), Title: textIn(title), Version: textIn(version) },
  });
  return [`<${name}${attributes}>${cdata(`\n        ${said}\n    `)}</${name}>`];
}
