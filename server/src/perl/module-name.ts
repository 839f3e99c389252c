/** Where the file of a module is, such as "Kernel/System/Acme.pm", below one of the folders that Perl looks in. */
export function modulePath(module: string): string {
  return `${module.replaceAll("::", "/")}.pm`;
}

/** The module in a file, going by its path below the home; undefined for files that Perl does not look for. */
export function moduleIn(path: string): string | undefined {
  const [, name] = /^(?:Custom\/|Kernel\/cpan-lib\/)?(\w+(?:\/\w+)*)\.pm$/.exec(path) ?? [];
  return name?.replaceAll("/", "::");
}

/** What a setup module is called behind `var::packagesetup::`; undefined for other modules. */
export function setupName(module: string): string | undefined {
  return module.startsWith(setupPrefix) ? module.slice(setupPrefix.length) : undefined;
}

const setupPrefix = "var::packagesetup::";

/** The paths at which Perl looks for a module, below the home; those that count first stand first. */
export function modulePlaces(module: string): readonly string[] {
  const path = modulePath(module);
  return [`Custom/${path}`, path, `Kernel/cpan-lib/${path}`];
}
