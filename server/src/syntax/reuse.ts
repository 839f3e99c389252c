import { type DocumentNode, type ElementNode, isUnsound, type SyntaxNode } from "./node.ts";
import { type Block, markupStart, SiblingCursor } from "./node-list.ts";

/** What an edit did: `removedLength` code units at `start` gave way to `insertedLength` others. */
export interface Change {
  readonly start: number;
  readonly removedLength: number;
  readonly insertedLength: number;
}

/** One node on the way from the document down to the edit. */
export interface PathStep {
  /** Undefined for the document itself. */
  readonly element: ElementNode | undefined;
  /** Offset of the element in the old text. */
  readonly start: number;
  /** Stands before the child that holds the next step, or, in the last step, before the first one that is read again. */
  readonly children: SiblingCursor;
}

/**
 * Finds the innermost element in whose content the edit lies, and where reading has to start again: at the first
 * child that the edit touches, or at an earlier one whose reading depended on what comes after it.
 */
export function pathToChange(old: DocumentNode, change: Change): PathStep[] {
  const changeEnd = change.start + change.removedLength;
  const path: PathStep[] = [];
  let element: ElementNode | undefined;
  let start = 0;
  let children = new SiblingCursor(old.content, 0);
  for (;;) {
    let inside: ElementNode | undefined;
    children.passSoundBlocks(change.start);
    for (let child = children.node; child; child = children.node) {
      const { offset } = children;
      if (!isReadBefore(child, offset + child.width, children.following, change.start)) {
        if (child.kind === "element" && contentHolds(child, offset, change.start, changeEnd)) inside = child;
        break;
      }
      if (isUnsound(child)) break;
      children.advance();
    }
    path.push({ element, start, children });
    if (!inside) return path;
    element = inside;
    start = children.offset;
    children = new SiblingCursor(inside.content, start + inside.startTagWidth);
  }
}

/**
 * Tells whether an edit lies behind everything that the reading of a node depended on: the node itself, and for text
 * also the markup or the reference that ended it.
 *
 * @param next the node behind it; undefined where its parent ends
 */
function isReadBefore(
  node: SyntaxNode,
  end: number,
  next: SyntaxNode | undefined,
  changeStart: number,
): boolean {
  if (node.kind !== "text") return end <= changeStart;
  return end + (next?.kind === "reference" ? next.width : markupStart) <= changeStart;
}

/** A declaration of either kind is right or wrong by its place alone, and a byte order mark is one only there. */
function isPlaceBound(node: SyntaxNode): boolean {
  if (node.kind === "instruction") return node.target.toLowerCase() === "xml";
  return node.kind === "doctype" || node.kind === "byte-order-mark";
}

/** Tells whether an edit leaves the tags of an element alone, and the element was read without guessing at its start tag. */
function contentHolds(element: ElementNode, start: number, changeStart: number, changeEnd: number): boolean {
  if (element.closing !== "end-tag") return false;
  if (element.problems?.some(({ span }) => span.start < element.startTagWidth)) return false;
  return (
    changeStart >= start + element.startTagWidth && changeEnd <= start + element.width - element.endTagWidth
  );
}

/**
 * Walks the old tree beside the new text and offers the nodes that an edit has only moved.
 * It goes forward only.
 */
export class OldTreeCursor {
  readonly #change: Change;
  readonly #delta: number;
  /** Old siblings still to be offered, the innermost last. */
  readonly #stack: SiblingCursor[];

  constructor(path: readonly PathStep[], change: Change) {
    this.#change = change;
    this.#delta = change.insertedLength - change.removedLength;
    this.#stack = path.map(({ children }, index) => {
      const cursor = children.copy();
      if (index < path.length - 1) cursor.advance();
      return cursor;
    });
  }

  /** The old node that now starts at `position` and reads the same there; undefined when there is none. */
  nodeAt(position: number): SyntaxNode | undefined {
    for (let level = this.#stack.at(-1); level; level = this.#stack.at(-1)) {
      const node = level.node;
      if (!node) {
        this.#stack.pop();
        continue;
      }
      const start = level.offset;
      const moved = this.#place(node, start, level.following);
      if (moved !== undefined && moved > position) return undefined;
      if (moved === position && !isUnsound(node) && !isPlaceBound(node)) return node;
      level.advance();
      const mayHold =
        moved === undefined ? level.offset + this.#delta > position : moved + node.width > position;
      if (node.kind === "element" && mayHold) {
        this.#stack.push(new SiblingCursor(node.content, start + node.startTagWidth));
      }
    }
    return undefined;
  }

  /** Where an element of the path ends in the new text if nothing but the edit changed its width. */
  endOf(step: PathStep): number {
    return step.start + step.element!.width + this.#delta;
  }

  /**
   * The index from which on all children of a rebuilt element can be taken over at once, and where they end in the
   * new text; the first of them is the node that {@link nodeAt} has just offered. Nothing is offered from among them
   * afterwards. Undefined when they have to be looked at one by one.
   */
  soundRestOf(step: PathStep | undefined): { index: number; end: number } | undefined {
    const level = this.#stack.at(-1);
    if (!step?.element || level?.list !== step.children.list) return undefined;
    if (!this.#isBehindChange(level.offset) || level.index < level.list.soundFrom) return undefined;
    this.#stack.pop();
    const contentEnd = step.start + step.element.width - step.element.endTagWidth;
    return { index: level.index, end: contentEnd + this.#delta };
  }

  /**
   * The block of siblings that starts with the node that {@link nodeAt} has just offered, if all of it can be taken
   * over; the cursor then stands behind it.
   *
   * @param maximumHeight how deep the elements in it may be nested
   */
  soundBlock(maximumHeight: number): Block | undefined {
    const level = this.#stack.at(-1);
    const block = level?.startedBlock;
    // Outside the root there are nodes that depend on their place.
    if (!level || !block || block.unsound || block.height > maximumHeight || this.#stack.length === 1) {
      return undefined;
    }
    const read = level.offset + block.width + level.spareBehindBlock;
    if (!this.#isBehindChange(level.offset) && read > this.#change.start) return undefined;
    level.passBlock();
    return block;
  }

  /** The new offset of an old node; undefined for one that the edit touches. */
  #place(node: SyntaxNode, start: number, next: SyntaxNode | undefined): number | undefined {
    if (isReadBefore(node, start + node.width, next, this.#change.start)) return start;
    return this.#isBehindChange(start) ? start + this.#delta : undefined;
  }

  #isBehindChange(offset: number): boolean {
    return offset >= this.#change.start + this.#change.removedLength;
  }
}
