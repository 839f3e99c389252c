import type { UserRecords } from "../../host/test-system.ts";
import { lineOf } from "../../knowledge/releases.ts";
import type { KeptPromises, PromiseCount } from "../../report/promise-counts.ts";
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

const lastRead = new WeakMap<UserRecords, Promise<ReadonlyMap<string, PromiseCount>>>();

/** The same as they were the last time, so that nobody waits for a disk twice; they are read again behind it. */
export function lastPromiseCounts(
  records: UserRecords | undefined,
): Promise<ReadonlyMap<string, PromiseCount>> {
  if (!records) return promiseCounts(undefined);
  const before = lastRead.get(records);
  const now = promiseCounts(records);
  lastRead.set(records, now);
  return before ?? now;
}

/** What was shown of a release line; undefined for nothing. */
export function keptFor(
  { product, version }: { readonly product: string; readonly version: string },
  counts: ReadonlyMap<string, PromiseCount>,
): KeptPromises | undefined {
  const line = productLine(`${product} ${version}`);
  const count = counts.get(line);
  return count && { product: line, count };
}

/** Adds what a run has shown. Where it cannot be kept it is not counted. */
export async function countPromises(
  report: PromiseReport,
  records: UserRecords | undefined,
): Promise<KeptPromises | undefined> {
  const { made, kept } = countedPromises(report);
  const counts = new Map(await promiseCounts(records));
  const key = productLine(report.product);
  const before = counts.get(key) ?? { made: 0, kept: 0, runs: 0 };
  if (made === 0) return counts.has(key) ? { product: key, count: before } : undefined;
  const now = { made: before.made + made, kept: before.kept + kept, runs: before.runs + 1 };
  counts.set(key, now);
  if (records) lastRead.set(records, Promise.resolve(counts));
  await records
    ?.write(record, JSON.stringify(Object.fromEntries(counts), undefined, 1))
    .catch(() => undefined);
  return { product: key, count: now };
}

/** The release line of a product with its version, such as "Znuny 7.1" of "Znuny 7.1.7". */
function productLine(product: string): string {
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
