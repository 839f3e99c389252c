import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import { type DatabaseKind, databaseTitles } from "../protocol/databases.ts";
import type { BasisArea, BasisFact } from "../system/basis.ts";
import type { KeptPromises } from "./promise-counts.ts";
import { hitRate } from "./promise-words.ts";

/** What statements rest on, in one line, the surest first, such as "Znuny 7.1.7 was run (parsing, life cycle)". */
export function basisLine(basis: readonly BasisFact[], translate: Translate): string {
  const groups = new Map<string, { readonly fact: BasisFact; readonly areas: string[] }>();
  for (const kind of Object.keys(groundTexts)) {
    for (const fact of basis) {
      if (fact.certainty !== kind) continue;
      const key = `${kind} ${fact.release}`;
      const group = groups.get(key) ?? { fact, areas: [] };
      group.areas.push(translate(areaTitles[fact.area].text));
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map(({ fact: { certainty, release = "" }, areas }) =>
      translate(groundTexts[certainty].text, { release, areas: areas.join(", ") }),
    )
    .join("; ");
}

/** The same as a sentence with its title, and how often it was right on test systems, where any has shown it. */
export function basisText(
  { basis, kept }: { readonly basis: readonly BasisFact[]; readonly kept: KeptPromises | undefined },
  translate: Translate,
): string {
  const sentence = `${translate(basisTitle.text)}: ${basisLine(basis, translate)}.`;
  return kept ? `${sentence} ${messageText(hitRate(kept), translate)}` : sentence;
}

const basisTitle: Message = { text: "Basis" };

const groundTexts: Readonly<Record<BasisFact["certainty"], Message>> = {
  run: { text: "{release} was run ({areas})" },
  read: { text: "{release} was read ({areas})" },
  assumed: { text: "assumed to be as in {release} ({areas})" },
  unknown: { text: "nothing is known ({areas})" },
};

export const areaTitles: Readonly<Record<BasisArea, Message>> = {
  builder: { text: "building" },
  parser: { text: "parsing" },
  versions: { text: "versions" },
  "life-cycle": { text: "life cycle" },
  settings: { text: "settings" },
  sql: { text: "SQL" },
  files: { text: "files" },
  tables: { text: "tables" },
  ...(Object.fromEntries(
    Object.entries(databaseTitles).map(([kind, title]) => [kind, { text: title }]),
  ) as Record<DatabaseKind, Message>),
};
