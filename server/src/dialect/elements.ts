import { codeElements } from "./code-elements.ts";
import { databaseElements } from "./database-elements.ts";
import { databaseSectionElements } from "./database-section-elements.ts";
import type { ElementFact } from "./element-fact.ts";
import { fileElements } from "./file-elements.ts";
import { introElements } from "./intro-elements.ts";
import { packageElements } from "./package-elements.ts";
import { requirementElements } from "./requirement-elements.ts";

/**
 * Every element of `.sopm` and `.opm`, of all dialects, in the order of the tag reference.
 * What only a repository index has (`FileDoc`, the package list) is not part of a package and not in here.
 */
export const elementFacts: readonly ElementFact[] = [
  ...packageElements,
  ...requirementElements,
  ...fileElements,
  ...introElements,
  ...codeElements,
  ...databaseSectionElements,
  ...databaseElements,
];
