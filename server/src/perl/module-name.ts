/** Where the file of a module is, such as "Kernel/System/Acme.pm", below one of the folders that Perl looks in. */
export function modulePath(module: string): string {
  return `${module.replaceAll("::", "/")}.pm`;
}

/** What a setup module is called behind `var::packagesetup::`; undefined for other modules. */
export function setupName(module: string): string | undefined {
  return module.startsWith(setupPrefix) ? module.slice(setupPrefix.length) : undefined;
}

const setupPrefix = "var::packagesetup::";
