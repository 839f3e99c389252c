import { performLinks, planLinks } from "../engine/test-system/link-package.ts";
import { linkLine, linkProblem } from "../engine/test-system/link-words.ts";
import type { LinkParams, LinkResult } from "../protocol/test-systems.ts";
import { failedText } from "./failed-text.ts";
import { readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";
import { onTestSystem, systemNamed } from "./test-systems.ts";

/** Makes or removes links to the files of a spec, or tells what would be done. @throws PackageError, Refusal */
export async function linkOnTestSystem(
  { uri, system: name, work, perform }: LinkParams,
  session: Session,
): Promise<LinkResult> {
  const { paths, texts, ...world } = session.world;
  const system = await systemNamed(name, session);
  const settings = await session.settingsFor(uri);
  const path = paths.fromUri(uri);
  const base = path === undefined ? undefined : session.workspace.baseFolderOf(path, settings);
  if (base === undefined) {
    return failedText(texts, "“{uri}” is no file on this machine, and links lead to files.", { uri });
  }
  const { contents } = await readEditorPackage(uri, undefined, settings, session);
  const locations = contents.files.flatMap(({ location }) => (location === undefined ? [] : [location]));
  const files = world.files({ flush: false });
  return onTestSystem(async () => {
    const plan = await planLinks(work, { system, locations, base }, { files, paths });
    const lines = plan.steps.map((step) =>
      linkLine({ ...step, reason: step.reason ? texts.textOf(step.reason) : "" }),
    );
    const refusals = lines.filter((_line, index) => plan.steps[index]!.kind === "refused");
    if (refusals.length > 0) {
      return {
        kind: "failed",
        message: texts.textOf(linkProblem({ kind: "refused" }, name)),
        hint: some(refusals),
      };
    }
    const count = plan.steps.filter(({ kind }) => kind === work).length;
    if (!perform) return { kind: "planned", lines, count };
    const outcome = await performLinks(plan, files);
    if (outcome.kind === "done") return { kind: "done", lines, count };
    const left = outcome.kind === "failed" ? outcome.left : [];
    return { kind: "failed", message: texts.textOf(linkProblem(outcome, name)), hint: some(left) };
  });
}

/** As much as a notification has room for. */
function some(lines: readonly string[]): string {
  return [...lines.slice(0, 3), ...(lines.length > 3 ? [`… (${lines.length})`] : [])].join("\n");
}
