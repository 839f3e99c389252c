import type { PerlText } from "./perl-text.ts";
import { PerlTexts, read } from "./said-texts.ts";
import { surePlaces } from "./sure-places.ts";

/** A place where Perl code cannot do without a module. */
export interface ModuleUse {
  /** As Perl writes it, such as "Kernel::System::Acme". */
  readonly module: string;
  /** Where the use begins: the word, the arrow of a call or the name of a class. */
  readonly index: number;
  /** Behind the name. */
  readonly end: number;
  /** False where a class is called that somebody else has to have loaded. */
  readonly loads: boolean;
  /** Whether the code dies when there is no such module: at once, when it comes to it, or not. */
  readonly dies: "at-once" | "there" | "no";
  /** The version that `use` asks for at least, as it is written; absent where it asks for none. */
  readonly version?: string;
}

/**
 * The modules that code loads or calls as classes, in the order they stand there.
 *
 * Perl can be parsed by nothing but Perl, so they are found by their usual forms: `use`, `require`, the object
 * manager's `Get`, `Create` and `Require`, and `Class->method`. A name may be put together, also in a variable.
 *
 * @param packageName of the package that the code belongs to, for `$Param{Structure}->{Name}->{Content}`
 */
export function moduleUses(perl: PerlText, packageName: string | undefined): readonly ModuleUse[] {
  const { code } = perl;
  const texts = new PerlTexts(perl, packageName);
  const found: ModuleUse[] = [];
  for (const match of code.matchAll(statement)) {
    const { 0: text, 1: word, 2: module = "", index } = match;
    if (module === "parent" || module === "base") found.push(...parents(perl, index, index + text.length));
    if (pragmas.has(module) || /^v\d/.test(module)) continue;
    const dies = word === "require" ? "there" : isStatement(code, index) ? "at-once" : "no";
    const end = index + text.length;
    const version = word === "use" ? read(askedVersion, code, end)?.[1] : undefined;
    found.push({ module, index, end, loads: true, dies, ...(version === undefined ? {} : { version }) });
  }
  for (const { 0: text, index } of code.matchAll(loader)) {
    const start = index + text.length;
    const named = read(/\s*ObjectName\s*=>/y, perl.withStrings, start)?.[0] ?? "";
    const argument = texts.at(start + named.length, /[,)]/y);
    if (!argument || !moduleName.test(argument.text)) continue;
    const dies = isObjectManager(code, index) ? "there" : "no";
    found.push({ module: argument.text, index, end: argument.end, loads: true, dies });
  }
  for (const { 0: text, 1: name = "", index } of code.matchAll(classCall)) {
    const module = name.startsWith("$") ? texts.ofVariable(name.slice(1)) : name;
    if (!module?.includes("::") || module === "Kernel::OM" || !moduleName.test(module)) continue;
    found.push({ module, index, end: index + text.length, loads: false, dies: "there" });
  }
  return found.sort((a, b) => a.index - b.index);
}

/**
 * The uses of modules that are not there, without which the code surely dies, those first that it dies of first. Of
 * other uses nobody knows.
 *
 * @param uses in their order
 */
export function deadlyUses(
  { code }: PerlText,
  uses: readonly ModuleUse[],
  isMissing: (module: string) => boolean,
): readonly ModuleUse[] {
  const missing = uses.filter(({ module }) => isMissing(module));
  const isSure = surePlaces(code);
  return [
    ...missing.filter(({ dies }) => dies === "at-once"),
    ...missing.filter(({ dies, index }) => dies === "there" && isSure(index)),
  ];
}

/**
 * The modules that a file cannot be loaded without, in the order they stand there. What is in an `eval` its author can do
 * without, even where Perl cannot.
 */
export function demandedModules(perl: PerlText, uses: readonly ModuleUse[]): readonly ModuleUse[] {
  const isOptional = insideEval(perl.code);
  return deadlyUses(perl, uses, () => true)
    .toSorted((a, b) => a.index - b.index)
    .filter(({ index }) => !isOptional(index));
}

/** Tells whether a place is in a block whose failure is caught. It has to be asked in the order of the places. */
export function insideEval(code: string): (index: number) => boolean {
  const braces = code.matchAll(/(?<![\w$@%&>:])(?:eval|try)\s*\{|[{}]/g);
  const open: boolean[] = [];
  let depth = 0;
  let brace = braces.next().value;
  return (index) => {
    for (; brace && brace.index < index; brace = braces.next().value) {
      if (brace[0] === "}") depth -= open.pop() ? 1 : 0;
      else {
        open.push(brace[0] !== "{");
        depth += open.at(-1) ? 1 : 0;
      }
    }
    return depth > 0;
  };
}

const moduleName = /^[A-Za-z_]\w*(?:::\w+)*$/;
const statement = /(?<![\w$@%&>:])(use|require)\s+([A-Za-z_]\w*(?:::\w+)*)(?![\w:])/g;
/** A number in front of what is imported; with a comma behind it it is imported itself. */
const askedVersion = /\s+(v?\d[\d._]*)(?=\s*(?:;|$|[^\s,=.\d]))/y;
const loader = /->\s*(?:Get|Create|Require)\s*\(/g;
const classCall = /(?<![\w$@%&>:{])(\$\w+|[A-Za-z_]\w*(?:::\w+)+)(?=\s*->\s*\w)/g;

/** The classes that a module inherits from, which are loaded with it. */
function* parents({ code, withStrings }: PerlText, index: number, start: number): Iterable<ModuleUse> {
  const [statement = ""] = code.slice(start, start + longestCall).split(";", 1);
  const given = withStrings.slice(start, start + statement.length);
  if (!isStatement(code, index) || given.includes("-norequire")) return;
  for (const { 0: module, index: at } of given.matchAll(/(?<![\w:$@-])[A-Z]\w*(?:::\w+)*/g))
    yield { module, index, end: start + at + module.length, loads: true, dies: "at-once" };
}

const pragmas: ReadonlySet<string> = new Set(
  "strict warnings utf8 vars lib base parent constant feature integer bytes overload no".split(" "),
);

/** What is used is loaded before the first statement runs, wherever it stands. */
function isStatement(code: string, index: number): boolean {
  return /(?:^|[;{}])\s*$/.test(code.slice(Math.max(0, index - 200), index));
}

/** The object manager dies of a module that cannot be loaded, unless told to be silent; `Require` returns false. */
function isObjectManager(code: string, index: number): boolean {
  const [call = ""] = code.slice(index, index + longestCall).split(";", 1);
  return (
    /\$Kernel::OM\s*$/.test(code.slice(Math.max(0, index - 40), index)) &&
    /^->\s*(?:Get|Create)\b/.test(call) &&
    !/\bSilent\b/.test(call)
  );
}

const longestCall = 1000;
