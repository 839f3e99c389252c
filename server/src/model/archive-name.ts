/** Whether a path or an address is one of an archive. Everything else that is named as a package is a spec. */
export function isArchiveName(name: string): boolean {
  return /\.opm$/i.test(name);
}
