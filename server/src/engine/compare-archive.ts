import { archivedContent } from "../builder/contents-of-archive.ts";
import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { hasTooManyTags, readSafely } from "../builder/read-safely.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import { codeFamilies, databaseFamilies, introFamilies } from "../model/package-spec.ts";
import type { PackageStructure, RepeatedName, SingleName, StartTag } from "../model/package-structure.ts";
import { opmPhaseChanged } from "../rules/archive/opm-phase-changed.ts";
import { opmStale } from "../rules/archive/opm-stale.ts";
import type { ComparedReport } from "../rules/rule.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import {
  attributesOf,
  buildAttributes,
  buildData,
  type Statement,
  said,
  statements,
  textOf,
} from "./package-parts.ts";
import { type PackageWorld, readPackage } from "./read-package.ts";

/** What a comparison asks of the world. */
export type ComparisonWorld = PackageWorld & Pick<World, "named">;

/**
 * What an archive says otherwise than the spec of the same package and version that lies beside it. Build data make no
 * difference, nor do files of the spec that are not there. Nothing where there is no such spec, or where it cannot be read.
 *
 * @param path of the archive
 * @param baseFolder where the files of the spec are
 */
export async function compareWithSpec(
  path: string,
  tree: SyntaxTree,
  dialect: DialectId,
  baseFolder: string,
  world: ComparisonWorld,
): Promise<readonly ComparedReport[]> {
  if (!tree.root || hasTooManyTags(tree.source.toString())) return [];
  const { structure } = readSafely(tree, dialect);
  const name = structure?.single.Name?.content;
  const version = structure?.single.Version?.content;
  if (!structure || name === undefined || version === undefined) return [];
  const digest = (bytes: Uint8Array) => world.files({ flush: false }).digest(bytes);
  try {
    for (const candidate of await specsBeside(path, name, world)) {
      const { contents } = await readPackage(candidate, dialect, world, { baseFolder });
      const { single } = contents.structure ?? {};
      if (!contents.structure || single?.Name?.content !== name || single.Version?.content !== version)
        continue;
      const root = tree.root.nameSpan;
      return [
        ...(await fileReports(structure, contents, root, digest)),
        ...elementReports(structure, contents.structure, root),
        ...phaseReports(structure, contents.structure),
      ];
    }
  } catch (error) {
    // What cannot be read is told by the check of the spec.
    if (!(error instanceof PackageError)) throw error;
  }
  return [];
}

/** So many specs of a folder are read for an archive; of more only the one that is called like the package. */
const mostSpecs = 20;

async function specsBeside(
  path: string,
  name: string,
  { named, paths }: ComparisonWorld,
): Promise<readonly string[]> {
  const entries = await named.list(paths.dirname(path)).catch(() => []);
  const specs = entries.filter((each) => each.kind === "file" && each.name.endsWith(".sopm"));
  const chosen = specs.length > mostSpecs ? specs.filter((each) => each.name === `${name}.sopm`) : specs;
  return chosen.map((each) => each.path);
}

async function fileReports(
  archive: PackageStructure,
  spec: PackageContents,
  root: Span,
  digest: (bytes: Uint8Array) => string,
): Promise<readonly ComparedReport[]> {
  const reports: ComparedReport[] = [];
  const packed = new Map(archive.files.map((tag) => [tag.attributes.get("Location"), tag]));
  const listed = new Set(spec.files.map(({ location }) => location));
  const missing = new Set(spec.build?.missingFiles);
  for (const file of spec.files) {
    const { location } = file;
    if (location === undefined || missing.has(file)) continue;
    const found = packed.get(location);
    const add = (variant: string, span: Span) =>
      reports.push({ rule: opmStale, variant, span, arguments: { location } });
    if (!found) add("file-missing", root);
    else if (!(await isAlike(found, file, digest))) add("file", placeOf(found));
    else if (attributesOf(found, buildAttributes) !== attributesOf(file.tag, buildAttributes))
      add("file-attributes", placeOf(found));
  }
  for (const [location, tag] of packed) {
    if (location === undefined || listed.has(location)) continue;
    reports.push({ rule: opmStale, variant: "file-left", span: placeOf(tag), arguments: { location } });
  }
  return reports;
}

function placeOf({ element }: StartTag): Span {
  return element.attribute("Location")?.valueSpan ?? element.nameSpan;
}

/** Contents of another size are not read. */
async function isAlike(
  tag: StartTag,
  { content }: PackageFile,
  digest: (bytes: Uint8Array) => string,
): Promise<boolean> {
  const packed = archivedContent(tag);
  if (packed.size !== (content?.size ?? 0)) return false;
  return !content || digest(await packed.read()) === digest(await content.read());
}

function* elementReports(
  archive: PackageStructure,
  spec: PackageStructure,
  root: Span,
): Iterable<ComparedReport> {
  const report = (element: string, tag: StartTag | undefined): ComparedReport => ({
    ...{ rule: opmStale, variant: "element", span: tag?.element.nameSpan ?? root },
    arguments: { element },
  });
  for (const name of new Set([
    ...Object.keys(archive.single),
    ...Object.keys(spec.single),
  ]) as Set<SingleName>) {
    const [one, other] = [archive.single[name], spec.single[name]];
    if (!buildData.has(name) && textOf(one) !== textOf(other)) yield report(name, one);
  }
  for (const name of Object.keys(archive.repeated) as RepeatedName[]) {
    const [ours, theirs] = [archive.repeated[name], spec.repeated[name]];
    const known = new Set(theirs.map((tag) => said(tag)));
    const first = ours.find((tag) => !known.has(said(tag)));
    if (first || ours.length !== theirs.length) yield report(name, first ?? ours[0]);
  }
  for (const family of databaseFamilies) {
    const [ours, theirs] = [archive.database[family], spec.database[family]].map(statements);
    const known = new Set(theirs!.map(({ text }) => text));
    const first = ours!.find(({ text }) => !known.has(text));
    if (first || ours!.length !== theirs!.length) yield report(family, (first ?? ours![0])?.tag);
  }
}

/** What is the same in both, but for the phase that it runs in. */
function* phaseReports(archive: PackageStructure, spec: PackageStructure): Iterable<ComparedReport> {
  for (const name of [...codeFamilies, ...introFamilies]) {
    const phased = ({ attributes }: StartTag) => attributes.get("Type") ?? "post";
    const ours = archive.repeated[name].map((tag) => ({ tag, phase: phased(tag), text: said(tag) }));
    const theirs = spec.repeated[name].map((tag) => ({ tag, phase: phased(tag), text: said(tag) }));
    yield* moved(name, ours, theirs);
  }
  for (const family of databaseFamilies)
    yield* moved(family, statements(archive.database[family]), statements(spec.database[family]));
}

function* moved(
  family: string,
  ours: readonly Statement[],
  theirs: readonly Statement[],
): Iterable<ComparedReport> {
  const wanted = new Map<string, string[]>();
  for (const { text, phase } of theirs) wanted.set(text, [...(wanted.get(text) ?? []), phase]);
  for (const { tag, text, phase } of ours) {
    const phases = wanted.get(text);
    if (!phases || phases.includes(phase)) continue;
    const section = tag.name === family ? family : `${tag.name} of ${family}`;
    const values = { section, phase, wanted: phases[0]! };
    yield { rule: opmPhaseChanged, variant: "phase", span: tag.element.nameSpan, arguments: values };
  }
}
