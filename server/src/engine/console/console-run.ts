import type { Message } from "../../l10n/translate.ts";
import type { Plan } from "../../lifecycle/plan.ts";

/** What a console command of the framework would do and print, in our words but for what packages say themselves. */
export interface ConsoleRun {
  readonly exitCode: 0 | 1;
  /** On the standard output, in order. */
  readonly output: readonly ConsoleOutput[];
  /** On the standard error, in order: the errors that are logged, success or not, and then why the command fails. */
  readonly errors: readonly Message[];
  /** What it does to the system; undefined when it does nothing to it. */
  readonly plan: Plan | undefined;
}

export type ConsoleOutput =
  | { readonly kind: "message"; readonly message: Message }
  /** A box with an intro, exactly as it is printed. */
  | { readonly kind: "intro"; readonly box: string }
  /** A box with one package, line by line. */
  | { readonly kind: "package"; readonly lines: readonly ConsoleLine[] }
  | { readonly kind: "file"; readonly package: string; readonly location: string };

/** One line of a box. */
export interface ConsoleLine {
  readonly field: ConsoleField;
  readonly value: string;
}

export type ConsoleField =
  | "file"
  | "name"
  | "version"
  | "vendor"
  | "url"
  | "license"
  | "description"
  | "deployment"
  | "file-status";

/** A command that ends before it does anything. */
export function failedRun(...errors: readonly Message[]): ConsoleRun {
  return { exitCode: 1, output: [], errors, plan: undefined };
}
