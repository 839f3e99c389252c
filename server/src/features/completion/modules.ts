import { usualModules } from "../../knowledge/usual-modules.ts";
import { undeclaredModules, usedVersions } from "../../rules/shared/undeclared-modules.ts";
import type { Element } from "../../syntax/element.ts";
import type { FeatureDocument } from "../feature-document.ts";
import type { CompletionOptions } from "./item.ts";
import { type Suggestion, suggestions } from "./suggestion.ts";

/** The Perl modules to ask for: those that the package uses and nobody has been asked for, then usual ones. */
export function requiredModules(
  { spec, context }: FeatureDocument,
  element: Element,
  { others, translate }: CompletionOptions,
): readonly Suggestion[] {
  const used: Suggestion[] = [];
  // What is begun does not count as asked for.
  for (const found of undeclaredModules(spec, context, others, element))
    if (found)
      used.push({
        value: found.use.module,
        kind: "module",
        detail: translate("used in {path}", { path: found.file.path }),
      });
  const asked = new Set(
    spec
      .all("ModuleRequired")
      .flatMap(({ start, trimmedText }) => (start === element.start ? [] : [trimmedText.value])),
  );
  for (const { value } of used) asked.add(value);
  return [
    ...used.sort((a, b) => (a.value < b.value ? -1 : 1)),
    ...suggestions(
      usualModules().filter((module) => !asked.has(module)),
      "module",
    ),
  ];
}

/** The versions of a module that code of the package asks for. */
export function requiredVersions({ spec, context }: FeatureDocument, module: string): readonly Suggestion[] {
  return suggestions(usedVersions(module, spec, context), "version");
}
