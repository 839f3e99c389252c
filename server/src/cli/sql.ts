import type { PackageContents } from "../builder/package-contents.ts";
import { productFor } from "../engine/default-system.ts";
import { type SqlRequest, sqlOf, sqlRuns } from "../engine/preview-sql.ts";
import { sqlText } from "../engine/sql-text.ts";
import type { Shell } from "../host/shell.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import { jsonText } from "../report/json-text.ts";
import { decodeText } from "../text/decode.ts";
import { SourceText } from "../text/source-text.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { sqlParameters } from "./database-commands.ts";
import { complainAboutNoPackage, readPackageArgument } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion, requireVersionText } from "./version-argument.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sql`: prints the statements that an operation on a package runs. */
export async function sql(given: Given<typeof sqlParameters>, shell: Shell): Promise<ExitCode> {
  const { package: path, operation, format, from, output } = given;
  if (operation === undefined) {
    throw new UsageError("Name the operation, such as “--operation install”.");
  }
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  requireVersionText(from);

  requireVersion(given.version, [path]);
  if (given.product !== undefined && (given.dialect ?? "auto") !== "auto") {
    throw new UsageError("Name either --product or --dialect.");
  }
  const run = new ConfiguredRun(optionsLayer(sqlParameters, given), shell);
  const configured = await run.of(path);
  run.tell(configured);
  const { system, lint } = configured.settings;
  const { database } = system;
  // A dialect that is named is not outdone by a product that a configuration names.
  const product = given.product ?? (given.dialect === undefined ? system.productVersion : "");
  const named = product === "" ? undefined : readProductArgument(product);
  const wanted = lint.dialect === "auto" ? undefined : lint.dialect;
  const productOf = (contents: Pick<PackageContents, "structure">) => named ?? productFor(contents, wanted);
  const { contents, specText } = await readPackageArgument(
    path,
    (structure) => productOf({ structure }),
    shell,
    { version: given.version },
  );
  const { structure } = contents;
  if (!structure) {
    await complainAboutNoPackage(path, shell);
    return 1;
  }
  const request: SqlRequest = {
    operation,
    database,
    product: productOf(contents),
    from,
    now: shell.world.clock.now(),
  };
  const written = await (format === "text"
    ? writeText(structure, request, output, shell)
    : writeJson(
        structure,
        request,
        specText ?? decodeText(await contents.archive.read()).text,
        output,
        shell,
      ));
  return written ? 0 : 1;
}

/**
 * A script in a file is there to be executed. What is printed is there to be read, wherever a pipe leads to: a statement
 * with an escape in it is not the same any more, which is said then.
 */
async function writeText(
  structure: PackageStructure,
  request: SqlRequest,
  output: string | undefined,
  shell: Shell,
): Promise<boolean> {
  const { print, complain } = shell;
  const { text } = sqlText(request.operation, sqlRuns(structure, request), shell.world.texts.translate);
  const script = text === "" ? `-- ${shell.world.texts.translate(emptyText(request))}\n` : text;
  if (output !== undefined) return writeResult(shell, script, output);
  const shown = severalLines(script);
  if (shown !== script) {
    complain(
      "Characters that cannot be seen are printed as escapes, which changes the statements. With --output FILE they are written as they are.",
    );
  }
  print(shown);
  return true;
}

/** One object for each statement; lines count from 1. */
async function writeJson(
  structure: PackageStructure,
  request: SqlRequest,
  text: string,
  output: string | undefined,
  shell: Shell,
): Promise<boolean> {
  const { complain } = shell;
  const source = SourceText.of(text);
  const list = sqlOf(structure, request).map(({ phase, list, statement: { sql, tag } }) => ({
    phase,
    list,
    statement: sql,
    line: source.positionAt(tag.element.start).line + 1,
  }));
  if (list.length === 0) complain(emptyText(request));
  return writeResult(shell, jsonText(list), output);
}

function emptyText({ operation }: SqlRequest): string {
  const text = "This operation runs no SQL of the package.";
  return operation === "reinstall" ? "A reinstall runs no SQL: no framework reads DatabaseReinstall." : text;
}
