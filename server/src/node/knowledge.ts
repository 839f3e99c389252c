import { joinKnowledge } from "../knowledge/join-knowledge.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { NameLists } from "../knowledge/name-lists.ts";
import { readKnowledge, type Section } from "../knowledge/read-knowledge.ts";
import { type Release, releaseFor } from "../knowledge/releases.ts";
import { readDataFile } from "./data-file.ts";

/**
 * What is known of a version of a product, read from our data when first asked for. Versions of one release line are
 * given the same object each time.
 *
 * @param product as the product writes it, such as "Znuny"
 * @throws MissingPart when asked for something whose data file is not there
 */
export function knowledgeFor(product: string, version: string): Knowledge {
  const release = releaseFor(product, version);
  return knowledgeOf(release ? [release] : []);
}

/** The same for several releases at once, the newest last; the same releases are given the same object each time. */
export function knowledgeOf(releases: readonly Release[]): Knowledge {
  const key = releases.map(({ id }) => id).join(" ");
  let known = knowledge.get(key);
  if (!known) {
    const [release] = releases;
    known =
      release && releases.length === 1
        ? readKnowledge(release, load)
        : joinKnowledge(releases.map((each) => knowledgeOf([each])));
    knowledge.set(key, known);
  }
  return known;
}

const knowledge = new Map<string, Knowledge>();
const sections = new Map<Section, NameLists>();

function load(section: Section): NameLists {
  let lists = sections.get(section);
  if (!lists) {
    lists = new NameLists(readDataFile("knowledge", `${section}.txt`));
    sections.set(section, lists);
  }
  return lists;
}
