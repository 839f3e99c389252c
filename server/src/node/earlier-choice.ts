import { existsSync } from "node:fs";
import type { EarlierChoice } from "../engine/dry-run.ts";
import { readPackage } from "./read-package.ts";

/** Whether what people name as the version before an upgrade is meant for a file. */
export function meansFile(value: string): boolean {
  return /\.s?opm$/i.test(value) || existsSync(value);
}

/** What people name as the version before an upgrade: a file, or a version alone. Undefined for what is neither. */
export function earlierChoice(value: string): EarlierChoice | undefined {
  if (meansFile(value)) {
    return { kind: "package", read: async (release) => (await readPackage(value, release)).contents };
  }
  return /^\d+(\.\w+)*$/.test(value) ? { kind: "version", version: value } : undefined;
}
