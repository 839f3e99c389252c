import type { RuleTexts } from "../../server/src/host/rule-text.ts";
import type { Timers } from "../../server/src/host/timers.ts";
import type { World } from "../../server/src/host/world.ts";
import { makeKnowledge } from "../../server/src/knowledge/knowledge-source.ts";
import { makeTexts, type Translations } from "../../server/src/l10n/texts.ts";
import { bareWorld, filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";

/** What a worker is given, because it cannot look for anything itself. */
export interface WorkerData {
  /** Texts of files by their absolute paths. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders that sandboxes may be kept in, each behind the one that it lies in. */
  readonly folders: readonly string[];
  /** Our data of the frameworks, by the names of sections. */
  readonly knowledge: Readonly<Record<string, string>>;
  readonly german: Translations;
  readonly ruleTexts: RuleTexts;
  /** What comes before the name of a rule and `.md` in the address of its page. */
  readonly rulePages: string;
  /** Where files come in later, each as its path and its text. Each is answered. */
  readonly changes: {
    onmessage: ((event: { readonly data: readonly [path: string, text: string] }) => void) | null;
    postMessage(message: string): void;
  };
}

/** A world that has nothing but what a worker was given. */
export async function worldOfWorker(data: WorkerData): Promise<World> {
  const disk = new MemoryWorkspace(data.files);
  data.changes.onmessage = ({ data: [path, text] }) => {
    disk.files.set(path, text);
    data.changes.postMessage("written");
  };
  const world: World = {
    ...bareWorld(),
    ...filesOf(disk),
    timers: browserTimers,
    texts: makeTexts(() => data.german),
    ruleTexts: () => data.ruleTexts,
    rulePage: (rule) => `${data.rulePages}${rule}.md`,
    knowledge: makeKnowledge((section) => data.knowledge[section]!),
  };
  await world.files({ flush: true }).makeFolders(data.folders.map((path) => ({ path })));
  return world;
}

/** Browsers have no turn that comes before timers; one that is due at once is the nearest. */
const browserTimers: Timers = {
  soon: (work) => browserTimers.after(0, work),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
