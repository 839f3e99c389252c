import { defaultDialect } from "../../dialect/detect.ts";
import { families, familyOf } from "../../dialect/dialect.ts";
import { productsOf, rootNames } from "../../dialect/products.ts";
import type { Message } from "../../l10n/translate.ts";
import {
  codeFamilies,
  databaseFamilies,
  introFamilies,
  isDatabaseFamily,
  specOf,
} from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import { specOfMetadata } from "./spec-of-metadata.ts";

/** Metadata for opmbuild, and what of the spec is not in them. */
export interface SpecMetadata {
  /** To be written as JSON. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Elements of the spec that `opmbuild sopm` would not make of the metadata. */
  readonly lost: readonly Element[];
  /** Elements of the spec in whose place it would make others of the same name, for the same file or table. */
  readonly changed: readonly Element[];
  /** Elements that it would make in addition, as their start tags say; empty for none. */
  readonly added: readonly string[];
}

/**
 * The metadata of which `opmbuild sopm` makes a spec, as far as it can. What they lose is found by making the spec of them and
 * comparing both, so that nothing is lost without a word. Comments, and the order of what stands in different sections, do not
 * count; that all files of the folder are listed is for who calls opmbuild to know.
 *
 * @returns what kept a spec from being made of them, such as a name that is not there
 */
export async function metadataOfSpec(
  tree: SyntaxTree,
): Promise<
  ({ readonly kind: "metadata" } & SpecMetadata) | { readonly kind: "refused"; readonly reason: Message }
> {
  const own = partsOf(tree);
  const made = await partsMadeOf(metadataOf(tree, []), tree);
  if (made.kind === "refused") return made;
  // What opmbuild makes by itself when a package goes need not be said.
  const uninstalled = missing(own, made.parts)
    .filter(({ path }) => path.startsWith("DatabaseUninstall"))
    .map(({ element }) => element);
  const metadata = metadataOf(tree, uninstalled);
  const whole = await partsMadeOf(metadata, tree);
  if (whole.kind === "refused") return whole;
  const lost = missing(own, whole.parts);
  const added = missing(whole.parts, own);
  const isIn = (parts: readonly Part[]) => {
    const subjects = new Set(parts.map(subjectOf));
    return (part: Part) => subjects.has(subjectOf(part));
  };
  const [isAdded, isLost] = [isIn(added), isIn(lost)];
  return {
    ...{ kind: "metadata", metadata },
    lost: lost.filter((each) => !isAdded(each)).map(({ element }) => element),
    changed: lost.filter(isAdded).map(({ element }) => element),
    added: added.filter((each) => !isLost(each)).map(({ element }) => titleOf(element)),
  };
}

/** The same for parts that are about the same thing. */
function subjectOf({ path, element }: Part): string {
  const names = ["Location", "Name", "Table", "Version"].map((each) => element.value(each));
  return JSON.stringify([path, element.name, ...names]);
}

/** @param uninstalled elements of `DatabaseUninstall` that have to be said */
function metadataOf(tree: SyntaxTree, uninstalled: readonly Element[]): Readonly<Record<string, unknown>> {
  const spec = specOf(tree);
  const { source } = tree;
  const raw = (element: Element) => source.slice(element.contentSpan.start, element.contentSpan.end).trim();
  const required = (name: string) =>
    Object.fromEntries(spec.all(name).map((each) => [each.text.value, each.value("Version") ?? ""]));
  const requires = { package: required("PackageRequired"), module: required("ModuleRequired") };
  const license = spec.last("License");
  const changes = spec
    .all("ChangeLog")
    .map((each) => present({ message: raw(each), version: each.value("Version"), date: each.value("Date") }));
  const database = databaseActions(tree, uninstalled, raw);
  const code = spec.sections(codeFamilies).flatMap((each) => codeEntry(each, spec.name ?? ""));
  const intro = spec.sections(introFamilies).map(introEntry);
  return present({
    name: spec.name,
    version: spec.version,
    product: productOfRoot(tree.root?.name),
    framework: spec.all("Framework").map((each) => {
      const [min, max] = [each.value("Minimum"), each.value("Maximum")];
      return min || max ? present({ version: each.text.value, min, max }) : each.text.value;
    }),
    vendor: present({ name: rawOf(spec.last("Vendor")), url: rawOf(spec.last("URL")) }),
    license: rawOf(license),
    description: Object.fromEntries(
      spec.all("Description").map((each) => [each.value("Lang") ?? "en", raw(each)]),
    ),
    ...(Object.values(requires).some((each) => Object.keys(each).length > 0) && { requires }),
    ...(changes.length > 0 && { changes }),
    ...(database.length > 0 && { database }),
    ...(code.length > 0 && { code }),
    ...(intro.length > 0 && { intro }),
  });

  function rawOf(element: Element | undefined): string | undefined {
    return element && raw(element);
  }
}

/** The product to be named for a root element; undefined for the one that opmbuild writes where none is named. */
function productOfRoot(root: string | undefined): string | undefined {
  const family = families.find((each) => rootNames[each] === root);
  return family === undefined || family === familyOf(defaultDialect) ? undefined : productsOf(family)[0];
}

function databaseActions(
  tree: SyntaxTree,
  uninstalled: readonly Element[],
  raw: (element: Element) => string,
): readonly object[] {
  const spec = specOf(tree);
  return databaseFamilies.flatMap((family) =>
    spec.all(family).flatMap((section) =>
      section.elements.flatMap((element): readonly object[] => {
        if (family === "DatabaseReinstall") return [];
        if (family === "DatabaseUninstall" && !uninstalled.some(({ start }) => start === element.start))
          return [];
        const more = {
          phase: section.value("Type"),
          version: family === "DatabaseUpgrade" ? element.value("Version") : undefined,
          uninstall: family === "DatabaseUninstall" ? 1 : undefined,
        };
        return [present({ ...actionOf(element, raw), ...more })];
      }),
    ),
  );
}

/** An action of opmbuild, without what its section says. */
function actionOf(element: Element, raw: (element: Element) => string): Readonly<Record<string, unknown>> {
  const { name: type } = element;
  const name = element.value("Name") ?? element.value("Table");
  const references = (key: Element) =>
    key
      .childrenNamed("Reference")
      .map((each) => ({ local: each.value("Local"), foreign: each.value("Foreign") }));
  if (type === "Insert") {
    const columns = element.childrenNamed("Data").map((each) => {
      const kind = each.value("Type");
      return present({ name: each.value("Key"), type: kind, value: kind ? each.text.value : raw(each) });
    });
    return { type, name, columns };
  }
  if (type === "TableCreate") {
    const unique = element
      .childrenNamed("Unique")
      .map((each) => present({ id: each.value("Name"), columns: namesIn(each, "UniqueColumn") }));
    const keys = element.childrenNamed("ForeignKey").map((each) => ({
      name: each.value("ForeignTable"),
      references: references(each),
    }));
    return present({
      ...{ type, name, columns: element.childrenNamed("Column").map(columnOf) },
      unique: unique.length > 0 ? unique : undefined,
      keys: keys.length > 0 ? keys : undefined,
    });
  }
  if (type !== "TableAlter") return { type, name };
  // opmbuild makes an element of each kind of change.
  const [change] = element.elements;
  switch (change?.name) {
    case "ColumnAdd":
    case "ColumnChange":
      return { type: change.name, name, columns: element.childrenNamed(change.name).map(columnOf) };
    case "ColumnDrop":
      return { type: change.name, name, columns: namesIn(element, "ColumnDrop") };
    case "UniqueCreate":
    case "UniqueDrop":
      return present({
        ...{ type: change.name, name, unique_name: change.value("Name") },
        columns: change.name === "UniqueCreate" ? namesIn(change, "UniqueColumn") : undefined,
      });
    case "ForeignKeyCreate":
    case "ForeignKeyDrop":
      return {
        ...{ type: change.name, name },
        references: element
          .childrenNamed(change.name)
          .flatMap((key) => references(key).map((each) => ({ name: key.value("ForeignTable"), ...each }))),
      };
    default:
      return { type, name };
  }
}

function columnOf(column: Element): object {
  return present({
    name: column.value("Name"),
    old_name: column.value("NameOld"),
    new_name: column.value("NameNew"),
    required: column.value("Required"),
    type: column.value("Type"),
    size: column.value("Size"),
    auto_increment: column.value("AutoIncrement"),
    primary_key: column.value("PrimaryKey"),
  });
}

function namesIn(element: Element, name: string): readonly (string | undefined)[] {
  return element.childrenNamed(name).map((each) => each.value("Name"));
}

/** Code that calls a sub of a setup module, and nothing else; opmbuild writes such calls alone. */
function codeEntry(section: Element, packageName: string): readonly object[] {
  const call =
    /^\s*\$Kernel::OM->Get\(\s*(['"])var::packagesetup::(?<module>\w+)\1\s*\)->(?<sub>\w+)\(\s*\);\s*$/.exec(
      section.text.value,
    )?.groups;
  if (!call) return [];
  const { module, sub } = call;
  const entry = {
    type: section.name.replace(/^Code/, ""),
    phase: section.value("Type"),
    version: section.value("Version"),
    package: module === packageName ? undefined : module,
    function: sub === section.name ? undefined : sub,
  };
  return [present(entry)];
}

function introEntry(section: Element): object {
  return present({
    type: section.name.replace(/^Intro/, ""),
    time: section.value("Type"),
    lang: section.value("Lang"),
    title: section.value("Title"),
    version: section.value("Version"),
    text: section.text.value.trim(),
  });
}

/** Without what is not there. */
function present(entries: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== ""),
  );
}

/** Something that a spec says, for comparing two of them. */
interface Part {
  /** Where it stands, such as "DatabaseUpgrade post"; the name of the element for what stands in the root. */
  readonly path: string;
  /** All that is said there, whatever blanks are around it. */
  readonly said: string;
  readonly element: Element;
}

async function partsMadeOf(metadata: Readonly<Record<string, unknown>>, tree: SyntaxTree) {
  const files = specOf(tree).files.map((each) => each.value("Location") ?? "");
  const nothing = async () => undefined;
  const spec = await specOfMetadata(metadata, { paths: files, besideMetadata: nothing, inPackage: nothing });
  if (spec.kind === "refused") return spec;
  return { kind: "parts", parts: partsOf(SyntaxTree.parse(spec.text)) } as const;
}

function partsOf({ root }: SyntaxTree): readonly Part[] {
  return (root?.elements ?? []).flatMap((element): readonly Part[] => {
    const { name } = element;
    const inner = isDatabaseFamily(name) || name === "Filelist" ? element.elements : undefined;
    if (!inner) return [{ path: name, said: saidIn(element), element }];
    const path = isDatabaseFamily(name) ? `${name} ${element.value("Type") ?? "post"}` : name;
    return inner.map((each) => ({ path, said: saidIn(each), element: each }));
  });
}

const withPhase: ReadonlySet<string> = new Set([...codeFamilies, ...introFamilies]);

function saidIn(element: Element): string {
  const { name, attributes, elements, text } = element;
  const values = new Map(attributes.map((each) => [each.name, each.value]));
  if (withPhase.has(name) && !values.has("Type")) values.set("Type", "post");
  // What need not be there is as if it were written so.
  if (values.get("Required") === "false") values.delete("Required");
  const inner = elements.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return JSON.stringify([name, [...values].sort(), text.value.trim(), inner.map(saidIn)]);
}

/** Parts of the first list that the second one has not, each as often as it stands there. */
function missing(parts: readonly Part[], others: readonly Part[]): readonly Part[] {
  const left = new Map<string, number>();
  const keyOf = ({ path, said }: Part) => `${path}\n${said}`;
  for (const each of others) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return parts.filter((each) => {
    const count = left.get(keyOf(each)) ?? 0;
    left.set(keyOf(each), count - 1);
    return count <= 0;
  });
}

/** The start tag of an element, in plain form. */
function titleOf({ name, attributes }: Element): string {
  return `<${[name, ...attributes.map((each) => `${each.name}="${each.value}"`)].join(" ")}>`;
}
