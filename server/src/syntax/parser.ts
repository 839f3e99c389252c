import { isSimilar } from "../text/similar.ts";
import type { SourceText } from "../text/source-text.ts";
import { blankEnd, isNameCharacter, isNameStart, legalCharacterLength, nameEnd } from "./characters.ts";
import { nextOuterEnd } from "./next-outer-end.ts";
import { type Closing, DocumentNode, ElementNode, type SyntaxNode, type TextNode } from "./node.ts";
import { type KnownBlock, NodeList } from "./node-list.ts";
import { maximumDepth, noteProblem, type Problem } from "./problem.ts";
import { readReference } from "./references.ts";
import { type Change, OldTreeCursor, type PathStep, pathToChange } from "./reuse.ts";
import { characterName, type StartTag, StartTagReader } from "./start-tag.ts";

/**
 * Reads any text. Never throws; what is wrong is noted in the nodes.
 *
 * @param text the whole of `source`, for callers that have it at hand
 */
export function parseDocument(source: SourceText, text = source.toString()): DocumentNode {
  return new Parser(source).parse(text);
}

/**
 * Reads the text after an edit, taking over from the tree before what the edit cannot have changed.
 * The result equals that of {@link parseDocument}.
 *
 * @param old the tree of the text before the edit
 * @param source the text after the edit
 */
export function reparseDocument(old: DocumentNode, source: SourceText, change: Change): DocumentNode {
  return new Parser(source).reparse(old, change);
}

const lessThan = 60;
const ampersand = 38;
const rightBracket = 93;
const noProblems: readonly Problem[] = [];
/** How many open elements, the innermost first, a misspelt end tag is compared with. */
const similarityReach = 3;
/** How many nodes at most are moved out of an element; more could be moved out of many, one after the other. */
const movedLimit = 4000;
/** So long is what may stand between two tags to be looked for at the next place. */
const longestRepeated = 80;
/** How much text around an edit is looked at first; more is fetched when it does not suffice. */
const firstWindow = 512;

/** An element whose end is not found yet. The outermost frame stands for the document. */
interface Frame {
  readonly startTag: StartTag | undefined;
  /** What has been read of it; in a rebuilt element what comes after the children that stayed. */
  readonly children: SyntaxNode[];
  /** Blocks among them that were taken over as they were. */
  known: KnownBlock[];
  /** Children with an unfinished start tag: an end tag further on may turn out to be theirs. */
  unfinished: UnfinishedTags | undefined;
  /** The step of the path to the edit that this frame was rebuilt from. */
  readonly seed: PathStep | undefined;
  /** The index of the first old child that is taken over with all that follow it. */
  restIndex: number | undefined;
}

class Parser {
  readonly #source: SourceText;
  readonly #frames: Frame[] = [];
  /** The part of the text at hand, and where it starts. */
  #text = "";
  #base = 0;
  #startTags: StartTagReader | undefined;
  /** The next code unit to read, relative to the part at hand. */
  #at = 0;
  /** Elements that are open but nested too deep to be taken apart. */
  #tooDeep = 0;
  /** Set when an unclosed comment or the like swallowed the rest, so that missing end tags are no news. */
  #swallowed = false;
  /** Where the next end mark of a kind is; looking again for each of many openings would be quadratic. */
  readonly #marks = new Map<string, { readonly from: number; readonly at: number }>();
  #old: OldTreeCursor | undefined;

  constructor(source: SourceText) {
    this.#source = source;
  }

  parse(text: string): DocumentNode {
    this.#frames.push(frameOf(undefined));
    this.#text = text;
    this.#readAll();
    return this.#finish();
  }

  reparse(old: DocumentNode, change: Change): DocumentNode {
    const path = pathToChange(old, change);
    for (const step of path) this.#frames.push(frameOf(step.element && startTagOf(step.element), step));
    this.#old = new OldTreeCursor(path, change);
    this.#fetch(path.at(-1)!.children.offset, firstWindow + change.insertedLength);
    return this.#readAll() ?? this.#finish();
  }

  /** Reads to the end of the text, or until the rest is known; then the whole document is returned. */
  #readAll(): DocumentNode | undefined {
    for (;;) {
      if (this.#old) this.#reuse();
      if (this.#at >= this.#text.length) {
        if (this.#isComplete()) return undefined;
        this.#fetchMore();
        continue;
      }
      const end = this.#readToken(this.#at);
      if (end < 0) {
        this.#fetchMore();
        continue;
      }
      this.#at = end;
      if (this.#isResynchronised()) return this.#rebuilt();
    }
  }

  #isComplete(): boolean {
    return this.#base + this.#text.length >= this.#source.length;
  }

  #fetchMore(): void {
    this.#fetch(this.#base + this.#at, Math.max(firstWindow, 2 * (this.#text.length - this.#at)));
  }

  #fetch(start: number, length: number): void {
    this.#text = this.#source.slice(start, start + length);
    this.#base = start;
    this.#at = 0;
    this.#startTags = undefined;
  }

  /** Reads one token at `index` and returns the offset after it, or -1 when more text is needed first. */
  #readToken(index: number): number {
    const text = this.#text;
    if (text.charCodeAt(index) === lessThan) {
      // The longest opening to recognise is `<![CDATA[`.
      if (index + 9 > text.length && !this.#isComplete()) return -1;
      const next = text.charCodeAt(index + 1);
      if (isNameStart(text, index + 1)) return this.#startTag(index);
      if (next === 47) return this.#endTag(index);
      if (next === 33) {
        if (text.startsWith("<!--", index)) return this.#comment(index);
        if (text.startsWith("<![CDATA[", index)) return this.#cdata(index);
        return this.#doctype(index);
      }
      if (next === 63) return this.#instruction(index);
    }
    if (index === 0 && this.#base === 0 && text.charCodeAt(0) === 0xfeff) {
      this.#append({ kind: "byte-order-mark", width: 1 });
      return 1;
    }
    return this.#characters(index);
  }

  /** Reads character data up to the next markup or reference, or that reference. */
  #characters(start: number): number {
    const text = this.#text;
    let problems: Problem[] | undefined;
    let end = start;
    scan: for (; ; end++) {
      const code = text.charCodeAt(end);
      switch (code) {
        case lessThan:
          // A surrogate pair is the longest that a name can start with.
          if (end + 2 >= text.length && !this.#isComplete()) return -1;
          if (startsMarkup(text, end + 1)) break scan;
          problems = noteProblem(problems, "stray-less-than", end - start, end + 1 - start);
          break;
        case ampersand: {
          const reference = readReference(text, end);
          if (!reference) {
            if (!this.#isComplete() && mayGoOn(text, end + 1)) return -1;
            problems = noteProblem(problems, "bare-ampersand", end - start, end + 1 - start);
            break;
          }
          if (end > start) break scan;
          const raw = text.slice(start, reference.end);
          const width = raw.length;
          const span = { start: 0, end: width };
          this.#append({
            kind: "reference",
            width,
            raw,
            value: reference.value,
            ...(reference.code ? { problems: [{ code: reference.code, span, subject: raw }] } : {}),
          });
          return reference.end;
        }
        case rightBracket:
          if (text.charCodeAt(end + 1) !== rightBracket) break;
          if (text.charCodeAt(end + 2) === 62)
            problems = noteProblem(problems, "cdata-end-in-text", end - start, end + 3 - start);
          break;
        default:
          if (code >= 32 && code < 0xd800) break;
          if (Number.isNaN(code)) {
            if (!this.#isComplete()) return -1;
            break scan;
          }
          {
            const length = legalCharacterLength(text, end);
            if (length === 2) end++;
            else if (length === 0)
              problems = noteProblem(
                problems,
                "character-illegal",
                end - start,
                end + 1 - start,
                characterName(code),
              );
          }
      }
    }
    this.#append(problems ? { ...textNode(text.slice(start, end)), problems } : this.#plainText(start, end));
    return end;
  }

  /** Most texts are a line break and the indentation that the one before was; such can be the same node. */
  #plainText(start: number, end: number): TextNode {
    const { raw, width } = this.#lastText;
    if (end - start === width && this.#text.startsWith(raw, start)) return this.#lastText;
    const node = textNode(this.#text.slice(start, end));
    if (node.width < longestRepeated) this.#lastText = node;
    return node;
  }

  #lastText: TextNode = textNode("");

  #startTag(start: number): number {
    this.#startTags ??= new StartTagReader(this.#text, this.#isComplete());
    const tag = this.#startTags.read(start);
    if (!tag) return -1;
    const end = start + tag.width;
    if (this.#tooDeep > 0 || this.#frames.length > maximumDepth) {
      // The problem is said once, at the first element that goes too deep.
      if (tag.end === "open") this.#tooDeep++;
      const problems = [...tag.problems];
      if (this.#tooDeep <= 1)
        problems.push({ code: "too-deep", span: { start: 0, end: tag.width }, subject: tag.name });
      const closing = tag.end === "empty" ? "empty" : "missing";
      this.#append(
        elementNode({ ...tag, problems, unsound: true }, NodeList.empty, closing, 0, noProblems, true),
      );
    } else if (tag.end === "open") {
      this.#frames.push(frameOf(tag));
    } else if (tag.end === "empty") {
      this.#append(elementNode(tag, NodeList.empty, "empty", 0));
    } else {
      const frame = this.#frames.at(-1)!;
      frame.unfinished ??= new UnfinishedTags();
      frame.unfinished.add(tag.name, frame.children.length);
      this.#append(elementNode(tag, NodeList.empty, "unfinished", 0));
    }
    return end;
  }

  #endTag(start: number): number {
    const text = this.#text;
    const endOfName = nameEnd(text, start + 2);
    let end = blankEnd(text, endOfName);
    while (end < text.length && text.charCodeAt(end) !== 62 && text.charCodeAt(end) !== lessThan) end++;
    if (end >= text.length && !this.#isComplete()) return -1;
    const closed = text.charCodeAt(end) === 62;
    // Without `>` the tag ends after its name, so that the text behind it stays text.
    end = closed ? end + 1 : endOfName;
    const name = text.slice(start + 2, endOfName);
    const width = end - start;
    const wellFormed = closed && name !== "" && blankEnd(text, endOfName) === end - 1;
    const meansInnermost = wellFormed && this.#meansInnermost(name, end);
    if (meansInnermost === undefined) return -1;
    this.#close(
      name,
      width,
      wellFormed
        ? noProblems
        : [{ code: "end-tag-malformed", span: { start: 0, end: width }, subject: name }],
      meansInnermost,
    );
    return end;
  }

  /**
   * Tells whether an end tag with another name was meant for the innermost open element, because otherwise that one
   * would have no end, or the elements around it one too many. Undefined when it takes more text to tell.
   */
  #meansInnermost(name: string, end: number): boolean | undefined {
    const frames = this.#frames;
    if (frames.length < 3 || frames.at(-1)!.startTag!.name === name || this.#tooDeep > 0) return false;
    const names = frames.slice(1).map(({ startTag }) => startTag!.name);
    const outer = nextOuterEnd(this.#text, end, names, this.#isComplete());
    if (outer === undefined) return undefined;
    const own = names.includes(name) ? names.lastIndexOf(name) : this.#similarTo(name) - 1;
    if (own < 0) return outer !== names.at(-1);
    const next = names.lastIndexOf(outer);
    return next >= own && next < names.length - 1;
  }

  /**
   * Finds the element that an end tag belongs to and closes it, and what is still open inside it.
   *
   * @param meansInnermost true when it belongs to the innermost in spite of its name
   */
  #close(name: string, width: number, problems: readonly Problem[], meansInnermost: boolean): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      this.#append({ kind: "stray-end-tag", width, name });
      return;
    }
    const frames = this.#frames;
    if (meansInnermost && frames.some(({ startTag }) => startTag?.name === name)) {
      this.#closeAs(frames.length - 1, name, width, problems);
      return;
    }
    for (let index = frames.length - 1; index > 0; index--) {
      if (frames[index]!.startTag!.name !== name) continue;
      while (frames.length - 1 > index) this.#closeFrame("missing", 0, noProblems);
      this.#closeFrame("end-tag", width, problems);
      return;
    }
    const frame = frames.at(-1)!;
    if (this.#closeUnfinished(frame, name, width, problems)) return;
    const meant = meansInnermost ? frames.length - 1 : this.#similarTo(name);
    if (meant > 0) {
      this.#closeAs(meant, name, width, problems);
      return;
    }
    this.#append({
      kind: "stray-end-tag",
      width,
      name,
      problems:
        problems.length > 0
          ? problems
          : [{ code: "end-tag-stray", span: { start: 0, end: width }, subject: name }],
    });
  }

  /** The index of the open element that an end tag with a misspelt name was most likely meant for; 0 for none. */
  #similarTo(name: string): number {
    const frames = this.#frames;
    const outermost = Math.max(0, frames.length - 1 - similarityReach);
    for (let index = frames.length - 1; index > outermost; index--) {
      if (isSimilar(frames[index]!.startTag!.name, name)) return index;
    }
    return 0;
  }

  /** Lets an end tag with another name close an element, and what is still open inside it. */
  #closeAs(index: number, name: string, width: number, problems: readonly Problem[]): void {
    const frames = this.#frames;
    while (frames.length - 1 > index) this.#closeFrame("missing", 0, noProblems);
    const span = { start: 2, end: 2 + name.length };
    const expected = frames[index]!.startTag!.name;
    const mismatch: Problem = { code: "end-tag-mismatch", span, subject: name, expected };
    this.#closeFrame("mismatched", width, [...problems, mismatch]);
  }

  /** Lets an end tag close the child whose start tag is unfinished, and all behind it be its content. */
  #closeUnfinished(frame: Frame, name: string, width: number, problems: readonly Problem[]): boolean {
    const { children, unfinished } = frame;
    const index = unfinished?.lastIndexOf(name);
    if (index === undefined) return false;
    for (let inner = children.length - 1; inner > index; inner--) {
      const node = children[inner]!;
      if (node.kind !== "element" || this.#frames.length + node.height <= maximumDepth) continue;
      // It would be nested too deep in this one, and in all before it.
      unfinished!.forgetBefore(inner);
      return false;
    }
    const opened = children[index] as ElementNode;
    const from = index + 1;
    const known = frame.known
      .filter((each) => each.index >= from)
      .map((each) => ({ ...each, index: each.index - from }));
    const inside = NodeList.of(children.slice(from), known);
    children.length = index;
    frame.known = frame.known.filter((each) => each.index + each.block.nodes.length <= index);
    unfinished!.forgetFrom(index);
    this.#append(elementNode(startTagOf(opened), inside, "end-tag", width, problems));
    return true;
  }

  /** Closes the innermost open element. `problems` are those of the end tag, relative to it. */
  #closeFrame(closing: Closing, endTagWidth: number, problems: readonly Problem[]): void {
    const frame = this.#frames.pop()!;
    if (closing === "missing" && this.#closeWithoutSlash(frame)) return;
    this.#append(
      elementNode(frame.startTag!, contentOf(frame), closing, endTagWidth, problems, this.#swallowed),
    );
    if (frame.seed && closing === "end-tag") this.#closedSeed = frame.seed;
  }

  /**
   * Takes the start tag of an element without end for what `<Name>text<Name>` was meant to be: the end tag of the
   * element around it. What came after it then stands behind both.
   */
  #closeWithoutSlash(frame: Frame): boolean {
    const outer = this.#frames.at(-1)!;
    const { name, attributes, width, problems } = frame.startTag!;
    if (outer.startTag?.name !== name || attributes.length > 0 || problems.length > 0) return false;
    if (this.#swallowed || contentOf(outer).height > 0) return false;
    const { nodes } = contentOf(frame);
    if (nodes.length > movedLimit) return false;
    const span = { start: 0, end: width };
    this.#closeFrame("mismatched", width, [{ code: "end-tag-malformed", span, subject: name }]);
    for (const child of nodes) this.#append(child);
    return true;
  }

  /** The offset of an end mark, or -1 when the part of the text at hand has none. */
  #find(mark: string, start: number): number {
    const from = this.#base + start;
    const known = this.#marks.get(mark);
    if (known && known.from <= from && from <= known.at) {
      return known.at + mark.length <= this.#base + this.#text.length ? known.at - this.#base : -1;
    }
    const found = this.#text.indexOf(mark, start);
    if (found >= 0) this.#marks.set(mark, { from, at: this.#base + found });
    else if (this.#isComplete()) this.#marks.set(mark, { from, at: Number.POSITIVE_INFINITY });
    return found;
  }

  #comment(start: number): number {
    const text = this.#text;
    const found = this.#find("-->", start + 4);
    if (found < 0 && !this.#isComplete()) return -1;
    const closed = found >= 0 && !this.#isCommentOfAnother(start + 4, found);
    const contentEnd = closed ? found : this.#swallow(start + 4);
    const content = text.slice(start + 4, contentEnd);
    const end = closed ? found + 3 : contentEnd;
    let problems: Problem[] | undefined;
    if (!closed) {
      problems = [{ code: "comment-unclosed", span: { start: 0, end: 4 } }];
    } else {
      // A dash right before `-->` is one dash too many as well.
      const doubled = /--|-$/.exec(content);
      if (doubled) {
        const at = 4 + doubled.index;
        problems = [{ code: "comment-double-dash", span: { start: at, end: at + doubled[0].length } }];
      }
      problems = withIllegalCharacters(problems, content, 4);
    }
    this.#append({
      kind: "comment",
      width: end - start,
      content,
      closed,
      ...(problems ? { problems } : {}),
    });
    return end;
  }

  /** Tells whether the `-->` at `end` was written for a later comment, because ours is not closed and our element ends before. */
  #isCommentOfAnother(start: number, end: number): boolean {
    const another = this.#find("<!--", start);
    return another >= 0 && another + 4 <= end && this.#parentEnd(start, another) >= 0;
  }

  #cdata(start: number): number {
    const text = this.#text;
    const contentStart = start + 9;
    const found = this.#find("]]>", contentStart);
    if (found < 0 && !this.#isComplete()) return -1;
    if (found >= 0 && !this.#isComplete()) {
      // The end tag behind it may have a say in whose end this is.
      const nameLength = this.#frames.at(-1)?.startTag?.name.length ?? 0;
      if (blankEnd(text, found + 3) + nameLength + 3 > text.length) return -1;
    }
    const closed = found >= 0 && !this.#belongsToAnother(contentStart, found);
    const contentEnd = closed ? found : this.#swallow(contentStart);
    const content = text.slice(contentStart, contentEnd);
    const end = closed ? found + 3 : contentEnd;
    const problems = closed
      ? withIllegalCharacters(undefined, content, 9)
      : [{ code: "cdata-unclosed", span: { start: 0, end: 9 } } satisfies Problem];
    this.#append({
      kind: "cdata",
      width: end - start,
      content,
      closed,
      unsound: !closed || content.includes("<![CDATA["),
      ...(problems ? { problems } : {}),
    });
    return end;
  }

  /**
   * Tells whether the `]]>` at `end` was written for a later CDATA section, because ours is not closed:
   * our element ends before it, another section begins, and what follows is some other element's end.
   */
  #belongsToAnother(start: number, end: number): boolean {
    const another = this.#find("<![CDATA[", start);
    if (another < 0 || another > end) return false;
    const ours = this.#parentEnd(start, end);
    if (ours < 0 || this.#text.slice(ours, end).indexOf("<![CDATA[") < 0) return false;
    const after = blankEnd(this.#text, end + 3);
    return this.#text.startsWith("</", after) && !this.#isParentEnd(after);
  }

  /** The end of a section that is never closed: where its parent's end tag stands, else the end of the text. */
  #swallow(start: number): number {
    const parentEnd = this.#parentEnd(start, this.#text.length);
    if (parentEnd >= 0) return parentEnd;
    this.#swallowed = true;
    return this.#text.length;
  }

  /** Where an end tag of the innermost open element stands between two offsets, or -1. */
  #parentEnd(start: number, end: number): number {
    const name = this.#frames.at(-1)?.startTag?.name;
    if (name === undefined) return -1;
    const text = this.#text.slice(start, end);
    for (let index = text.indexOf(`</${name}`); index >= 0; index = text.indexOf(`</${name}`, index + 1)) {
      if (this.#isParentEnd(start + index)) return start + index;
    }
    return -1;
  }

  #isParentEnd(index: number): boolean {
    const mark = `</${this.#frames.at(-1)?.startTag?.name}`;
    return this.#text.startsWith(mark, index) && !isNameCharacter(this.#text, index + mark.length);
  }

  #doctype(start: number): number {
    const text = this.#text;
    const isDoctype = /^<!DOCTYPE[ \t\r\n]/.test(text.slice(start, start + 12)) && this.#frames.length === 1;
    const end = isDoctype ? this.#doctypeEnd(start + 9) : this.#find(">", start) + 1 || -1;
    if (end < 0 && !this.#isComplete()) return -1;
    let stop = end;
    let problem: Problem | undefined;
    if (end < 0) {
      const line = /[\r\n<]/.exec(text.slice(start + 2));
      stop = line ? start + 2 + line.index : text.length;
      problem = { code: "doctype-unclosed", span: { start: 0, end: stop - start } };
    } else if (!isDoctype) {
      problem = { code: "doctype-misplaced", span: { start: 0, end: stop - start } };
    }
    const raw = text.slice(start, stop);
    this.#append({
      kind: "doctype",
      width: raw.length,
      raw,
      closed: end >= 0,
      ...(problem ? { problems: [problem] } : {}),
    });
    return stop;
  }

  #doctypeEnd(start: number): number {
    if (this.#marks.has("doctype")) return -1;
    const end = doctypeEnd(this.#text, start);
    if (end < 0 && this.#isComplete()) this.#marks.set("doctype", { from: 0, at: Number.POSITIVE_INFINITY });
    return end;
  }

  #instruction(start: number): number {
    const text = this.#text;
    const found = this.#find("?>", start + 2);
    if (found < 0 && !this.#isComplete()) return -1;
    let end = found + 2;
    if (found < 0) {
      const line = /[\r\n<]/.exec(text.slice(start + 2));
      end = line ? start + 2 + line.index : text.length;
    }
    const raw = text.slice(start, end);
    const target = raw.slice(2, nameEnd(raw, 2));
    const problem = instructionProblem(raw, target, found >= 0, this.#isAtStart());
    this.#append({
      kind: "instruction",
      width: raw.length,
      raw,
      target,
      closed: found >= 0,
      ...(problem ? { problems: [problem] } : {}),
    });
    return end;
  }

  /** Tells whether nothing but a byte order mark has been read so far. */
  #isAtStart(): boolean {
    const position = this.#base + this.#at;
    return position === 0 || (position === 1 && this.#source.slice(0, 1) === "\ufeff");
  }

  #append(node: SyntaxNode): void {
    this.#frames.at(-1)!.children.push(node);
  }

  #finish(): DocumentNode {
    while (this.#frames.length > 1) this.#closeFrame("missing", 0, noProblems);
    return new DocumentNode(contentOf(this.#frames[0]!));
  }

  // What follows takes nodes over from the tree before an edit.

  /** The rebuilt frame that has just been closed by its own end tag. */
  #closedSeed: PathStep | undefined;

  /** Takes over the old nodes that start at the place reached. */
  #reuse(): void {
    const old = this.#old!;
    while (this.#tooDeep === 0) {
      const position = this.#base + this.#at;
      const node = old.nodeAt(position);
      // A text that has come to stand first may start with what is now a byte order mark.
      if (!node || (position === 0 && node.kind === "text")) return;
      if (node.kind === "element" && this.#frames.length + node.height > maximumDepth + 1) return;
      const frame = this.#frames.at(-1)!;
      const rest = old.soundRestOf(frame.seed);
      if (rest) {
        frame.restIndex = rest.index;
        this.#skip(rest.end);
        continue;
      }
      const block = old.soundBlock(maximumDepth + 1 - this.#frames.length);
      if (block) {
        frame.known.push({ index: frame.children.length, block });
        for (const sibling of block.nodes) frame.children.push(sibling);
        this.#skip(position + block.width);
      } else {
        this.#append(node);
        this.#skip(position + node.width);
      }
    }
  }

  #skip(position: number): void {
    if (position <= this.#base + this.#text.length) this.#at = position - this.#base;
    else this.#fetch(position, firstWindow);
  }

  /** Tells whether an element around the edit has just ended where it did before; what follows is then known. */
  #isResynchronised(): boolean {
    const seed = this.#closedSeed;
    if (!seed) return false;
    this.#closedSeed = undefined;
    return this.#old!.endOf(seed) === this.#base + this.#at;
  }

  /** Puts the changed element into its ancestors, whose other children stay as they were. */
  #rebuilt(): DocumentNode {
    for (;;) {
      const frame = this.#frames.at(-1)!;
      const seed = frame.seed!;
      frame.restIndex = seed.children.index + 1;
      const content = contentOf(frame);
      if (!seed.element) return new DocumentNode(content);
      this.#frames.pop();
      this.#append(
        elementNode(
          frame.startTag!,
          content,
          seed.element.closing,
          seed.element.endTagWidth,
          endTagProblemsOf(seed.element),
        ),
      );
    }
  }
}

/** The children of a frame whose start tag is unfinished: their names, and their indexes by name. */
class UnfinishedTags {
  readonly #names: string[] = [];
  readonly #indexes = new Map<string, number[]>();
  #first = 0;

  add(name: string, index: number): void {
    this.#names.push(name);
    const indexes = this.#indexes.get(name);
    if (indexes) indexes.push(index);
    else this.#indexes.set(name, [index]);
  }

  /** The index of the last child of a name; undefined when there is none. */
  lastIndexOf(name: string): number | undefined {
    const index = this.#indexes.get(name)?.at(-1);
    return index !== undefined && index >= this.#first ? index : undefined;
  }

  forgetBefore(index: number): void {
    this.#first = index;
  }

  forgetFrom(index: number): void {
    for (let name = this.#names.at(-1); name !== undefined; name = this.#names.at(-1)) {
      const indexes = this.#indexes.get(name)!;
      if (indexes.at(-1)! < index) return;
      indexes.pop();
      this.#names.pop();
    }
  }
}

function textNode(raw: string): TextNode {
  return { kind: "text", width: raw.length, raw };
}

function frameOf(startTag: StartTag | undefined, seed?: PathStep): Frame {
  return { startTag, children: [], known: [], unfinished: undefined, seed, restIndex: undefined };
}

/** The children of a frame, together with those that stayed before and behind what was read. */
function contentOf({ seed, children, known, restIndex }: Frame): NodeList {
  // A copy has no room for more, which all those in a large text would take.
  if (!seed) return NodeList.of(children.slice(), known);
  const { list, index } = seed.children;
  return list.replaced(index, restIndex ?? list.length, children, known);
}

function startTagOf(element: ElementNode): StartTag {
  const problems = element.problems?.filter(
    ({ span, code }) => span.end <= element.startTagWidth && code !== "end-tag-missing",
  );
  return {
    name: element.name,
    names: element.names,
    attributes: element.attributes,
    width: element.startTagWidth,
    end: "open",
    problems: problems ?? noProblems,
    unsound:
      element.closing === "unfinished" || (problems?.some(({ code }) => code === "tag-unclosed") ?? false),
  };
}

/** The problems of the end tag of an element, relative to that. */
function endTagProblemsOf(element: ElementNode): readonly Problem[] {
  const start = element.width - element.endTagWidth;
  const own = element.problems?.filter(({ span }) => element.endTagWidth > 0 && span.start >= start);
  return own ? moved(own, -start) : noProblems;
}

/**
 * An element of its parts.
 *
 * @param endTagProblems relative to the end tag
 * @param excused true when the missing end tag is no news
 */
function elementNode(
  tag: StartTag,
  content: NodeList,
  closing: Closing,
  endTagWidth: number,
  endTagProblems: readonly Problem[] = noProblems,
  excused = false,
): ElementNode {
  let problems = tag.problems;
  if (closing === "missing" && !excused) {
    const span = { start: 1, end: 1 + tag.name.length };
    problems = [...problems, { code: "end-tag-missing", span, subject: tag.name }];
  }
  if (endTagProblems.length > 0) {
    problems = [...problems, ...moved(endTagProblems, tag.width + content.width)];
  }
  return new ElementNode({
    name: tag.name,
    names: tag.names,
    attributes: tag.attributes,
    startTagWidth: tag.width,
    content,
    closing,
    endTagWidth,
    problems: problems.length > 0 ? problems : undefined,
    // An end tag that is not complete may have been looked for beyond its end.
    unsound: tag.unsound || endTagProblems.length > 0 || closing === "missing" || closing === "mismatched",
  });
}

function moved(problems: readonly Problem[], offset: number): readonly Problem[] {
  return problems.map((problem) => ({
    ...problem,
    span: { start: problem.span.start + offset, end: problem.span.end + offset },
  }));
}

/** Tells whether what follows a `<` makes it more than a character that should have been written `&lt;`. */
function startsMarkup(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 47 || code === 33 || code === 63 || isNameStart(text, index);
}

/** Tells whether a reference that starts before `index` could have more than what is left of the text. */
function mayGoOn(text: string, index: number): boolean {
  let end = text.charCodeAt(index) === 35 ? index + 1 : index;
  while (isNameCharacter(text, end)) end++;
  return end >= text.length;
}

function withIllegalCharacters(
  problems: Problem[] | undefined,
  content: string,
  offset: number,
): Problem[] | undefined {
  let found = problems;
  for (let index = 0; index < content.length; index++) {
    const code = content.charCodeAt(index);
    if (code >= 32 && code < 0xd800) continue;
    const length = legalCharacterLength(content, index);
    if (length === 2) index++;
    else if (length === 0) {
      found = noteProblem(
        found,
        "character-illegal",
        offset + index,
        offset + index + 1,
        characterName(code),
      );
    }
  }
  return found;
}

/** The offset after the `>` that ends a declaration, past quoted texts and an internal subset; -1 when it has no end. */
function doctypeEnd(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 91) depth++;
    else if (code === 93) depth = Math.max(0, depth - 1);
    else if (code === 62 && depth === 0) return index + 1;
    else if (code === 34 || code === 39) {
      const close = text.indexOf(text[index]!, index + 1);
      if (close < 0) return -1;
      index = close;
    } else if (depth > 0 && text.startsWith("<!--", index)) {
      const close = text.indexOf("-->", index + 4);
      if (close < 0) return -1;
      index = close + 2;
    }
  }
  return -1;
}

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;
/** What JavaScript takes for blank and XML does not. */
const foreignBlank = /[^\S \t\r\n]/;

function instructionProblem(
  raw: string,
  target: string,
  closed: boolean,
  first: boolean,
): Problem | undefined {
  const span = { start: 0, end: raw.length };
  if (!closed) return { code: "instruction-unclosed", span };
  if (target.toLowerCase() === "xml") {
    if (!first || target !== "xml") return { code: "declaration-misplaced", span };
    const wellFormed = declaration.test(raw) && !foreignBlank.test(raw);
    return wellFormed ? undefined : { code: "declaration-malformed", span };
  }
  const separated = blankEnd(raw, 2 + target.length) > 2 + target.length || raw.length === target.length + 4;
  if (target === "" || !separated) return { code: "instruction-malformed", span, subject: target };
  return withIllegalCharacters(undefined, raw, 0)?.[0];
}
