/** A package as far as its place among others depends on it. */
export interface DependentPackage {
  readonly name: string;
  /** The names of those that it requires, known or not. */
  readonly requires: readonly string[];
}

/**
 * Packages in an order in which each comes after those that it requires, else by name. Where requirements go round in a
 * circle, one of them comes first all the same.
 */
export function inDependencyOrder<Package extends DependentPackage>(
  packages: readonly Package[],
): readonly Package[] {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const byName = new Map<string, Package[]>();
  for (const each of sorted) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  const ordered = new Set<Package>();
  const seen = new Set<Package>();
  // A way through requirements may be longer than the stack is deep.
  for (const start of sorted) {
    const waiting = [start];
    for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
      const required = seen.has(next) ? [] : next.requires.flatMap((name) => byName.get(name) ?? []);
      seen.add(next);
      const missing = required.filter((each) => !seen.has(each));
      if (missing.length > 0) waiting.push(...missing.reverse());
      else {
        waiting.pop();
        ordered.add(next);
      }
    }
  }
  return [...ordered];
}
