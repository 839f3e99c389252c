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
  const variables = new Map<string, string>();
  for (const { module, index, end, loads } of uses) {
    const call = loads ? /^[^;]*?\)\s*->\s*(\w+)/ : /^\s*->\s*(\w+)/;
    const [found = "", sub] = call.exec(code.slice(end, end + 300)) ?? [];
    if (sub !== undefined) calls.push({ module, sub, index, end: end + found.length });
    if (sub === undefined || (!loads && sub === "new")) rememberVariable(code, index, module, variables);
  }
  for (const match of code.matchAll(/\$(\w+)\s*->\s*(\w+)/g)) {
    const module = variables.get(match[1]!);
    if (module !== undefined)
      calls.push({ module, sub: match[2]!, index: match.index, end: match.index + match[0].length });
  }
  return calls;
}

/** Notes the variable that a statement assigns to. Only a little before the call is looked at. */
function rememberVariable(code: string, index: number, module: string, variables: Map<string, string>): void {
  const before = code.slice(Math.max(0, index - 300), index);
  const [, variable] = /\$(\w+)\s*=[^=]*$/.exec(before.slice(before.lastIndexOf(";") + 1)) ?? [];
  if (variable !== undefined) variables.set(variable, module);
}
