import { createHash, randomInt } from "node:crypto";

/** What databases are made for. */
export type Purpose = "run" | "sandbox";

/** The letters that all names begin with of what is made for a purpose. */
export const prefixes = { run: "sopm_run_", sandbox: "sopm_box_" } as const satisfies Record<Purpose, string>;

/**
 * A name that nobody has yet: when it was made, something random, and a sign that we made it. It is short enough for the
 * name of a user.
 */
export function makeName(purpose: Purpose, now: Date): string {
  const time = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const start = `${prefixes[purpose]}${time}_${randomInt(36 ** 4, 36 ** 5).toString(36)}`;
  return start + signOf(start);
}

/** When the database of a run was made; undefined for a name that no run has. */
export function timeOfRun(name: string): Date | undefined {
  return timeOf("run", name);
}

/** Whether the databases of a sandbox may begin with that name. */
export function isSandboxName(name: string): boolean {
  return timeOf("sandbox", name) !== undefined;
}

function timeOf(purpose: Purpose, name: string): Date | undefined {
  const [, start, letters, written, sign] = form.exec(name) ?? [];
  if (letters !== prefixes[purpose] || signOf(start!) !== sign) return undefined;
  const time = new Date(written!.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

const form = /^((sopm_(?:run|box)_)(\d{14})_[a-z0-9]{5})([a-z0-9]{3})$/;

function signOf(start: string): string {
  const digest = createHash("sha256").update(`a run of SOPM: ${start}`).digest();
  return (digest.readUInt16BE() % 36 ** 3).toString(36).padStart(3, "0");
}
