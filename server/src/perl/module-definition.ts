import type { ModuleCall } from "./module-calls.ts";
import type { PerlText } from "./perl-text.ts";

/** What the source of a module defines. */
export interface ModuleDefinition {
  /** The package that it declares first, such as "var::packagesetup::Acme"; undefined when it declares none. */
  readonly name: string | undefined;
  /** The subs that are written in it. */
  readonly subs: ReadonlySet<string>;
  /** Whether it may have other subs than those: of a parent, of an import, or made while it runs. */
  readonly borrows: boolean;
}

export function moduleDefinition({ code }: PerlText): ModuleDefinition {
  return {
    name: /(?<![\w$@%&>:])package\s+([\w:]+)/.exec(code)?.[1],
    subs: new Set([...code.matchAll(/(?<![\w$@%&>:])sub\s+(\w+)/g)].map(([, name]) => name!)),
    borrows: borrowing.test(code),
  };
}

/** Whether a module has the method that is called of it; undefined where it may be one of elsewhere. */
export function hasSub(
  { module, sub }: ModuleCall,
  { name, subs, borrows }: ModuleDefinition,
): boolean | undefined {
  if (inheritedSubs.has(sub) || subs.has(sub)) return true;
  return name === module && !borrows ? false : undefined;
}

/** Methods that every object has. */
const inheritedSubs: ReadonlySet<string> = new Set("new can isa DOES VERSION import unimport".split(" "));

/**
 * What brings subs of elsewhere into a module, or makes them while it runs. Modules of the framework that export nothing
 * bring none.
 */
const borrowing =
  /(?<![\w$%&>:])(?:parent|base|fields|extends|with|AUTOLOAD|Moose|Moo|Mouse|Role|accessors|require|import)(?!\w)|(?<![\w$%&>:])eval(?!\w|\s*\{)|\bISA\b|\*\s*\{|\*\w|use\s+(?!strict\b|warnings\b|utf8\b|vars\b|v?\d|List::Util\b|Data::Dumper\b|Kernel::System::VariableCheck\b|Kernel::(?:Config|System|Output|Modules|GenericInterface)(?:::\w+)*\s*;)/;
