import { joinKnowledge } from "./join-knowledge.ts";
import type { Knowledge } from "./knowledge.ts";
import { NameLists } from "./name-lists.ts";
import { readKnowledge, type Section } from "./read-knowledge.ts";
import { type Release, releaseFor } from "./releases.ts";

/** What is known of the frameworks. */
export interface KnowledgeSource {
  /**
   * What is known of a version of a product, read from our data when first asked for. Versions of one release line are
   * given the same object each time.
   *
   * @param product as the product writes it, such as "Znuny"
   */
  readonly knowledgeFor: (product: string, version: string) => Knowledge;
  /** The same for several releases at once, the newest last; the same releases are given the same object each time. */
  readonly knowledgeOf: (releases: readonly Release[]) => Knowledge;
}

/**
 * Knowledge that is read out of our data.
 *
 * @param readSection gives the text of a section; it is asked once for each, when something of it is first asked for
 */
export function makeKnowledge(readSection: (section: Section) => string): KnowledgeSource {
  const known = new Map<string, Knowledge>();
  const sections = new Map<Section, NameLists>();

  function load(section: Section): NameLists {
    let lists = sections.get(section);
    if (!lists) {
      lists = new NameLists(readSection(section));
      sections.set(section, lists);
    }
    return lists;
  }

  function knowledgeOf(releases: readonly Release[]): Knowledge {
    const key = releases.map(({ id }) => id).join(" ");
    let knowledge = known.get(key);
    if (!knowledge) {
      const [release] = releases;
      knowledge =
        release && releases.length === 1
          ? readKnowledge(release, load)
          : joinKnowledge(releases.map((each) => knowledgeOf([each])));
      known.set(key, knowledge);
    }
    return knowledge;
  }

  return {
    knowledgeOf,
    knowledgeFor: (product, version) => {
      const release = releaseFor(product, version);
      return knowledgeOf(release ? [release] : []);
    },
  };
}
