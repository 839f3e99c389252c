import { hostname } from "node:os";
import type { Machine } from "../host/machine.ts";

/** This computer. */
export const machine: Machine = { name: hostname, variable: (name) => process.env[name] };
