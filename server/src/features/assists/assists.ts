import type { FeatureDocument } from "../feature-document.ts";
import { addLanguage } from "./add-language.ts";
import type { Assist, Assistant } from "./assist.ts";
import { bothEnds } from "./both-ends.ts";
import { codeToSetupModule } from "./code-to-setup-module.ts";
import { dropTables } from "./drop-tables.ts";
import { raiseVersion } from "./raise-version.ts";
import { splitFramework } from "./split-framework.ts";
import { wrapInCdata } from "./wrap-in-cdata.ts";

/** In the order in which they are offered. */
const assistants: readonly Assistant[] = [
  bothEnds,
  dropTables,
  codeToSetupModule,
  wrapInCdata,
  splitFramework,
  addLanguage,
  raiseVersion,
];

/**
 * What can be changed at a place of a spec where nothing need be wrong; nothing in one that is broken there.
 *
 * @param now "YYYY-MM-DD hh:mm:ss", local time
 */
export function assistsAt(document: FeatureDocument, offset: number, now: string): readonly Assist[] {
  const around = [];
  for (let element = document.tree.elementAt(offset); element; element = element.parent) around.push(element);
  if (around.length === 0 || around.some(({ closing }) => closing !== "end-tag" && closing !== "empty"))
    return [];
  if (around[0]!.node.problemCount > 0) return [];
  const place = { ...document, around, now };
  return assistants.flatMap((offer) => offer(place));
}
