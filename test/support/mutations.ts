/**
 * Small damage to XML documents, the same at every run: attributes dropped, renamed and changed, elements put in,
 * taken out and renamed, text and markup put where it may not belong. Not all of them stay well-formed.
 */
export function mutations(documents: readonly string[], count: number): readonly string[] {
  const random = randomNumbers(20240502);
  const results: string[] = [];
  for (let index = 0; index < count; index++) {
    let text = documents[random(documents.length)]!;
    for (let step = 0; step <= random(2); step++) text = mutated(text, random);
    results.push(text);
  }
  return results;
}

type Random = (below: number) => number;

const elementNames = [
  "Name",
  "File",
  "Column",
  "CodeInstall",
  "Filelist",
  "Data",
  "Index",
  "PackageMerge",
  "Nope",
];
const attributeNames = ["Name", "Type", "Version", "IfPackage", "Size", "nope", "xml:lang", "Required"];
const values = [
  "",
  "true",
  "TRUE",
  "pre",
  "POST",
  "merge",
  "varchar",
  "x",
  "1",
  "0",
  "Quote",
  "&#112;re",
  "pre\n",
];
const pieces = [
  "x",
  " ",
  "&#32;",
  "<![CDATA[ ]]>",
  "<![CDATA[y]]>",
  "<!-- c -->",
  "&amp;",
  "\u00a0",
  "<?p i?>",
  "1",
];

function mutated(text: string, random: Random): string {
  const tags = [...text.matchAll(/<\/?[A-Za-z_][^<>]*>/g)];
  const tag = tags[random(tags.length)];
  if (!tag) return text;
  const pick = (list: readonly string[]) => list[random(list.length)]!;
  const before = text.slice(0, tag.index);
  const behind = text.slice(tag.index + tag[0].length);
  const name = /^<\/?([\w:]+)/.exec(tag[0])![1]!;
  switch (random(7)) {
    case 0:
      return before + tag[0].replace(/ [\w:]+="[^"]*"/, "") + behind;
    case 1:
      return before + tag[0].replace(/ [\w:]+(="[^"]*")/, ` ${pick(attributeNames)}$1`) + behind;
    case 2:
      return before + tag[0].replace(/ ([\w:]+)="[^"]*"/, ` $1="${pick(values)}"`) + behind;
    case 3:
      return before + tag[0].replace(/^<[\w:]+/, `$& ${pick(attributeNames)}="${pick(values)}"`) + behind;
    case 4:
      return before + tag[0] + pick(pieces) + behind;
    case 5:
      return `${before}<${pick(elementNames)}/>${tag[0]}${behind}`;
    default:
      return text.replace(new RegExp(`(</?)${name}(?=[\\s/>])`, "g"), `$1${pick(elementNames)}`);
  }
}

/** A plain congruential generator; nothing here needs a better one. */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}
