import type { TextEdit } from "../../server/src/text/edit.ts";
import type { Random } from "./random.ts";

/** What makes trouble when it is put somewhere: pieces of markup, mostly incomplete. */
const troublesome: readonly string[] = [
  ..."<>/=\"'&;! \n\r\t-?]x",
  ...[
    "</",
    "/>",
    "<a>",
    "</a>",
    "<a/>",
    "<b ",
    "<a b='",
    '<a b="c"/>',
    "<a b='>'>",
    '" c="',
    "<File ",
    "</File>",
  ],
  ...[
    "<Name>",
    "</Name",
    "</Name >",
    "<Filelist>",
    "</Filelist>",
    "</filelist>",
    '<Description Lang="de">',
    "</>",
  ],
  ...[
    "&amp;",
    "&#",
    "&#x41;",
    "&x",
    "<![CDATA[",
    "]]>",
    "]]",
    "<!--",
    "-->",
    "--",
    "<?",
    "?>",
    "<?p?>",
    "x y",
    "= ",
  ],
  ...[
    '<?xml version="1.0"?>',
    "<!DOCTYPE a [",
    "<!DOCTYPE a>",
    "<!x>",
    "\ufeff",
    "\u0000",
    "\ud83d",
    "\u{1f600}",
  ],
];

/** An edit like those of somebody who types, deletes and pastes, half of them right at some markup. */
export function randomEdit(text: string, random: Random): TextEdit {
  let start = random.below(text.length + 1);
  if (random.below(2) === 0) {
    const markup = text.indexOf(random.pick([..."<>&\"'/]="]), start);
    if (markup >= 0) start = Math.max(0, Math.min(text.length, markup + random.below(4) - 1));
  }
  const removed = random.pick([
    0,
    0,
    0,
    1,
    1,
    2,
    random.below(30),
    random.below(5) === 0 ? random.below(3000) : 0,
  ]);
  let newText = random.pick(troublesome);
  if (random.below(6) === 0) newText += random.pick(troublesome);
  if (removed > 0 && random.below(2) === 0) newText = "";
  return { span: { start, end: Math.min(text.length, start + removed) }, newText };
}
