import { lintContext } from "../engine/lint.ts";
import { specsBelow } from "../engine/specs-below.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import { compareFiles, type ListDifference, withChangedList } from "../engine/sync-files.ts";
import { FolderCache } from "../host/folder-cache.ts";
import type { Shell } from "../host/shell.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { specOf } from "../model/package-spec.ts";
import { pathPattern } from "../rules/shared/git-patterns.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { encodeLike } from "../text/encode.ts";
import { unifiedDiff } from "../text/unified-diff.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { baseOf, ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { fileNames } from "./found-problems.ts";
import { pathsNamed } from "./paths-named.ts";
import { filesParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";
import { complainAboutFile } from "./write-result.ts";

/** `sopm files`: tells how file lists and files differ, or has the lists follow. */
export async function files(given: Given<typeof filesParameters>, shell: Shell): Promise<ExitCode> {
  const { complain, outputIsClosed } = shell;
  requireConsistent(given);
  await requireFolder(given.base, shell);
  const configured = new ConfiguredRun(optionsLayer(filesParameters, given), shell);
  let isLost = false;
  let differing = 0;
  for await (const { path, problem } of pathsNamed(given.paths, configured, shell, specsBelow)) {
    if (outputIsClosed()) break;
    try {
      if (problem) throw problem;
      const outcome = await filesOf(path, given, configured, shell);
      isLost ||= outcome === "lost";
      if (outcome === "differs") differing++;
    } catch (error) {
      isLost = true;
      complainAboutFile(shell, path, error);
    }
  }
  if (given.check && differing > 0)
    complain("Specs whose file lists differ from their files: {count}.", { count: differing });
  return isLost || (given.check && differing > 0) ? 1 : 0;
}

/** @throws UsageError when what is asked for cannot be done */
function requireConsistent({
  paths,
  sync,
  write,
  check,
  add,
  ...others
}: Given<typeof filesParameters>): void {
  if (check && write) throw new UsageError("Name either --check or --write.");
  if (!sync && (write || add.length > 0 || others["remove-missing"]))
    throw new UsageError("--write, --add and --remove-missing say how to change lists; name --sync as well.");
  for (const pattern of add)
    if (!pathPattern(pattern))
      throw new UsageError("“{pattern}” is no pattern as in .gitignore.", { pattern });
  const archive = paths.find(isArchiveName);
  if (archive !== undefined)
    throw new UsageError("“{path}” is an archive, which has its files with it; name its spec.", {
      path: archive,
    });
}

async function filesOf(
  path: string,
  given: Given<typeof filesParameters>,
  configured: ConfiguredRun,
  shell: Shell,
): Promise<"same" | "differs" | "lost"> {
  const { world, print, complain, terminal } = shell;
  const bytes = await world.named.read(path);
  const { text, problem } = decodeText(bytes);
  const tree = SyntaxTree.parse(text);
  if (problem || (tree.root && !isRootName(tree.root.name))) {
    complain("“{path}” is no spec that a framework can read.", { path });
    return "lost";
  }
  const now = await configured.of(path);
  configured.tell(now);
  const baseFolder = world.paths.resolve(baseOf(path, given.base, now, shell) ?? world.paths.dirname(path));
  const cache = new FolderCache(world.packageDisk(baseFolder));
  await cache.prepare();
  const spec = specOf(tree);
  const context = () =>
    lintContext(spec, now.settings.lint, surroundingsOf({ path, folder: cache.facts }, world)).context;
  const { committed } = world;
  const difference = await compareFiles({
    ...{ tree, context, refresh: () => cache.refresh(), baseFolder, committed },
  });
  const name = oneLine(fileNames(path, world).portablePath);
  const after = given.sync ? withChangedList(text, changeOf(difference, given)) : text;
  const remaining = given.sync ? withoutDone(difference, given) : difference;
  tell(name, remaining, shell);
  if (after !== text && !given.write) {
    const diff = unifiedDiff(name, text, after);
    print(terminal ? severalLines(diff) : diff);
  }
  if (after !== text && given.write) {
    const encoded = encodeLike(bytes, after);
    if (!encoded) {
      complain(
        "“{path}” is not changed: its encoding does not have what would be written. Save it as UTF-8.",
        { path },
      );
      return "lost";
    }
    await world.output.replace(path, bytes, encoded);
    print(`${world.texts.translate("{name}: The file list was updated.", { name })}\n`);
  }
  const { moved, missing, unlisted } = difference;
  return moved.length + missing.length + unlisted.length > 0 ? "differs" : "same";
}

function changeOf({ moved, missing, unlisted }: ListDifference, given: Given<typeof filesParameters>) {
  const removed = missing.flatMap(({ path, likely }) =>
    given["remove-missing"] && likely.length === 0 ? [{ from: path, to: undefined }] : [],
  );
  return { moves: [...moved, ...removed], added: unlisted.filter((path) => isAdded(path, given)) };
}

/** What is left to be told when the rest is done. */
function withoutDone(
  { missing, unlisted }: ListDifference,
  given: Given<typeof filesParameters>,
): ListDifference {
  return {
    moved: [],
    missing: missing.filter(({ likely }) => !given["remove-missing"] || likely.length > 0),
    unlisted: unlisted.filter((path) => !isAdded(path, given)),
  };
}

function isAdded(path: string, { add }: Given<typeof filesParameters>): boolean {
  return add.some((pattern) => pathPattern(pattern)!(path));
}

function tell(name: string, { moved, missing, unlisted }: ListDifference, { world, print }: Shell): void {
  const line = (text: string, values: MessageArguments) =>
    print(`${oneLine(`${name}: ${world.texts.translate(text, values)}`)}\n`);
  for (const { from, to } of moved) line("“{from}” is missing; the file is at “{to}” now.", { from, to });
  for (const { path, likely } of missing) {
    if (likely.length === 0) line("“{path}” is missing.", { path });
    else
      line(
        "“{path}” is missing. Another file of that name is at {places}; whether it is the same is not known.",
        {
          path,
          places: likely.map((each) => `“${each}”`).join(", "),
        },
      );
  }
  for (const path of unlisted) line("“{path}” is not listed.", { path });
}
