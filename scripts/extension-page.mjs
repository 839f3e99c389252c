/** Stands in the manifest's addresses until somebody fills in where the project lives. No host gives such a name away. */
export const placeholder = "/-owner-/";

/**
 * The README as the extension's page shows it. The packer gives the addresses of the repository to its pictures and
 * links, because an editor shows nothing on that page that does not come by https, not even from the extension's own
 * folder. As long as nobody has said where the repository is, what would lead nowhere is left out.
 *
 * @param repository the manifest's address of it
 */
export function extensionPage(readme, repository) {
  if (!repository.includes(placeholder)) return readme;
  return readme
    .replace(/^!\[[^\]]*\]\((?!\w+:)[^)]*\)\n+/gm, "")
    .replace(/\[([^\]]*)\]\((?!\w+:|#)[^)]*\)/g, "$1");
}
