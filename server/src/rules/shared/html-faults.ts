/** What is wrong with a tag. Offsets are into the text. */
export interface HtmlFault {
  readonly kind:
    | "unclosed"
    | "stray"
    | "reversed"
    | "void"
    | "crossed"
    | "unknown"
    | "unfinished"
    | "comment";
  /** As it is written, such as `strong`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The start tag that is still open, where the tags are crossed. */
  readonly other?: OpenTag;
}

interface OpenTag {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface Open extends OpenTag {
  /** The first end tag that came too early for it. */
  crossedBy?: OpenTag;
  /** True for one of which something is said already. */
  readonly isTold: boolean;
}

/**
 * What is wrong with the tags of a piece of HTML, in the order in which they stand, as far as a reader of the source can
 * tell for sure: where HTML lets an end tag out, none is missed, and which element may be in which is not asked.
 */
export function htmlFaults(text: string): readonly HtmlFault[] {
  const faults: HtmlFault[] = [];
  const open: Open[] = [];
  const crossings = new Set<OpenTag>();
  let stray: { readonly fault: HtmlFault; readonly within: Open | undefined } | undefined;
  for (const { tag, isEnd, fault } of tagsIn(text)) {
    if (fault) faults.push({ kind: fault, ...tag });
    const name = tag.name.toLowerCase();
    if (fault === "comment") break;
    if (!known.has(name)) {
      // Names with a hyphen are left to their authors by HTML.
      if (!fault && !isEnd && !/[-:]/.test(name)) faults.push({ kind: "unknown", ...tag });
    } else if (!isEnd) {
      if (!empty.has(name)) open.push({ ...tag, isTold: fault !== undefined });
      if (open.length > deepest) break;
    } else if (empty.has(name)) {
      if (!fault) faults.push({ kind: "void", ...tag });
    } else {
      const at = open.findLastIndex((each) => each.name.toLowerCase() === name);
      if (at >= 0) close(at, tag);
      else if (!fault) addStray(tag);
    }
  }
  if (open.length > deepest) return faults;
  for (const tag of open)
    if (!tag.isTold && !isOptional(tag)) faults.push({ kind: "unclosed", ...placeOf(tag) });
  return faults.sort((a, b) => a.start - b.start);

  /** Of two in a row in one place the first was most likely meant to begin what the second ends. */
  function addStray(tag: OpenTag): void {
    const before = faults.at(-1);
    const isSecond = before?.kind === "stray" && before.name === tag.name && before === stray?.fault;
    if (isSecond && stray?.within === open.at(-1)) {
      faults[faults.length - 1] = { ...before, kind: "reversed" };
      return;
    }
    const fault: HtmlFault = { kind: "stray", ...tag };
    stray = { fault, within: open.at(-1) };
    faults.push(fault);
  }

  function close(at: number, tag: OpenTag): void {
    const [closed, ...inside] = open.splice(at);
    const left = inside.filter((each) => !isOptional(each));
    for (const each of left) each.crossedBy ??= tag;
    open.push(...left);
    const { crossedBy } = closed!;
    if (!crossedBy || crossings.has(crossedBy)) return;
    crossings.add(crossedBy);
    faults.push({ kind: "crossed", ...crossedBy, other: placeOf(closed!) });
  }
}

/** The names of the elements that are open at the end of a piece of HTML, the innermost last. */
export function openHtmlTags(text: string): readonly string[] {
  const open: string[] = [];
  for (const { tag, isEnd, fault } of tagsIn(text)) {
    const name = tag.name.toLowerCase();
    if (fault === "comment" || open.length > deepest) break;
    if (!known.has(name) || empty.has(name)) continue;
    if (!isEnd) open.push(name);
    else if (open.includes(name)) open.length = open.lastIndexOf(name);
  }
  return open;
}

/** Elements that are open at once. Browsers stop at about as many, too. */
const deepest = 500;

const isOptional = ({ name }: OpenTag): boolean => optional.has(name.toLowerCase());

function placeOf({ name, start, end }: OpenTag): OpenTag {
  return { name, start, end };
}

interface Tag {
  readonly tag: OpenTag;
  readonly isEnd: boolean;
  readonly fault?: "unfinished" | "comment";
}

const tagStart = /<(?:!--|[!?]|(\/?)([A-Za-z][^\s/><]*))/g;

/** The tags of a text one after the other, without those that a browser takes for text. */
function* tagsIn(text: string): Iterable<Tag> {
  let from = 0;
  for (;;) {
    tagStart.lastIndex = from;
    const match = tagStart.exec(text);
    if (!match) return;
    const [lead, slash, name] = match;
    const start = match.index;
    const inside = start + lead.length;
    if (name === undefined) {
      const closing = lead === "<!--" ? "-->" : ">";
      const end = text.indexOf(closing, inside);
      if (end < 0) {
        if (lead === "<!--")
          yield { tag: { name: lead, start, end: inside }, isEnd: false, fault: "comment" };
        return;
      }
      from = end + closing.length;
      continue;
    }
    const { end, isFinished } = endOfTag(text, inside);
    const tag = { name, start, end: isFinished ? end : inside };
    yield { tag, isEnd: slash !== "", ...(!isFinished && { fault: "unfinished" as const }) };
    from = end;
    if (slash === "" && isFinished && raw.has(name.toLowerCase())) {
      const closing = new RegExp(`</${name}(?![\\w-])`, "gi");
      closing.lastIndex = end;
      const found = closing.exec(text);
      if (!found) return;
      from = found.index;
    }
  }
}

/** Where a tag ends: behind its `>`, or where the next one begins before it comes. */
function endOfTag(text: string, from: number): { readonly end: number; readonly isFinished: boolean } {
  const step = /=\s*(?:"[^"]*"?|'[^']*'?)|[<>]/g;
  step.lastIndex = from;
  for (let match = step.exec(text); match; match = step.exec(text)) {
    if (match[0] === ">") return { end: step.lastIndex, isFinished: true };
    if (match[0] === "<") return { end: match.index, isFinished: false };
  }
  return { end: text.length, isFinished: false };
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Elements without an end tag. */
const empty = words(
  "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr",
);

/** Elements whose end tag may be left out. */
const optional = words(
  "body caption colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr",
);

/** Elements in which tags are no tags of HTML. */
const raw = words("iframe math noembed noframes noscript plaintext script style svg textarea title xmp");

/** What HTML has, and had once. */
const known: ReadonlySet<string> = new Set([
  ...empty,
  ...optional,
  ...raw,
  ...words(
    "a abbr acronym address applet article aside audio b bdi bdo big blink blockquote button canvas center cite code " +
      "data datalist del details dfn dialog dir div dl em fieldset figcaption figure font footer form frameset h1 h2 h3 " +
      "h4 h5 h6 header hgroup i ins kbd label legend listing main map mark marquee menu menuitem meter nav nobr object " +
      "ol output picture pre progress q ruby s samp search section select slot small span strike strong sub summary sup " +
      "table template time tt u ul var video",
  ),
]);
