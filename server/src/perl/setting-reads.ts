import type { PerlText } from "./perl-text.ts";

/** A setting that code asks the configuration for by a plain name. */
export interface SettingRead {
  readonly name: string;
  /** Where the name stands. */
  readonly index: number;
}

/** The settings that Perl reads and those that it gives a value, as far as they are named. */
export function settingReads({ source, withStrings }: PerlText): readonly SettingRead[] {
  if (!source.includes("Config")) return [];
  return [...withStrings.matchAll(reading)].map(({ 1: name = "", 0: whole, index }) => ({
    name,
    index: index + whole.lastIndexOf(name),
  }));
}

/** The names of the settings that Perl gives a value to. */
export function settingsMade({ withStrings }: PerlText): readonly string[] {
  return [...withStrings.matchAll(making)].map(([, name]) => name!);
}

const reading =
  /(?:\bConfigObject|\bGet\(\s{0,9}["']Kernel::Config["']\s{0,9}\))\s{0,99}->\s{0,99}Get\(\s{0,99}["']((?:\w{1,99}::){1,9}\w{1,99})["']\s{0,99}\)/g;

const making = /\b(?:Key|Name)\s{0,99}=>\s{0,99}["']((?:\w{1,99}::){1,9}\w{1,99})["']/g;
