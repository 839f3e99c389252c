import { readPackage } from "../engine/read-package.ts";
import { findLinks, performLinks, planLinks } from "../engine/test-system/link-package.ts";
import { linkLine, linkProblem, linkStates, type ToldLink } from "../engine/test-system/link-words.ts";
import type { Shell } from "../host/shell.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { namedSystems, onSystem, systemNamed } from "./named-systems.ts";
import { requirePackageFile } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { systemLinkParameters } from "./system-commands.ts";

/** `sopm system link` and `unlink`: shows what is done in the home of a system on this computer, and does it if allowed. */
export async function systemLink(
  kind: "link" | "unlink",
  given: Given<typeof systemLinkParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { paths, texts, ...world } = shell.world;
  const system = systemNamed(given.on, await namedSystems(given.systems, shell));
  await requireFolder(given.base, shell);
  await requirePackageFile(given.package, shell);
  const run = new ConfiguredRun(optionsLayer(systemLinkParameters, given), shell);
  const { baseFolder } = await run.filesOf(given.package, given);
  const { contents } = await readPackage(given.package, undefined, shell.world);
  const locations = contents.files.flatMap(({ location }) => (location === undefined ? [] : [location]));
  const base = paths.resolve(baseFolder ?? paths.dirname(paths.resolve(given.package)));
  const files = world.files({ flush: false });
  const request = { system, locations, base };
  return onSystem(shell, async () => {
    if (given.list) {
      const links = await findLinks(request, { files, paths });
      const told = links.map((link) => ({ ...link, reason: texts.textOf(linkStates[link.kind]) }));
      tell(told, { system: system.name });
      return 0;
    }
    const plan = await planLinks(kind, request, { files, paths });
    const outcome = given.yes ? await performLinks(plan, files) : undefined;
    const told = plan.steps.map((step) => ({
      ...step,
      reason: step.reason ? texts.textOf(step.reason) : "",
    }));
    tell(told, { system: system.name, done: outcome?.kind === "done", folders: plan.folders });
    const isRefused = plan.steps.some((step) => step.kind === "refused");
    const problem = isRefused ? ({ kind: "refused" } as const) : outcome;
    if (problem && problem.kind !== "done") {
      shell.complain(linkProblem(problem, system.name));
      if (problem.kind === "failed") for (const each of problem.left) shell.warn(`  ${oneLine(each)}`);
    } else if (!outcome) shell.complain("Nothing was changed. Give --yes to have it done.");
    return outcome?.kind === "done" ? 0 : 1;
  });

  function tell(links: readonly ToldLink[], data: object): void {
    printResult(shell, given.format, {
      data: { ...data, files: links },
      text: links.map((link) => `${linkLine(link)}\n`).join(""),
    });
  }
}
