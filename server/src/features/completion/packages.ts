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
  const installed = options.installed?.().map(({ name }) => name) ?? [];
  const names = [...new Set([...(options.others?.names() ?? []), ...installed.toSorted()])];
  return names
    .filter((name) => !left.has(name))
    .map((name) => {
      const [highest] = versionsOf(name, options);
      return { value: name, kind: "package", ...(highest === undefined ? {} : { detail: highest.version }) };
    });
}

/** The versions that are known of a package, highest first, and where each was found. */
export function knownVersions(name: string, options: CompletionOptions): readonly Suggestion[] {
  return versionsOf(name, options).map(({ version, where }) => ({
    value: version,
    kind: "version",
    detail: where,
  }));
}

interface KnownVersion {
  readonly version: string;
  /** In the reader's language. */
  readonly where: string;
}

function versionsOf(
  name: string,
  { others, installed, translate }: CompletionOptions,
): readonly KnownVersion[] {
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
    .map(([version, where]) => ({ version, where }))
    .sort((a, b) => compareStrictly(b.version, a.version));
}
