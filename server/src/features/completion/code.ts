import { newestWith } from "../../knowledge/join-knowledge.ts";
import { listedSubs } from "../../rules/shared/perl-files.ts";
import { codeCaret } from "../../symbols/code-caret.ts";
import { isCodeFamily } from "../../symbols/code-symbols.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import { nameOfPath } from "../../symbols/file-symbols.ts";
import { symbolsOf } from "../../symbols/package-symbols.ts";
import type { Element } from "../../syntax/element.ts";
import { type Span, touches } from "../../text/span.ts";
import type { FeatureDocument } from "../feature-document.ts";
import { type BoundedSuggestions, bounded } from "./bounded.ts";
import type { CompletionOptions } from "./item.ts";
import { type Suggestion, suggestions } from "./suggestion.ts";

/** What may be inserted in code, and where. */
export interface CodeSuggestions extends BoundedSuggestions {
  readonly span: Span;
  readonly before: string;
  readonly behind: string;
}

/** Names of modules and methods at an offset in a code section; undefined where neither is being written. */
export function codeSuggestions(
  document: FeatureDocument,
  section: Element | undefined,
  offset: number,
  options: CompletionOptions,
): CodeSuggestions | undefined {
  if (!section || !isCodeFamily(section.name)) return undefined;
  const caret = codeCaret(section, offset, document.spec.name);
  if (!caret) return undefined;
  const { span } = caret;
  const typed = document.tree.source.slice(span.start, offset);
  if (caret.kind === "module") return { ...caret, ...bounded(modules(document, options), typed) };
  const methods = methodsOf(document, caret.module, offset);
  return {
    ...{ span, before: "", behind: "" },
    suggestions: suggestions(methods ?? [], "method"),
    isIncomplete: methods === undefined,
  };
}

/** Those of the package, setup modules first, then those of the newest framework that they are known of. */
function modules(
  { spec, context }: FeatureDocument,
  { translate }: CompletionOptions,
): readonly Suggestion[] {
  const own = [...new Set(fileList(spec).summaries(modulesIn, modulesIn).flat())];
  const isSetup = (module: string) => module.startsWith("var::packagesetup::");
  const known = new Set(own);
  const { knowledge } = context;
  const framework = newestWith(knowledge, (part) => part.moduleNames());
  return [
    ...suggestions(
      [...own.filter(isSetup), ...own.filter((module) => !isSetup(module))],
      "module",
      translate("of this package"),
    ),
    ...suggestions(
      (framework?.moduleNames() ?? []).filter((module) => !known.has(module)),
      "module",
      framework?.release,
    ),
  ];
}

function modulesIn(files: readonly ListedFile[]): readonly string[] {
  return files.flatMap(({ path }) => {
    const { kind, name } = nameOfPath(path);
    return kind === "module" ? [name] : [];
  });
}

/**
 * The methods of a module: those that are written in it, where the package brings it, and those that other places in the
 * spec call. Undefined while the module is not read.
 */
function methodsOf(
  { spec, context }: FeatureDocument,
  module: string,
  offset: number,
): readonly string[] | undefined {
  const written = listedSubs(spec, module, context);
  const isPrivate = (name: string) => name.startsWith("_");
  const called: string[] = [];
  for (const { name, span } of symbolsOf(spec, { kinds: ["sub"], role: "used", owner: module }))
    if (!touches(span, offset)) called.push(name);
  return (
    written && [...written.filter((name) => !isPrivate(name)), ...called.sort(), ...written.filter(isPrivate)]
  );
}
