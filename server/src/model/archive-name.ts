/** Whether a path or an address is one of an archive. Everything else that is named as a package is a spec. */
export function isArchiveName(name: string): boolean {
  return /\.opm$/i.test(name);
}

/** The version in the name that the frameworks' builder gives an archive; empty where it has none. */
export function versionInArchiveName(name: string): string {
  return /-([^-/\\]*)\.opm$/i.exec(name)?.[1] ?? "";
}
