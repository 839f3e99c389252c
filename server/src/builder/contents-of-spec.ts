import { type Release, readAlike } from "../dialect/switches.ts";
import type { FileContent } from "../host/file-content.ts";
import type { SpecFiles } from "../host/package-source.ts";
import { type PackageStructure, readStructure } from "../model/package-structure.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { archiveContent } from "./archive-content.ts";
import type { BuildStamp } from "./archive-part.ts";
import { readAsBuilt } from "./as-built.ts";
import type { PackageContents, PackageFile } from "./package-contents.ts";
import { packageRefusals, textRefusals } from "./plan-archive.ts";
import { readSafely, type SafeReading } from "./read-safely.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { renderArchive } from "./render-archive.ts";

/**
 * A package as building a spec would make it, without building it: every tag stands where the spec has it, every file
 * is read when its content is asked for.
 *
 * @param fileName of the spec, for messages; undefined for what has none
 * @param fileContent what is at a location as the spec gives it; undefined when no file is there. Locations come from
 *   the author and can lead anywhere.
 * @throws never; of what cannot be read there is no structure
 */
export function contentsOfSpec(
  tree: SyntaxTree,
  release: Release,
  fileName: string | undefined,
  fileContent: (location: string) => FileContent | undefined,
): PackageContents {
  return assemble(readSpec(tree, release), fileName, fileContent);
}

/**
 * The same with files that are looked for first.
 *
 * @param stamp the build data of the archive, for whoever asks for its bytes; absent for none
 */
export async function contentsOfSpecWith(
  files: SpecFiles,
  tree: SyntaxTree,
  release: Release,
  fileName: string | undefined,
  stamp?: () => BuildStamp,
): Promise<PackageContents> {
  const spec = readSpec(tree, release);
  await files.find(locationsIn(spec));
  return assemble(spec, fileName, files.contentOf, stamp);
}

/** What a spec says, before anybody has looked at its files. */
interface SpecReading extends SafeReading {
  readonly tree: SyntaxTree;
  readonly release: Release;
  readonly built: ReturnType<typeof readAsBuilt> | undefined;
}

/** A view asks for one operation after the other on the same version of a document. */
const lastReadings = new WeakMap<SyntaxTree, SpecReading>();

function readSpec(tree: SyntaxTree, release: Release): SpecReading {
  const last = lastReadings.get(tree);
  if (last && readAlike(last.release, release)) return last.release === release ? last : { ...last, release };
  const reading = readSafely(tree, release, readStructure);
  const { structure } = reading;
  const built = structure && readAsBuilt(structure, tree.root!, release);
  const spec: SpecReading = { ...reading, tree, release, built };
  lastReadings.set(tree, spec);
  return spec;
}

/** All that a building of the spec would read. */
function locationsIn({ structure, built }: SpecReading): readonly string[] {
  const tags = [...(structure?.files ?? []), ...(built?.structure?.files ?? [])];
  return [...new Set(tags.map(({ attributes }) => attributes.get("Location") ?? ""))];
}

function assemble(
  { tree, release, structure, log, malformed, notes, built }: SpecReading,
  fileName: string | undefined,
  fileContent: (location: string) => FileContent | undefined,
  stamp: () => BuildStamp = () => noStamp,
): PackageContents {
  const missingFiles: PackageFile[] = [];
  const files = (built?.structure?.files ?? []).map((tag): PackageFile => {
    const location = tag.attributes.get("Location");
    const found = fileContent(location ?? "");
    const file: PackageFile = {
      location,
      permission: tag.attributes.get("Permission"),
      type: tag.attributes.get("Type"),
      content: found && found.size > 0 ? found : undefined,
      tag,
    };
    if (!found) missingFiles.push(file);
    return file;
  });
  return {
    origin: "spec",
    release,
    fileName,
    structure: built?.structure,
    log: built?.log ?? log,
    malformed: built?.malformed ?? malformed,
    notes,
    files,
    build: { refusals: refusalsOf(tree, structure, release), missingFiles, log },
    archive: archiveContent(
      () => (structure ? renderArchive(structure, { release, stamp: stamp() }) : []),
      ({ location }) => fileContent(location),
    ),
    digest: `spec ${++readings}`,
  };
}

/** How many specs have been read; each reading counts as another package. */
let readings = 0;

const noStamp: BuildStamp = { date: "1970-01-01 00:00:00", host: "localhost" };

function refusalsOf(
  tree: SyntaxTree,
  structure: PackageStructure | undefined,
  release: Release,
): readonly Refusal[] {
  const refusals = textRefusals(tree, release);
  if (structure) return [...refusals, ...packageRefusals(structure, { release })];
  return refusals.length > 0 ? refusals : [refuse("no-known-tag")];
}
