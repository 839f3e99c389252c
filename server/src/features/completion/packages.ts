import { compareStrictly } from "../../model/version.ts";
import type { FeatureDocument } from "../feature-document.ts";
import type { CompletionOptions } from "./item.ts";
import type { Suggestion } from "./suggestion.ts";

/**
 * The packages that are known beside this one, with the highest version that is known of each.
 *
 * @param without names that are not offered, or are offered already
 */
export function knownPackages(
  { context }: FeatureDocument,
  options: CompletionOptions,
  without: Iterable<string>,
): readonly Suggestion[] {
  const left = new Set([...without, context.packageName ?? ""]);
  const installed = new Map(options.installed?.().map(({ name, version }) => [name, version]));
  const names = new Set([...(options.others?.names() ?? []), ...[...installed.keys()].sort()]);
  const suggestions: Suggestion[] = [];
  for (const name of names) {
    if (left.has(name)) continue;
    // There may be thousands, of which few are shown.
    let highest = installed.get(name) ?? "";
    for (const { version } of options.others?.named(name) ?? [])
      if (version !== "" && (highest === "" || compareStrictly(version, highest) > 0)) highest = version;
    suggestions.push({ value: name, kind: "package", ...(highest === "" ? {} : { detail: highest }) });
  }
  return suggestions;
}

/** The versions that are known of a package, highest first, and where each was found. */
export function knownVersions(
  name: string,
  { others, installed, translate }: CompletionOptions,
): readonly Suggestion[] {
  const places = {
    spec: translate("in the workspace"),
    archive: translate("in an archive"),
    index: translate("in an index"),
  };
  const found = new Map<string, string>();
  const take = (version: string, where: string) => {
    if (version !== "" && !found.has(version)) found.set(version, where);
  };
  const packages = others?.named(name) ?? [];
  for (const kind of ["spec", "archive", "index"] as const)
    for (const each of packages) if (each.kind === kind) take(each.version, places[kind]);
  for (const each of installed?.() ?? [])
    if (each.name === name) take(each.version, translate("in the sandbox"));
  return [...found]
    .sort(([a], [b]) => compareStrictly(b, a))
    .map(([value, detail]) => ({ value, kind: "version", detail }));
}
