/**
 * The documents that the server looks after. Other schemes, such as the old side of a diff, are left out:
 * their text has no folder of files to be compared with.
 */
export const documentSelector: { language: string; scheme: string }[] = ["sopm", "opm"].flatMap((language) =>
  ["file", "untitled"].map((scheme) => ({ language, scheme })),
);
