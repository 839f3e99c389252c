import { patience } from "../host/patience.ts";
import { inTime } from "../host/timers.ts";
import type { World } from "../host/world.ts";
import { editorText } from "../text/decode.ts";
import { workspaceLimits } from "../workspace/closed-specs.ts";

/** What a file that nobody has open has in it as editors read it, which is the text that edits of it are counted in. */
export type ClosedText =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "missing" }
  /** Nobody can read it, or an editor would spoil it: it is not written in UTF-8. */
  | { readonly kind: "unreadable" };

/** @throws never */
export async function closedText(path: string, { disk, timers }: World): Promise<ClosedText> {
  const file = await inTime(timers, patience, disk.read(path, workspaceLimits.size));
  if (file?.kind === "missing") return { kind: "missing" };
  const text = file?.kind === "read" ? editorText(file.bytes) : undefined;
  return text === undefined ? { kind: "unreadable" } : { kind: "read", text };
}
