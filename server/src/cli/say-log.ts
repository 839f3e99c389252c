import { type Release, switchesOf } from "../dialect/switches.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { quirks } from "../lifecycle/quirks.ts";

/**
 * Says what a framework logs while it looks at repositories.
 *
 * @param said addresses of which it was said already why they cannot be read
 */
export function sayLog(log: readonly Message[], { complain }: Shell, said: ReadonlySet<string>): void {
  for (const each of log) if (!said.has(String(each.values?.url))) complain(each);
}

/** Warns where a framework refuses what its vendor has not looked at, as its screen does, with the setting that allows it. */
export function sayNotVerified(release: Release, { complain, lineOf }: Shell): void {
  if (!switchesOf(release).blocksUnverified) return;
  const { title, note } = quirks["not-verified"];
  complain("{title}. {note}", { title: lineOf(title), note: lineOf(note) });
}
