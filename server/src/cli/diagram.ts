import { readSafely } from "../builder/read-safely.ts";
import { committedVersions } from "../engine/committed-diagrams.ts";
import { databaseDiagram, diagramVersions } from "../engine/database-diagram.ts";
import { drawDiagram } from "../engine/draw-diagram.ts";
import { knownBeside } from "../engine/find-known-documents.ts";
import { lintContext } from "../engine/lint.ts";
import { builtStructure } from "../engine/preview-sql.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import { versionSearch } from "../engine/version-search.ts";
import { noFolder } from "../host/folder-facts.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { specOf } from "../model/package-spec.ts";
import { renderDiagramMermaid } from "../report/render-diagram-mermaid.ts";
import { renderDiagramSvg } from "../report/render-diagram-svg.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { diagramParameters } from "./database-commands.ts";
import { knownPackagesArgument } from "./known-packages-argument.ts";
import { complainAboutNoPackage, requirePackageFile } from "./package-argument.ts";
import { UsageError } from "./usage-error.ts";
import { complainAboutFile, writeResult } from "./write-result.ts";

/** `sopm diagram`: draws the tables of a package. */
export async function diagram(given: Given<typeof diagramParameters>, shell: Shell): Promise<ExitCode> {
  const { world } = shell;
  const { package: path, format, theme, of: version, output } = given;
  await requirePackageFile(path, shell);
  const run = new ConfiguredRun(optionsLayer(diagramParameters, given), shell);
  const configured = await run.of(path);
  run.tell(configured);
  const tree = await readTree(path, shell);
  if (!tree) return 1;
  const spec = specOf(tree);
  const place = world.paths.resolve(path);
  const named = await knownPackagesArgument(given["packages-of"], [path], run, shell);
  const others = (await knownBeside([place], named, world)).beside(place);
  const { lint } = configured.settings;
  const { context } = lintContext(spec, lint, surroundingsOf({ path, folder: noFolder, others }, world));
  const { structure } = isArchiveName(path)
    ? readSafely(tree, context.dialect)
    : { structure: builtStructure(tree, context.dialect) };
  if (!structure) {
    await complainAboutNoPackage(path, shell);
    return 1;
  }
  const search = versionSearch(place, baseOf(path, undefined, configured, shell), world.paths);
  const committed = isArchiveName(path) ? [] : await committedVersions(place, world, search);
  const surroundings = { context, others, committed };
  const versions = diagramVersions(spec, surroundings).map((each) => each.version);
  if (version !== undefined && !versions.includes(version)) {
    throw new UsageError("Of version {version} no tables are known. Known versions: {versions}.", {
      ...{ version, versions: versions.join(", ") },
    });
  }
  const model = databaseDiagram(spec, surroundings, version);
  const { translate } = world.texts;
  if (format === "mermaid")
    return (await writeResult(shell, renderDiagramMermaid(model, translate), output)) ? 0 : 1;
  const picture = await drawDiagram(model, world);
  const text = renderDiagramSvg(picture.model, picture.drawn, picture.placed, theme, translate);
  return (await writeResult(shell, text, output)) ? 0 : 1;
}

/** Undefined for a file that cannot be read, which has been said then. */
async function readTree(path: string, shell: Shell): Promise<SyntaxTree | undefined> {
  try {
    return SyntaxTree.parse(decodeText(await shell.world.named.read(path)).text);
  } catch (error) {
    complainAboutFile(shell, path, error);
    return undefined;
  }
}
