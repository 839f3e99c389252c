import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessIdentity } from "../host/file-system.ts";
import { isRunning } from "./is-running.ts";

/** What tells this process from others. */
export function ownProcess(): ProcessIdentity {
  return {
    process: process.pid,
    host: hostname(),
    processStart: startOf(process.pid) ?? "",
    processSpace: ownSpace(),
  };
}

/** Where nobody can tell, as on another host or from inside a container, it is "unknown". */
export function fateOfProcess(other: ProcessIdentity): "running" | "gone" | "unknown" {
  const { process: id, host, processStart, processSpace } = other;
  const own = ownSpace();
  const isHere =
    host === hostname() && (processSpace === undefined || own === undefined || processSpace === own);
  if (!isHere) return "unknown";
  if (!isRunning(id)) return "gone";
  // The number may have been given to another process since.
  const start = startOf(id);
  return start === undefined || processStart === "" || start === processStart ? "running" : "gone";
}

/**
 * Linux gives the processes of a container numbers of their own, and a container may have the name of its host. And
 * several computers may have the same name. Undefined elsewhere.
 */
function ownSpace(): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    return `${machine()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** Empty where the system has no number for it. */
function machine(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").slice(0, 1_000).trim();
  } catch {
    return "";
  }
}

/** Linux tells when a process was started, in ticks since the machine was; undefined elsewhere. */
function startOf(id: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const text = readFileSync(`/proc/${id}/stat`, "latin1");
    // The name of the program stands in parentheses and may hold anything.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
