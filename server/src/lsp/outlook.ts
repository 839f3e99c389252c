import { readForProduct } from "../engine/dry-run.ts";
import type { Operation } from "../lifecycle/operation.ts";
import { isAtLeast } from "../model/version.ts";
import type { Answer } from "../protocol/request.ts";
import type {
  OutlookParams,
  OutlookResult,
  ShownIntroParams,
  ShownIntroResult,
} from "../protocol/sandbox-view.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderShownIntro } from "../report/render-intros.ts";
import { oneLine } from "../text/visible.ts";
import { verdictForEditor } from "./dry-run.ts";
import { chosenSystem, openOnce } from "./dry-run-system.ts";
import { editorPackageReader, readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";

/** What could be done with a package on a system, and how each would end. @throws PackageError, Refusal */
export async function outlookForEditor(
  { uri, system: wanted, operations }: OutlookParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<Answer<OutlookResult>> {
  const settings = await session.settingsFor(uri);
  const system = await chosenSystem(uri, wanted, settings, session);
  const state =
    system.kind === "sandbox" ? await (await openOnce(system.folder, session)).state() : undefined;
  const { contents } = state
    ? await readEditorPackage(uri, state.framework, settings, session)
    : (await readForProduct(editorPackageReader(uri, settings, session, true))).read;
  const { Name, Version } = contents.structure?.single ?? {};
  const [name, version] = [Name?.content ?? "", Version?.content ?? ""];
  const row = state?.packages.findLast((each) => each.name === name && each.status === "installed");
  const isSame =
    row &&
    isAtLeast(row.version, version, contents.release) &&
    isAtLeast(version, row.version, contents.release);
  const fitting: Operation = !row ? "install" : isSame ? "reinstall" : "upgrade";
  const tried = [];
  for (const each of operations) {
    const operation = each === "fitting" ? fitting : each;
    const params = { uri, operation, ...(wanted && { system: wanted }), filesMayHaveChanged: false };
    const verdict = await verdictForEditor(params, session, cancelled);
    if (verdict.kind === "cancelled") return verdict;
    tried.push({ operation, verdict });
  }
  return {
    ...{ kind: "outlook", name: oneLine(name), version: oneLine(version), fitting, tried },
    installed: row && oneLine(row.version),
  };
}

/** The text that the package manager's screen shows the reader of the editor. @throws PackageError */
export async function shownIntroForEditor(
  { uri, operation, phase }: ShownIntroParams,
  session: Session,
): Promise<ShownIntroResult | null> {
  const { texts } = session.world;
  const settings = await session.settingsFor(uri);
  const { contents } = await readEditorPackage(uri, undefined, settings, session, false);
  const { structure } = contents;
  const html = structure && renderShownIntro(structure, operation, phase, texts.language);
  if (!structure || html === undefined) return null;
  const { Name, Version } = structure.single;
  const title = oneLine([Name?.content, Version?.content].filter(Boolean).join(" "));
  return { kind: "intro", title, html, style: htmlStyle };
}
