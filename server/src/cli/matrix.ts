import { findVersionsWithNotes } from "../engine/find-versions.ts";
import { Matrix } from "../engine/matrix.ts";
import { packageReader } from "../engine/read-package.ts";
import { versionSearch } from "../engine/version-search.ts";
import type { Shell } from "../host/shell.ts";
import { triedDatabases } from "../protocol/databases.ts";
import { hasFaults, type MatrixReport } from "../report/matrix-report.ts";
import { toTheEndOf } from "../rules/steps.ts";
import type { ExitCode, Given } from "./command.ts";
import type { ReportFormat } from "./common-parameters.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { complainAboutNoPackage, requirePackageFile } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { matrixParameters } from "./trial-commands.ts";
import { requireVersion, requireVersionText } from "./version-argument.ts";
import { writeResult } from "./write-result.ts";

/** `sopm matrix`: tries all upgrades of a package. Nothing is changed but the file of `--output`. */
export async function matrix(given: Given<typeof matrixParameters>, shell: Shell): Promise<ExitCode> {
  const { package: path, format, output } = given;
  requireVersionText(given.since);
  await requireFolder(given.base, shell);
  requireVersion(given.version, [path]);
  const products = given.product.map(readProductArgument);
  await requirePackageFile(path, shell);
  const run = new ConfiguredRun(optionsLayer(matrixParameters, given), shell);
  const configured = await run.of(path);
  run.tell(configured);
  const { settings } = configured;
  const { world } = shell;
  const { paths } = world;
  const baseFolder = baseOf(path, given.base, configured, shell);
  const read = packageReader(path, world, {
    baseFolder,
    allowSymlinks: settings.build.allowSymlinks,
    version: given.version,
  });
  const { contents } = await read(undefined);
  const name = contents.structure?.single.Name?.content;
  if (name === undefined) {
    await complainAboutNoPackage(path, shell);
    return 1;
  }
  const spec = paths.resolve(path);
  const search = versionSearch(spec, baseFolder, paths, settings.knownPackages);
  const { versions, notes } = await findVersionsWithNotes(spec, world, search);
  const report = await toTheEndOf(
    new Matrix(world).run({
      read,
      versions,
      notes,
      products,
      databases: settings.simulation.databases.length > 0 ? settings.simulation.databases : triedDatabases,
      since: settings.upgradesSince === "" ? undefined : settings.upgradesSince,
      kinds: given.path === "both" ? ["straight", "step-by-step"] : [given.path],
    }),
  );
  const text = await textOf(report, format, output === undefined, shell);
  if (!(await writeResult(shell, text, output))) return 1;
  return hasFaults(report) ? 1 : 0;
}

/** Only what a form needs is loaded. */
async function textOf(
  report: MatrixReport,
  format: ReportFormat,
  isPrinted: boolean,
  { world: { texts, files }, terminal }: Shell,
): Promise<string> {
  const { translate, language } = texts;
  switch (format) {
    case "text": {
      const { renderMatrixText } = await import("../report/render-matrix-text.ts");
      const shown = isPrinted ? terminal : undefined;
      return renderMatrixText(report, { translate, width: shown?.width, colors: shown?.colors ?? false });
    }
    case "json":
      return (await import("../report/render-matrix-json.ts")).renderMatrixJson(report, translate);
    case "junit":
      return (await import("../report/render-matrix-junit.ts")).renderMatrixJunit(report, translate);
    case "markdown":
      return (await import("../report/render-matrix-markdown.ts")).renderMatrixMarkdown(report, translate);
    case "html": {
      const { renderMatrixHtml, renderMatrixHtmlBody } = await import("../report/render-matrix-html.ts");
      const digest = files({ flush: false }).digest(
        new TextEncoder().encode(renderMatrixHtmlBody(report, translate)),
      );
      return renderMatrixHtml(report, { translate, language, nonce: digest.slice(0, 32) });
    }
  }
}
