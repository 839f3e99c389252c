import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { FileContent } from "../../server/src/host/file-content.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import type { PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { planWhenKnown } from "../../server/src/lifecycle/plan-when-known.ts";
import type { HomeEntry } from "../../server/src/system/home.ts";
import { whenKnown } from "../../server/src/system/system-facts.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

/** Plans an operation on a system whose files lie on a disk. */
export async function planOn(
  state: SystemState,
  operation: Operation,
  contents: PackageContents,
  options: PlanOptions = {},
): Promise<Plan> {
  return planWhenKnown(operation, contents, state, options);
}

/** What is at a path of such a system. */
export async function entryAt({ facts, home }: SystemState, path: string): Promise<HomeEntry | undefined> {
  return whenKnown(facts, () => home.entry(path));
}

/** The names of what is in a folder of such a system. */
export async function namesIn({ facts, home }: SystemState, folder: string): Promise<readonly string[]> {
  return whenKnown(facts, () => home.list(folder));
}

/** The package that such a system has stored. */
export async function storedIn({ facts, archives }: SystemState, digest: string): Promise<PackageContents> {
  return whenKnown(facts, () => archives.contents(digest));
}

/** The text of a file of such a system; what kind of entry it is where there is no text. */
export async function textAt(state: SystemState, path: string): Promise<string | undefined> {
  const entry = await entryAt(state, path);
  if (entry?.kind !== "file") return entry?.kind;
  return typeof entry.content === "string"
    ? entry.content
    : Buffer.from(await entry.content.read()).toString();
}

/** Bytes that are in memory. */
export function bytesOf({ inMemory }: FileContent): Buffer {
  return Buffer.from(inMemory!());
}
