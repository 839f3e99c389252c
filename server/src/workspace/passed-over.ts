/** Folders of tools, which hold copies of files or what others have written. */
const toolFolders: ReadonlySet<string> = new Set(["node_modules", "bower_components", "local-lib", "CVS"]);

/** Folders that builds write into. */
const outputFolders: ReadonlySet<string> = new Set(["build", "coverage", "dist", "out", "target"]);

/** True for the name of a folder in which no specs are looked for: hidden ones, those of tools, and build output. */
export function isPassedOver(name: string): boolean {
  return name.startsWith(".") || toolFolders.has(name) || outputFolders.has(name);
}

/** True for the name of a folder whose changes concern no package: those of tools and of version control. */
export function isNoPackageFolder(name: string): boolean {
  return toolFolders.has(name) || versionControl.has(name);
}

const versionControl: ReadonlySet<string> = new Set([".git", ".hg", ".svn"]);

export function isSpecName(name: string): boolean {
  return name.endsWith(".sopm");
}
