import type { PackageContents } from "../../builder/package-contents.ts";
import type { FileContent } from "../../host/file-content.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import type { PlanOptions } from "../../lifecycle/plan-options.ts";
import { planWhenKnown } from "../../lifecycle/plan-when-known.ts";
import { whenKnown } from "../../system/system-facts.ts";
import type { SystemState } from "../../system/system-state.ts";

/** The folder below the home whose packages come with the framework. */
const packageFolder = "var/packages";

export interface DefaultPackages {
  /** One for each archive, in the order of their names; each begins where the one before it ended. */
  readonly plans: readonly { readonly path: string; readonly plan: Plan }[];
  /** Archives that nobody can read; the others are installed all the same. */
  readonly unread: readonly string[];
  readonly after: SystemState;
}

/**
 * Plans what the web installer does last: every archive in `var/packages` is installed. What is refused is passed
 * over.
 *
 * @param toContents reads an archive of the home
 * @throws PackageError when a content that is needed cannot be read
 * @source Znuny 7.1 and OTOBO 11, PackageInstallDefaultFiles
 */
export async function installDefaultPackages(
  system: SystemState,
  toContents: (archive: FileContent, fileName: string) => Promise<PackageContents>,
  options: Omit<PlanOptions, "entrance"> = {},
): Promise<DefaultPackages> {
  const { facts } = system;
  const listed = await whenKnown(facts, () => system.home.list(packageFolder));
  const names = listed.filter((name) => /^[^.].*\.opm$/s.test(name));
  const plans: { path: string; plan: Plan }[] = [];
  const unread: string[] = [];
  let after = system;
  let { merged } = options;
  for (const name of [...names].sort()) {
    const path = `${packageFolder}/${name}`;
    const { home } = after;
    const entry = await whenKnown(facts, () => home.entry(path));
    if (entry?.kind !== "file") continue;
    if (entry.content === "unknown" || entry.content === "unreadable") {
      unread.push(path);
      continue;
    }
    // All are installed by one process, which remembers what it has merged.
    const contents = await toContents(entry.content, name);
    const known = { ...options, ...(merged ? { merged } : {}) };
    const plan = await planWhenKnown("install", contents, after, known);
    plans.push({ path, plan });
    after = plan.after;
    merged = plan.merged;
  }
  return { plans, unread, after };
}
