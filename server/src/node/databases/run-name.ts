import { createHash, randomInt } from "node:crypto";

/**
 * The name of a database for a run, which no other run has: when it was made, something random, and a sign that we made
 * it. It is short enough for the name of a user, who has the same.
 */
export function makeRunName(now: Date): string {
  const time = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const start = `${prefix}${time}_${randomInt(36 ** 4, 36 ** 5).toString(36)}`;
  return start + signOf(start);
}

/** When the database of a run was made; undefined for a name that no run has. */
export function timeOfRun(name: string): Date | undefined {
  const match = form.exec(name);
  if (!match || signOf(match[1]!) !== match[3]) return undefined;
  const time = new Date(match[2]!.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** The letters that all names of runs begin with. */
export const prefix = "sopm_run_";

const form = /^(sopm_run_(\d{14})_[a-z0-9]{5})([a-z0-9]{3})$/;

function signOf(start: string): string {
  const digest = createHash("sha256").update(`a run of SOPM: ${start}`).digest();
  return (digest.readUInt16BE() % 36 ** 3).toString(36).padStart(3, "0");
}
