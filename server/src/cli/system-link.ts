import { readPackage } from "../engine/read-package.ts";
import { type LinkStep, performLinks, planLinks } from "../engine/test-system/link-package.ts";
import type { Shell } from "../host/shell.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { namedSystems, onSystem, systemNamed } from "./named-systems.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import type { systemLinkParameters } from "./system-commands.ts";

/** `sopm system link` and `unlink`: shows what is done in the home of a system on this computer, and does it if allowed. */
export async function systemLink(
  kind: "link" | "unlink",
  given: Given<typeof systemLinkParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { paths, texts, ...world } = shell.world;
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  await requirePackageFile(given.package, shell);
  const { contents } = await readPackage(given.package, undefined, shell.world);
  const locations = contents.files.flatMap(({ location }) => (location === undefined ? [] : [location]));
  const base = paths.resolve(given.base ?? paths.dirname(paths.resolve(given.package)));
  const files = world.files({ flush: false });
  return onSystem(shell, async () => {
    const plan = await planLinks(kind, { system, locations, base }, { files, paths });
    const isRefused = plan.steps.some((step) => step.kind === "refused");
    const isDone = given.yes && (await performLinks(plan, files));
    const told = plan.steps.map((step) => ({
      ...step,
      reason: step.reason ? texts.textOf(step.reason) : "",
    }));
    printResult(shell, given.format, {
      data: { system: system.name, done: isDone, folders: plan.folders, files: told },
      text: told
        .map(({ kind: each, path, target, reason }) =>
          oneLine(
            `${marks[each]} ${path}${each === "link" ? ` -> ${target}` : ""}${reason && `: ${reason}`}`,
          ),
        )
        .map((line) => `${line}\n`)
        .join(""),
    });
    if (isRefused)
      shell.complain(
        "Nothing was changed on the test system “{system}”, because not all of it can be done.",
        {
          system: system.name,
        },
      );
    else if (!given.yes) shell.complain("Nothing was changed. Give --yes to have it done.");
    return isDone ? 0 : 1;
  });
}

const marks: Readonly<Record<LinkStep["kind"], string>> = { link: "+", unlink: "-", done: "=", refused: "!" };
