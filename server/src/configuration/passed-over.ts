/** Folders of tools and of version control: they hold copies of files, or what others have written. */
const foreignFolders = [
  "node_modules",
  "bower_components",
  "local-lib",
  "CVS",
  ".git",
  ".hg",
  ".svn",
] as const;

/** Where no specs are looked for unless the settings say otherwise: hidden folders, those of tools, build output. */
export const defaultIgnoredFolders: readonly string[] = [
  ".*",
  "bower_components",
  "build",
  "coverage",
  "CVS",
  "dist",
  "local-lib",
  "node_modules",
  "out",
  "target",
];

/**
 * Tells whether a folder is one in which no specs are looked for, or lies in one.
 *
 * @param patterns names of folders, or paths from the workspace folder on, with `/`; `*` stands for any characters
 *   of a name
 * @param names the names that lead to the folder from the workspace folder on
 */
export function isIgnored(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("/").filter((part) => part !== "");
    if (parts.length === 0) return false;
    if (parts.length === 1 && !pattern.startsWith("/")) return names.some((name) => fits(parts[0]!, name));
    return parts.length <= names.length && parts.every((part, index) => fits(part, names[index]!));
  });
}

/** Whether a name is one that a pattern means, in which `*` stands for any characters. */
function fits(pattern: string, name: string): boolean {
  return matches(pattern, "*", name, (wanted, is) => wanted === is);
}

/** Whether a path is one that a pattern means, both as names; `**` stands for any number of them. */
export function fitsPath(pattern: readonly string[], names: readonly string[]): boolean {
  return matches(pattern, "**", names, fits);
}

/** The work is at most the product of both lengths. */
function matches(
  pattern: ArrayLike<string>,
  any: string,
  name: ArrayLike<string>,
  isMeant: (wanted: string, is: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < name.length; ) {
    if (pattern[at] === any) {
      star = at++;
      afterStar = index;
    } else if (at < pattern.length && isMeant(pattern[at]!, name[index]!)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++afterStar;
    } else return false;
  }
  while (pattern[at] === any) at++;
  return at === pattern.length;
}

/** True for the name of a folder whose changes concern no package: those of tools and of version control. */
export function isNoPackageFolder(name: string): boolean {
  return (foreignFolders as readonly string[]).includes(name);
}

export function isSpecName(name: string): boolean {
  return name.endsWith(".sopm");
}
