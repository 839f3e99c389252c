import { checkFolderIndex, makeIndex } from "../engine/print-index.ts";
import { whatFileIs } from "../engine/what-file-is.ts";
import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import { escapedXml } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { findingsForm } from "./findings-form.ts";
import { requireFolder } from "./folder-argument.ts";
import { checkedFiles } from "./found-problems.ts";
import { indexParameters } from "./repository-commands.ts";
import { siblingsArgument } from "./siblings-argument.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm index`: prints the index of a folder of archives, or checks the one that is there. */
export async function index(given: Given<typeof indexParameters>, shell: Shell): Promise<ExitCode> {
  const { folder } = given;
  await requireFolder(folder, shell);
  if (given["packages-of"] !== undefined && !given.check) {
    throw new UsageError("--packages-of is for --check: an index lists what is in its own folder.");
  }
  try {
    return given.check ? await check(given, shell) : await print(given, shell);
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    const { path = folder } = error as { readonly path?: string };
    shell.complain("“{path}” cannot be read: {reason}.", { path, reason });
    return 1;
  }
}

/** What is asked for, and how configurations and options have it. */
async function requestOf(given: Given<typeof indexParameters>, shell: Shell) {
  const run = new ConfiguredRun(optionsLayer(indexParameters, given), shell);
  const configured = await run.of(given.folder, "folder");
  run.tell(configured);
  const { lint, build } = configured.settings;
  return { folder: given.folder, dialect: lint.dialect, mode: build.mode };
}

async function print(given: Given<typeof indexParameters>, shell: Shell): Promise<ExitCode> {
  const made = await makeIndex(await requestOf(given, shell), shell.world);
  switch (made.kind) {
    case "rendered":
      shell.print(escapedXml(made.text));
      return 0;
    case "element-missing": {
      const { path, element } = made;
      shell.complain("No index is written, because “{path}” has no {element}.", { path, element });
      return 1;
    }
    case "too-large":
      shell.complain("No index is written, because “{path}” is larger than the 30 MiB that opmbuild reads.", {
        path: made.path,
      });
      return 1;
    case "unreadable":
      shell.complain("No index is written, because no package can be read out of “{path}”.", {
        path: made.path,
      });
      return 1;
  }
}

async function check(given: Given<typeof indexParameters>, shell: Shell): Promise<ExitCode> {
  const { world, print, complain } = shell;
  const siblings = await siblingsArgument(given["packages-of"], shell);
  const checked = await checkFolderIndex({ ...(await requestOf(given, shell)), siblings }, world);
  if (checked.kind === "none") {
    const { folder } = given;
    complain("There is no index to check in “{folder}”: {names}.", {
      folder,
      names: checked.names.join(", "),
    });
    return 1;
  }
  const form = await findingsForm("text", shell);
  let hasFault = false;
  for (const index of checked.indexes) {
    const { path, entries } = index;
    if (!index.tree.root || index.context.kind !== "index") {
      const found = shell.lineOf(await whatFileIs(path, world, "index"));
      complain("“{path}” is no index of a repository. {found} Clients are offered nothing.", {
        path,
        found,
      });
      hasFault = true;
      continue;
    }
    const spec = { ...index, baseFolder: world.paths.dirname(index.path) };
    for (const found of checkedFiles(spec, world)) {
      print(form.file(found));
      hasFault ||= found.problems.some(({ severity }) => severity === "error" || severity === "warning");
    }
    if (entries === undefined) continue;
    const values = { path, count: entries };
    print(`${shell.lineOf({ text: "{path}: entries in the index: {count}", values })}\n`);
  }
  return hasFault ? 1 : 0;
}
