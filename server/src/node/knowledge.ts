import { makeKnowledge } from "../knowledge/knowledge-source.ts";
import { readDataFile } from "./data-file.ts";

/**
 * What our data says of the frameworks. It never changes, so that all of a process share it.
 *
 * Asking throws MissingPart when the answer is in a data file that is not there.
 */
export const { knowledgeFor, knowledgeOf } = makeKnowledge((section) =>
  readDataFile("knowledge", `${section}.txt`),
);
