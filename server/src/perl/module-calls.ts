import type { ModuleUse } from "./module-uses.ts";
import type { PerlText } from "./perl-text.ts";

/** A method that code calls of a module. */
export interface ModuleCall {
  readonly module: string;
  readonly sub: string;
  /** Where it stands in the Perl text. */
  readonly index: number;
  /** Where the name of the method ends. */
  readonly end: number;
}

/**
 * The methods that code calls of the modules it names, each as often as it is called: behind the use of the module, or
 * of a variable that such a use was assigned to.
 */
export function moduleCalls({ code }: PerlText, uses: readonly ModuleUse[]): readonly ModuleCall[] {
  const calls: ModuleCall[] = [];
  for (const use of uses) {
    const called = directCall(code, use);
    if (called) calls.push({ module: use.module, sub: called.sub, index: use.index, end: called.end });
  }
  const variables = assignedModules({ code }, uses);
  for (const match of code.matchAll(/\$(\w+)\s*->\s*(\w+)/g)) {
    const module = variables.get(match[1]!);
    if (module !== undefined)
      calls.push({ module, sub: match[2]!, index: match.index, end: match.index + match[0].length });
  }
  return calls;
}

/** The variables that objects of modules are assigned to, with the modules. */
export function assignedModules(
  { code }: Pick<PerlText, "code">,
  uses: readonly ModuleUse[],
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const use of uses) {
    const called = directCall(code, use);
    if (!called || (!use.loads && called.sub === "new"))
      rememberVariable(code, use.index, use.module, variables);
  }
  return variables;
}

/** The method that is called behind the use of a module. */
function directCall(
  code: string,
  { end, loads }: ModuleUse,
): { readonly sub: string; readonly end: number } | undefined {
  const call = loads ? /^[^;]*?\)\s*->\s*(\w+)/ : /^\s*->\s*(\w+)/;
  const [found = "", sub] = call.exec(code.slice(end, end + 300)) ?? [];
  return sub === undefined ? undefined : { sub, end: end + found.length };
}

/** Notes the variable that a statement assigns to. Only a little before the call is looked at. */
function rememberVariable(code: string, index: number, module: string, variables: Map<string, string>): void {
  const before = code.slice(Math.max(0, index - 300), index);
  const [, variable] = /\$(\w+)\s*=[^=]*$/.exec(before.slice(before.lastIndexOf(";") + 1)) ?? [];
  if (variable !== undefined) variables.set(variable, module);
}
