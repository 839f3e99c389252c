import { defaultDatabase } from "../database/engines.ts";
import { defaultDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { dialectIn, doAlike } from "../dialect/switches.ts";
import { productFor } from "../engine/default-system.ts";
import { type SqlRequest, sqlOf, sqlRuns } from "../engine/sql.ts";
import { sqlText } from "../engine/sql-text.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import { type ReadPackage, readPackage } from "../node/read-package.ts";
import { jsonText } from "../report/json-text.ts";
import { decodeText } from "../text/decode.ts";
import { SourceText } from "../text/source-text.ts";
import { severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import type { sqlParameters } from "./commands.ts";
import { readPackageArgument } from "./package-argument.ts";
import type { Shell } from "./shell.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm sql`: prints the statements that an operation on a package runs. */
export async function sql(given: Given<typeof sqlParameters>, shell: Shell): Promise<ExitCode> {
  const { complain } = shell;
  const { package: path, operation, database = defaultDatabase, format, from, output } = given;
  if (operation === undefined) {
    throw new UsageError("Name the operation, such as “--operation install”.");
  }
  if (from !== undefined && operation !== "upgrade") {
    throw new UsageError("--from is for an upgrade: it names the version that is installed before.");
  }
  if (from !== undefined && !/^\d+(\.\w+)*$/.test(from)) {
    throw new UsageError("“{value}” is no version such as 1.0.0.", { value: from });
  }

  const { contents, specText } = await readFor(path, given.dialect);
  const { release, structure } = contents;
  const dialect = dialectIn(release);
  if (!structure) {
    complain("“{path}” cannot be read as a package: it is not well-formed, or holds nothing of one.", {
      path,
    });
    return 1;
  }
  const request: SqlRequest = { operation, database, dialect, from, now: shell.world.clock.now() };
  const written =
    format === "text"
      ? writeText(structure, request, output, shell)
      : writeJson(structure, request, specText ?? decodeText(contents.archive.bytes()).text, output, shell);
  return written ? 0 : 1;
}

/** Without a dialect the package tells which product it is for, however it is read. */
async function readFor(path: string, dialect: DialectId | "auto"): Promise<ReadPackage> {
  const read = await readPackageArgument(path, dialect === "auto" ? defaultDialect : dialect);
  if (dialect !== "auto") return read;
  const detected = productFor(read.contents).dialect;
  return doAlike(detected, read.contents.release) ? read : readPackage(path, detected);
}

/**
 * A script in a file is there to be executed. What is printed is there to be read, wherever a pipe leads to: a statement
 * with an escape in it is not the same any more, which is said then.
 */
function writeText(
  structure: PackageStructure,
  request: SqlRequest,
  output: string | undefined,
  shell: Shell,
): boolean {
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
function writeJson(
  structure: PackageStructure,
  request: SqlRequest,
  text: string,
  output: string | undefined,
  shell: Shell,
): boolean {
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
