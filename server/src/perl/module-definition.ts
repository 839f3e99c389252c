import { readPerl } from "./perl-text.ts";

/** What the source of a module defines. */
export interface ModuleDefinition {
  /** The package that it declares first, such as "var::packagesetup::Acme"; undefined when it declares none. */
  readonly name: string | undefined;
  /** The subs that are written in it. */
  readonly subs: ReadonlySet<string>;
  /** Whether it may have other subs than those: of a parent, of an import, or made while it runs. */
  readonly borrows: boolean;
}

export function moduleDefinition(source: string): ModuleDefinition {
  const { code } = readPerl(source);
  return {
    name: /(?<![\w$@%&>:])package\s+([\w:]+)/.exec(code)?.[1],
    subs: new Set([...code.matchAll(/(?<![\w$@%&>:])sub\s+(\w+)/g)].map(([, name]) => name!)),
    borrows: borrowing.test(code),
  };
}

/** Methods that every object has. */
export const inheritedSubs: ReadonlySet<string> = new Set(
  "new can isa DOES VERSION import unimport".split(" "),
);

/** What brings subs of elsewhere into a module, or makes them while it runs. */
const borrowing =
  /(?<![\w$%&>:])(?:parent|base|fields|extends|with|AUTOLOAD|Moose|Moo|Mouse|Role|accessors|eval|require|import)(?!\w)|\bISA\b|\*\s*\{|\*\w|use\s+(?!strict\b|warnings\b|utf8\b|vars\b|v?\d|List::Util\b|Data::Dumper\b|Kernel::System::VariableCheck\b)/;
