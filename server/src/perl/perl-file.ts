import { type ModuleDefinition, moduleDefinition } from "./module-definition.ts";
import { type ModuleMention, moduleMentions } from "./module-mentions.ts";
import { demandedModules, type ModuleUse, moduleUses } from "./module-uses.ts";
import { type PerlText, readPerl } from "./perl-text.ts";
import { type RemovedFile, removedFiles } from "./removed-files.ts";
import { type SettingRead, settingReads, settingsMade } from "./setting-reads.ts";

/** A file of Perl, as far as others ask about it. */
export interface PerlFile {
  readonly fault: PerlText["fault"];
  /** The modules without which it surely cannot be loaded itself, in the order they stand there. */
  readonly demands: readonly ModuleUse[];
  /** All that it names of a home, whatever it does with it. */
  readonly mentions: readonly ModuleMention[];
  readonly definition: ModuleDefinition;
  readonly settingReads: readonly SettingRead[];
  /** Names of settings that it gives a value to. */
  readonly settingsMade: readonly string[];
  readonly removedFiles: readonly RemovedFile[];
}

/** Characters of files that are kept, with what was read in them. */
const keptCharacters = 20_000_000;

const kept = new Map<string, PerlFile>();
let characters = 0;

/** Reads a file, once as long as it is among those that were asked for of late. */
export function perlFile(source: string): PerlFile {
  let file = kept.get(source);
  if (file) kept.delete(source);
  else {
    file = readFile(source);
    characters += source.length;
  }
  kept.set(source, file);
  for (const oldest of kept.keys()) {
    if (characters <= keptCharacters || oldest === source) break;
    kept.delete(oldest);
    characters -= oldest.length;
  }
  return file;
}

function readFile(source: string): PerlFile {
  const perl = readPerl(source);
  return {
    fault: perl.fault,
    demands: demandedModules(perl, moduleUses(perl, undefined)),
    mentions: moduleMentions(perl, undefined).mentions,
    definition: moduleDefinition(perl),
    settingReads: settingReads(perl),
    settingsMade: settingsMade(perl),
    removedFiles: removedFiles(perl),
  };
}
