import type { PerlText } from "./perl-text.ts";
import { PerlTexts } from "./said-texts.ts";

/** A place where Perl code names a module of the framework's home, whatever it does with it. */
export interface ModuleMention {
  /** As Perl writes it, such as "Kernel::System::Acme". */
  readonly module: string;
  /** Offsets of the Perl text; of a name that is put together, of its beginning as far as it is written out. */
  readonly start: number;
  readonly end: number;
}

/** The modules that code names. */
export interface ModuleMentions {
  /** In the order they stand there. */
  readonly mentions: readonly ModuleMention[];
  /** True when the code names a setup module whose name cannot be told. */
  readonly namesUnknownSetup: boolean;
}

/**
 * The modules below `Kernel` and `var::packagesetup` that code names outside comments, in strings and elsewhere.
 *
 * @param packageName of the package that the code belongs to: a setup module is often named after it
 */
export function moduleMentions(perl: PerlText, packageName: string | undefined): ModuleMentions {
  const { withStrings } = perl;
  const mentions: ModuleMention[] = [];
  let texts: PerlTexts | undefined;
  let namesUnknownSetup = false;
  for (const { 0: written, 1: setup, index: start } of withStrings.matchAll(names)) {
    let module: string | undefined = written;
    if (setup === "") {
      texts ??= new PerlTexts(perl, packageName);
      module = texts.at(start - 1, anything)?.text;
      if (!module?.startsWith(written) || module === written) {
        namesUnknownSetup = true;
        continue;
      }
    }
    mentions.push({ module, start, end: start + written.length });
  }
  return { mentions, namesUnknownSetup };
}

const names = /\b(?:Kernel(?:::\w+)+|var::packagesetup::(\w*))/g;
const anything = /(?:)/y;
