/**
 * Whether a file may be one of a package. What sandboxes and Git keep is none: the server tells what was done to a sandbox,
 * and `GitReferences` which version is another one.
 *
 * @param path of a URI
 */
export function mayBePackageFile(path: string): boolean {
  return !/\/(?:\.sopm|\.git|node_modules)\//.test(path);
}
