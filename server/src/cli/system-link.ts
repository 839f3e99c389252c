import { readPackage } from "../engine/read-package.ts";
import {
  type FoundLink,
  findLinks,
  type LinkOutcome,
  type LinkStep,
  performLinks,
  planLinks,
} from "../engine/test-system/link-package.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
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
      const told = links.map((link) => ({ ...link, reason: texts.textOf(stateTexts[link.kind]) }));
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
    if (outcome?.kind === "failed") tellFailure(outcome);
    else if (plan.steps.some((step) => step.kind === "refused"))
      shell.complain(
        "Nothing was changed on the test system “{system}”, because not all of it can be done.",
        {
          system: system.name,
        },
      );
    else if (!given.yes) shell.complain("Nothing was changed. Give --yes to have it done.");
    return outcome?.kind === "done" ? 0 : 1;
  });

  function tell(links: readonly ToldLink[], data: object): void {
    printResult(shell, given.format, {
      data: { ...data, files: links },
      text: links.map((link) => `${lineOf(link)}\n`).join(""),
    });
  }

  function tellFailure({ path, reason, left }: Extract<LinkOutcome, { kind: "failed" }>): void {
    shell.complain("“{path}” cannot be changed: {reason}.", { path, reason });
    if (left.length === 0) {
      shell.complain("What had been done before was taken back: the home is as it was.");
      return;
    }
    shell.complain(
      "What had been done before could not all be taken back. “sopm system link --list” tells which links there are, “sopm system unlink” removes them. Left are:",
    );
    for (const each of left) shell.warn(`  ${oneLine(each)}`);
  }
}

/** What is told of a link, or of one that could be. */
interface ToldLink {
  readonly kind: LinkStep["kind"] | FoundLink["kind"];
  readonly path: string;
  readonly target: string;
  /** Empty for none. */
  readonly reason: string;
}

function lineOf({ kind, path, target, reason }: ToldLink): string {
  const isTargetTold = kind === "link" || stateTexts[kind as FoundLink["kind"]];
  return oneLine(`${marks[kind]} ${path}${isTargetTold ? ` -> ${target}` : ""}${reason && `: ${reason}`}`);
}

const stateTexts: Readonly<Record<FoundLink["kind"], Message>> = {
  linked: { text: "" },
  unlisted: { text: "The package does not list this file." },
  gone: { text: "The file is gone. “sopm system unlink” removes the link." },
};

const marks: Readonly<Record<ToldLink["kind"], string>> = {
  ...{ link: "+", unlink: "-", done: "=", refused: "!" },
  ...{ linked: "=", unlisted: "?", gone: "!" },
};
