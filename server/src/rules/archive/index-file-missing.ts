import type { ComparisonRule } from "../rule.ts";

/** What is offered is downloaded from where the index says. */
export const indexFileMissing: ComparisonRule = {
  id: "index-file-missing",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    gone: "“{package}” cannot be downloaded, because “{file}” is not in the folder of the index or below it. Put the archive there, or write the index anew with “sopm index”.",
    unreadable:
      "“{package}” cannot be installed, because no package can be read out of “{file}”. Build the archive anew.",
    unnamed:
      "“{package}” cannot be downloaded, because its entry names no File. Write the index anew with “sopm index”.",
    "all-gone":
      "The entries cannot be compared with their archives, because none of the {count} archives is in the folder of the index or below it.",
  },
};
