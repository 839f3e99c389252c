import {
  fileAttributes,
  renderAttributes,
  renderElement,
  repeatedElement,
  singleElement,
} from "../builder/render-archive.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import type { PackageStructure, RepeatedName, SingleName, StartTag } from "../model/package-structure.ts";

/** An archive below the folder that an index is made of. */
export interface IndexedArchive {
  /** Relative to the folder, with `/`, without one in front. */
  readonly path: string;
  /** Undefined when nothing can be read out of it. */
  readonly structure: PackageStructure | undefined;
}

export type RenderedIndex =
  | { readonly kind: "rendered"; readonly text: string }
  | {
      readonly kind: "failed";
      readonly path: string;
      /** The first element that is missing; undefined when nothing could be read. */
      readonly missing: string | undefined;
    };

/**
 * The index of a folder of archives, as the frameworks' own command writes it. One archive that cannot be indexed
 * leaves no index at all.
 *
 * The path of a file is not escaped, so an odd name makes an index that is not well-formed.
 *
 * @param archives in the order of {@link comparePaths}; each is let go before the next is asked for
 * @source Znuny 7.1 and OTOBO 11, Dev::Package::RepositoryIndex and PackageBuild with Type Index
 */
export async function renderIndex(
  archives: Iterable<IndexedArchive> | AsyncIterable<IndexedArchive>,
  dialect: DialectId,
): Promise<RenderedIndex> {
  const { indexRootName } = productOf(dialect);
  let text = `<?xml version="1.0" encoding="utf-8" ?>\n<${indexRootName} version="1.0">\n`;
  for await (const { path, structure } of archives) {
    const missing = structure && mandatoryNames.find((name) => !has(structure, name));
    if (!structure || missing !== undefined) return { kind: "failed", path, missing };
    text += `<Package>\n${renderEntry(structure, dialect)}  <File>${path}</File>\n</Package>\n`;
  }
  return { kind: "rendered", text: `${text}</${indexRootName}>\n` };
}

/** By the bytes of the whole path, which is the order of its code points. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [first, second] = [left.next(), right.next()];
    if (first.done || second.done) return Number(second.done ?? false) - Number(first.done ?? false);
    const difference = first.value.codePointAt(0)! - second.value.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
}

/** Elements without which there is no entry, in the order in which they are looked for. They may be empty. */
const mandatoryNames = ["Name", "Version", "Vendor", "License", "Description"] as const;

/** What an entry has of an archive, in the order in which it is written. */
const entryNames = [
  "Name",
  "Version",
  "Vendor",
  "URL",
  "License",
  "ChangeLog",
  "Description",
  "Framework",
  "OS",
  "PackageIsVisible",
  "PackageIsDownloadable",
  "PackageIsRemovable",
  "PackageAllowDirectUpdate",
  "PackageMerge",
  "PackageRequired",
  "ModuleRequired",
] as const satisfies readonly (SingleName | RepeatedName)[];

function has(structure: PackageStructure, name: SingleName | RepeatedName): boolean {
  return isRepeated(structure, name)
    ? structure.repeated[name].length > 0
    : structure.single[name] !== undefined;
}

function isRepeated(structure: PackageStructure, name: string): name is RepeatedName {
  return Object.hasOwn(structure.repeated, name);
}

/** What an entry says of an archive, without where it lies. */
export function renderEntry(structure: PackageStructure, dialect: DialectId): string {
  const options = { release: dialect, stamp: { date: "", host: "" } };
  let text = "";
  for (const name of entryNames) {
    if (isRepeated(structure, name)) {
      for (const tag of structure.repeated[name])
        text += renderElement(repeatedElement(name, tag, structure, options));
    } else {
      const element = singleElement(name, structure.single[name], options);
      if (element) text += renderElement(element);
    }
  }
  if (structure.files.length === 0) return text;
  return `${text}    <Filelist>\n${structure.files.map(renderDocument).join("")}    </Filelist>\n`;
}

/** Only documentation is listed; the list is there for a package that has other files alone. */
function renderDocument(file: StartTag): string {
  if (!file.attributes.get("Location")?.startsWith("doc/")) return "";
  return `        <FileDoc${renderAttributes(fileAttributes(file))} ></FileDoc>\n`;
}
