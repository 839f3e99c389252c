import type { UserRecords } from "../../host/test-system.ts";
import { lineOf } from "../../knowledge/releases.ts";
import type { PromiseCount } from "../../report/promise-counts.ts";
import { countedPromises, type PromiseReport } from "../../report/promise-report.ts";

/** The counts of all products, by their release lines, such as "Znuny 7.1". What is kept there and is none is left out. */
export async function promiseCounts(
  records: UserRecords | undefined,
): Promise<ReadonlyMap<string, PromiseCount>> {
  const counts = new Map<string, PromiseCount>();
  for (const [product, said] of Object.entries(parsed(await records?.read(record)))) {
    const { made, kept, runs } = (said ?? {}) as Record<string, unknown>;
    if (isCount(made) && isCount(kept) && isCount(runs) && kept <= made)
      counts.set(product, { made, kept, runs });
  }
  return counts;
}

/** Adds what a run has shown. Where it cannot be kept it is not counted. */
export async function countPromises(
  report: PromiseReport,
  records: UserRecords | undefined,
): Promise<PromiseCount | undefined> {
  const { made, kept } = countedPromises(report);
  const counts = new Map(await promiseCounts(records));
  const key = productLine(report.product);
  const before = counts.get(key) ?? { made: 0, kept: 0, runs: 0 };
  if (made === 0) return counts.get(key);
  const now = { made: before.made + made, kept: before.kept + kept, runs: before.runs + 1 };
  counts.set(key, now);
  await records
    ?.write(record, JSON.stringify(Object.fromEntries(counts), undefined, 1))
    .catch(() => undefined);
  return now;
}

/** The release line of a product with its version, such as "Znuny 7.1" of "Znuny 7.1.7". */
export function productLine(product: string): string {
  const [, name = product, version = ""] = /^(.*) (\S+)$/.exec(product) ?? [];
  return `${name} ${lineOf(version) ?? version}`.trimEnd();
}

const record = "promises";

function parsed(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
