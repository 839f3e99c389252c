import { codeElements } from "./code-elements.ts";
import { databaseElements } from "./database-elements.ts";
import { databaseSectionElements } from "./database-section-elements.ts";
import type { ElementFact } from "./element-fact.ts";
import { fileElements } from "./file-elements.ts";
import { introElements } from "./intro-elements.ts";
import { packageElements } from "./package-elements.ts";
import { requirementElements } from "./requirement-elements.ts";

/** The rows by subject, in the order of the tag reference; the titles are its headings. */
export const elementSubjects: readonly { readonly title: string; readonly facts: readonly ElementFact[] }[] =
  [
    { title: "The package", facts: packageElements },
    { title: "Requirements and merging", facts: requirementElements },
    { title: "Files", facts: fileElements },
    { title: "Texts for the person who installs", facts: introElements },
    { title: "Code", facts: codeElements },
    { title: "Database sections", facts: databaseSectionElements },
    { title: "Tables, columns, keys and rows", facts: databaseElements },
  ];

/**
 * Every element of `.sopm` and `.opm`, of all dialects.
 * What only a repository index has (`FileDoc`, the package list) is not part of a package and not in here.
 */
export const elementFacts: readonly ElementFact[] = elementSubjects.flatMap(({ facts }) => facts);
