/**
 * What the parts of a spec are, as far as a colour can tell it. `standard` is the type of the protocol that comes
 * closest, for editors that were told nothing of ours.
 */
export const tokenTypes = [
  { name: "packageTag", standard: "property" },
  { name: "requirementTag", standard: "interface" },
  { name: "fileTag", standard: "namespace" },
  { name: "introTag", standard: "string" },
  { name: "codeTag", standard: "function" },
  { name: "databaseTag", standard: "struct" },
  { name: "versionGate", standard: "number" },
  { name: "databaseTable", standard: "class" },
  { name: "databaseColumn", standard: "variable" },
  { name: "databaseIndex", standard: "macro" },
] as const;
export type TokenType = (typeof tokenTypes)[number]["name"];

/**
 * What is true of such a part beside that.
 *
 * - `declaration`: the name is given here to something new
 * - `defaultLibrary`: what is named belongs to the framework
 * - `unknown`: what is named is neither the package's nor the framework's
 * - `dead`: it never runs
 */
export const tokenModifiers = [
  { name: "declaration", standard: "declaration" },
  { name: "defaultLibrary", standard: "defaultLibrary" },
  { name: "unknown", standard: "unknown" },
  { name: "dead", standard: "deprecated" },
] as const;
export type TokenModifier = (typeof tokenModifiers)[number]["name"];
