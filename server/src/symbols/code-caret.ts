import { assignedModules } from "../perl/module-calls.ts";
import type { Element } from "../syntax/element.ts";
import type { Span } from "../text/span.ts";
import { codeSection, moduleUsesIn } from "./code-section.ts";

/** What is being written at a place in a code section. */
export type CodeCaret =
  /** The name of a module. */
  | {
      readonly kind: "module";
      /** What is there of it, on both sides of the caret. */
      readonly span: Span;
      /** The quotes that are still to be written around it. */
      readonly before: string;
      readonly behind: string;
    }
  /** The method that is called of a module, or of an object of it. */
  | { readonly kind: "method"; readonly module: string; readonly span: Span };

/** How far is looked on both sides of the caret. */
const reach = 300;

/** Undefined in comments, and where anything but the name of a module or a method may stand. */
export function codeCaret(
  section: Element,
  offset: number,
  packageName: string | undefined,
): CodeCaret | undefined {
  const { perl, indexAt } = codeSection(section);
  const index = indexAt(offset);
  if (index === undefined) return undefined;
  const before = perl.withStrings.slice(Math.max(0, index - reach), index);
  const behind = perl.withStrings.slice(index, index + reach);
  const spanOf = (typed: string, rest: string) => ({
    start: offset - typed.length,
    end: offset + rest.length,
  });

  const [rest] = /^[\w:]*/.exec(behind)!;
  const [, quote, loaded = ""] = loading.exec(before) ?? [];
  if (quote !== undefined) {
    const closing = quote === "" ? "'" : quote;
    const isClosed = quote !== "" && behind.startsWith(quote, rest.length);
    return {
      kind: "module",
      span: spanOf(loaded, rest),
      before: quote === "" ? closing : "",
      behind: isClosed ? "" : closing,
    };
  }
  const [, named] = using.exec(before) ?? naming.exec(before) ?? [];
  if (named !== undefined) return { kind: "module", span: spanOf(named, rest), before: "", behind: "" };

  const [call, method] = /\s*->\s*(\w*)$/.exec(before) ?? [];
  if (call === undefined || method === undefined) return undefined;
  const module = moduleBefore(section, index - call.length, packageName);
  if (module === undefined) return undefined;
  return { kind: "method", module, span: spanOf(method, /^\w*/.exec(behind)![0]) };
}

/** Of the object manager, or of what loads by name. */
const loading =
  /(?:\$Kernel::OM\s*->\s*(?:Get|Create)|->\s*Require)\s*\(\s*(?:ObjectName\s*=>\s*)?(['"]?)([\w:]*)$/;
const using = /(?:^|[;{}\n])\s*(?:use|require)\s+([\w:]*)$/;
const naming = /(?<![\w:$@%&])((?:Kernel|var)::[\w:]*)$/;

/** The module whose object or class stands in front of a place of the Perl. */
function moduleBefore(section: Element, end: number, packageName: string | undefined): string | undefined {
  const { perl } = codeSection(section);
  const uses = moduleUsesIn(section, packageName);
  const { code } = perl;
  const isLoaded = /^[^;()]*\)$/;
  const loaded = uses.findLast(
    (use) => use.loads && use.end <= end && end - use.end <= reach && isLoaded.test(code.slice(use.end, end)),
  );
  if (loaded) return loaded.module;
  const [, variable, module] =
    /(?:\$(\w+)|(?<![\w:$@%&])([A-Za-z_]\w*(?:::\w+)+))$/.exec(code.slice(Math.max(0, end - reach), end)) ??
    [];
  return variable === undefined ? module : assignedModules(perl, uses).get(variable);
}
