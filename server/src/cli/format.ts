import { formatFile } from "../engine/format-file.ts";
import { specsBelow } from "../engine/specs-below.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { fileNames } from "./found-problems.ts";
import { pathsNamed, standardInput } from "./paths-named.ts";
import { formattingParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";
import { complainAboutFile } from "./write-result.ts";

/** `sopm format`: lays out specs as the editor does, and prints, checks or writes them. */
export async function format(given: Given<typeof formattingParameters>, shell: Shell): Promise<ExitCode> {
  const { world, print, complain, readInput, terminal, outputIsClosed } = shell;
  const { paths, check, write } = given;
  const configured = new ConfiguredRun(optionsLayer(formattingParameters, given), shell);
  await requireFormattable(given, shell);
  let isLost = false;
  let differing = 0;
  for await (const { path, problem } of pathsNamed(paths, configured, shell, specsBelow)) {
    if (outputIsClosed()) break;
    try {
      if (problem) throw problem;
      const isInput = path === standardInput;
      const before = isInput ? await readInput() : await world.named.read(path);
      const place = isInput ? given["stdin-path"] : path;
      const now = await configured.of(place);
      configured.tell(now);
      const formatted = await formatFile(place, before, now.settings.format, world);
      const name = oneLine(fileNames(path, world).portablePath);
      if (formatted.kind === "unreadable") {
        complain("“{path}” is not formatted, because no framework reads its encoding. Save it as UTF-8.", {
          path,
        });
        isLost = true;
      } else if (formatted.kind === "no-spec") {
        const { root } = formatted;
        complain("“{path}” is not formatted, because it is no spec: it begins with <{root}>.", {
          path,
          root,
        });
        isLost = true;
      } else if (!check && !write) {
        print(terminal ? severalLines(formatted.text) : formatted.text);
      } else if (formatted.after !== before) {
        differing++;
        if (write) await world.output.replace(path, before, formatted.after);
        print(`${name}\n`);
      }
    } catch (error) {
      isLost = true;
      complainAboutFile(shell, path, error);
    }
  }
  if (check && differing > 0) {
    complain("Specs that are not formatted: {count}. With --write they are.", { count: differing });
  }
  return isLost || (check && differing > 0) ? 1 : 0;
}

/** @throws UsageError when what is asked for cannot be done */
async function requireFormattable(
  { paths, check, write, "stdin-path": stdinPath }: Given<typeof formattingParameters>,
  { world }: Shell,
): Promise<void> {
  const isFromInput = paths.includes(standardInput);
  if (check && write) throw new UsageError("Name either --check or --write.");
  if (write && isFromInput) {
    throw new UsageError(
      "--write writes into files, and standard input is none; without it the text is printed.",
    );
  }
  if (stdinPath !== undefined && !isFromInput) {
    throw new UsageError(
      "--stdin-path is for what comes from standard input; name it as “-” among the paths.",
    );
  }
  for (const path of paths) {
    if (isArchiveName(path)) {
      throw new UsageError(
        "“{path}” is an archive, which stays as its builder has written it; format its spec.",
        {
          path,
        },
      );
    }
    // What has gone meanwhile is told when it is read.
    const kind = path === standardInput ? "file" : await world.named.kindOf(path).catch(() => "file");
    if (kind === "special") throw new UsageError("“{path}” is neither a file nor a folder.", { path });
    if (!check && !write && (kind === "folder" || paths.length > 1)) {
      throw new UsageError("Several specs are not printed one behind the other; name --check or --write.");
    }
  }
}
