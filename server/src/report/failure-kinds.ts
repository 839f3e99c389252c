/**
 * What may let a run fail:
 * - `failed`: a step fails, or the operation as a whole is refused, dies or cannot be foretold
 * - `lost`: what the package brings never takes effect: settings that are not stored, steps that never run
 * - `skipped`: a step is passed over this time
 */
export const failureKinds = ["failed", "lost", "skipped"] as const;
export type FailureKind = (typeof failureKinds)[number];

/** For whoever says nothing else. */
export const usualFailures: ReadonlySet<FailureKind> = new Set(["failed", "lost"]);
