import type { MessageArguments } from "../l10n/translate.ts";
import { configurationWrong } from "../rules/configuration/configuration-wrong.ts";
import type { Finding, Fix, Severity } from "../rules/rule.ts";
import type { Span } from "../text/span.ts";
import type { Layer, Said } from "./layers.ts";

/** What a configuration is called. One that others build on may have any name in front. */
export const configurationName = "sopm.json";

/** True for the name of a file that is checked as a configuration. */
export function isConfigurationName(name: string): boolean {
  return name === configurationName || name.endsWith(`.${configurationName}`);
}

/** The most of one configuration, in bytes. */
export const configurationSize = 256 * 1024;

/** One configuration, as far as it can be read. */
export interface Configuration {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Whether none above it is looked for. */
  readonly isRoot: boolean;
  /** Paths as they are written. */
  readonly extends: readonly Located[];
  /** Its settings. Paths in it are as they are written. */
  readonly layer: Layer;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly findings: readonly Finding[];
}

/** A text, and where it stands. */
export interface Located {
  readonly value: string;
  readonly span: Span;
}

/** A dry run that has a name, by the keys of its rows. All that is said is what its key takes. */
export type Scenario = ReadonlyMap<string, Said>;

/** What can be wrong with a configuration. */
export type Variant = keyof typeof configurationWrong.message;

/** Says what is wrong with a configuration. */
export function fault(
  variant: Variant,
  span: Span,
  values: MessageArguments = {},
  more: { readonly severity?: Severity; readonly fixes?: readonly Fix[] } = {},
): Finding {
  const { id: rule, severity, message } = configurationWrong;
  return { rule, severity, message: message[variant], variant, span, arguments: values, ...more };
}
