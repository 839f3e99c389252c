import type { FoldersAround } from "../../host/folders-around.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";
import { absentFiles } from "./absent-files.ts";
import { isLeftOut } from "./listed-file.ts";

/** More files than this are not looked for elsewhere. */
const fileLimit = 10_000;

/**
 * The folders around that have every listed file, when at least half of them are missing below the base folder; none
 * while that is not known. They are written from the base folder on.
 */
export function otherBaseFolders(spec: PackageSpec, context: RuleContext): readonly string[] {
  if (context.configured[baseFolderRule] === "off") return [];
  return answersOf(spec)(context, spec);
}

/** The rule that speaks of them in place of every single file. */
export const baseFolderRule = "base-folder-elsewhere";

/** Two rules ask, one right after the other. */
const answersOf = memo((_spec: PackageSpec) => memo(findOthers));

function findOthers(context: RuleContext, spec: PackageSpec): readonly string[] {
  const { around } = context.folder;
  if (!around || context.kind === "archive") return [];
  const absent = [...absentFiles(spec, context)].flat();
  const [first] = absent;
  if (!first || absent.some(({ absence }) => absence !== "missing")) return [];
  const paths = fileList(spec)
    .files.map(({ path }) => path)
    .filter((path) => !isLeftOut(path, context));
  if (paths.length > fileLimit || absent.length * 2 < paths.length || !paths.every(staysInside)) return [];
  const folders = around.folders();
  // Most often there is none that has even one of the files.
  const likely = folders && holdersOf([first.file.path], folders, around);
  return likely ? (holdersOf(paths, likely, around) ?? []) : [];
}

/** The folders that have all of some files; undefined while that is not known. */
function holdersOf(
  paths: readonly string[],
  folders: readonly string[],
  around: FoldersAround,
): readonly string[] | undefined {
  let isKnown = true;
  const holders = folders.filter((folder) =>
    paths.every((path) => {
      const has = around.hasFile(folder, path);
      if (has === undefined) isKnown = false;
      return has !== false;
    }),
  );
  return isKnown ? holders : undefined;
}

function staysInside(path: string): boolean {
  return !path.startsWith("/") && !/(^|[\\/])\.\.([\\/]|$)/.test(path) && !path.includes("\0");
}
