import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BuildMode } from "../builder/build-mode.ts";
import { detectDialect, newestOf } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { families } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import type { PackageStructure } from "../model/package-structure.ts";
import { readArchiveFile } from "../node/archive-file.ts";
import { archivesBelow } from "../node/archives-below.ts";
import { checkIndex } from "../repository/check-index.ts";
import { readIndex } from "../repository/read-index.ts";
import { type RenderedIndex, renderIndex } from "../repository/render-index.ts";
import { renderOpmbuildIndex } from "../repository/render-opmbuild-index.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { escapedXml, oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import type { indexParameters } from "./commands.ts";
import { requireFolder } from "./folder-argument.ts";

/** `sopm index`: prints the index of a folder of archives, or checks the one that is there. */
export async function index(given: Given<typeof indexParameters>, shell: Shell): Promise<ExitCode> {
  const { complain } = shell;
  const { folder, mode, dialect } = given;
  await requireFolder(folder, shell);
  try {
    const paths = archivesBelow(folder);
    if (given.check) return await check(folder, paths, dialect, shell);
    return await write(folder, paths, mode, dialect, shell);
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof PackageError) throw error;
    complain("“{path}” cannot be read: {reason}.", { path, reason: code });
    return 1;
  }
}

async function write(
  folder: string,
  paths: readonly string[],
  mode: BuildMode,
  dialect: DialectId | "auto",
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain } = shell;
  const rendered =
    mode === "opmbuild"
      ? renderOpmbuildIndex(parsedArchives(folder, paths))
      : await renderAs(folder, paths, dialect);
  if (rendered.kind === "rendered") {
    print(escapedXml(rendered.text));
    return 0;
  }
  const { path } = rendered;
  if ("missing" in rendered && rendered.missing !== undefined) {
    complain("No index is written, because “{path}” has no {element}.", { path, element: rendered.missing });
  } else if ("reason" in rendered && rendered.reason === "too-large") {
    complain("No index is written, because “{path}” is larger than the 30 MiB that opmbuild reads.", {
      path,
    });
  } else {
    complain("No index is written, because no package can be read out of “{path}”.", { path });
  }
  return 1;
}

async function renderAs(
  folder: string,
  paths: readonly string[],
  asked: DialectId | "auto",
): Promise<RenderedIndex> {
  const dialect = asked === "auto" ? dialectOfFirst(folder, paths) : asked;
  return renderIndex(readArchives(folder, paths, dialect), dialect);
}

/** One archive is in memory at a time. */
async function* readArchives(folder: string, paths: readonly string[], dialect: DialectId) {
  for (const path of paths) yield { path, structure: await structureOf(join(folder, path), dialect) };
}

async function structureOf(file: string, dialect: DialectId): Promise<PackageStructure | undefined> {
  return (await readArchiveFile(file, dialect)).structure;
}

function* parsedArchives(folder: string, paths: readonly string[]) {
  for (const path of paths) {
    const file = join(folder, path);
    yield { path, size: statSync(file).size, tree: () => parse(file) };
  }
}

function parse(file: string): SyntaxTree | undefined {
  const { text, problem } = decodeText(readFileSync(file));
  return problem ? undefined : SyntaxTree.parse(text);
}

/** As the root element of the first archive tells; the frameworks take their own. */
function dialectOfFirst(folder: string, [first]: readonly string[]): DialectId {
  const root = first === undefined ? undefined : rootNameIn(join(folder, first));
  return detectDialect({ root, frameworks: [] }).dialect;
}

/** Bytes in which the root element stands, unless somebody hides it. */
const startLength = 65_536;

function rootNameIn(file: string): string | undefined {
  const bytes = new Uint8Array(startLength);
  const descriptor = openSync(file, "r");
  try {
    const length = readSync(descriptor, bytes);
    return SyntaxTree.parse(decodeText(bytes.subarray(0, length)).text).root?.name;
  } finally {
    closeSync(descriptor);
  }
}

async function check(
  folder: string,
  paths: readonly string[],
  dialect: DialectId | "auto",
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain } = shell;
  const candidates: readonly DialectId[] = dialect === "auto" ? families.map(newestOf) : [dialect];
  const found = candidates.find((each) => isFile(join(folder, productOf(each).indexFileName)));
  if (!found) {
    const names = candidates.map((each) => productOf(each).indexFileName).join(", ");
    complain("There is no index to check in “{folder}”: {names}.", { folder, names });
    return 1;
  }
  const { indexFileName } = productOf(found);
  const listed = new Set(paths);
  const findings = await checkIndex(
    readIndex(decodeText(readFileSync(join(folder, indexFileName))).text, "en", found),
    async (path) => {
      // What is not below the folder is never opened, whatever the index says.
      if (!listed.has(path)) return undefined;
      const single = (await structureOf(join(folder, path), found))?.single;
      return { name: single?.Name?.content, version: single?.Version?.content };
    },
  );
  for (const { id, text, values } of findings) {
    print(
      `${oneLine(`${join(folder, indexFileName)}: ${shell.world.texts.translate(text, values)}`)} (${id})\n`,
    );
  }
  return findings.length > 0 ? 1 : 0;
}

/** A pipe or a device in its place is never opened. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
