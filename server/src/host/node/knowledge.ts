import type { DialectId } from "../../dialect/dialect.ts";
import { type Knowledge, noKnowledge } from "../../knowledge/knowledge.ts";
import { readKnowledge, type Section } from "../../knowledge/read-knowledge.ts";
import { releaseFor } from "../../knowledge/releases.ts";
import { readDataFile } from "./data-file.ts";

/**
 * What is known of the framework a dialect belongs to, read from our data when first asked for. Dialects of one
 * release are given the same object each time.
 *
 * @throws MissingPart when asked for something whose data file is not there
 */
export function knowledgeFor(dialect: DialectId): Knowledge {
  const release = releaseFor(dialect);
  if (!release) return noKnowledge;
  let known = knowledge.get(release.id);
  if (!known) {
    known = readKnowledge(release, load);
    knowledge.set(release.id, known);
  }
  return known;
}

const knowledge = new Map<string, Knowledge>();
const texts = new Map<Section, string>();

function load(section: Section): string {
  let text = texts.get(section);
  if (text === undefined) {
    text = readDataFile("knowledge", `${section}.txt`);
    texts.set(section, text);
  }
  return text;
}
