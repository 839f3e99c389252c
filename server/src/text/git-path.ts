/** Of a working copy, of one beside others of its repository, and of one within another repository; no logs of them. */
const references =
  /\/\.git\/(?!(?:.+\/)?logs\/)(?:(?:worktrees|modules)\/.+\/)?(?:refs\/.*|packed-refs|HEAD)$/;

/**
 * Whether Git keeps tags in a file, or which commit is checked out: a tag counts when that one comes from it.
 *
 * @param path a path or a URI
 */
export function isGitReference(path: string): boolean {
  return references.test(path);
}
