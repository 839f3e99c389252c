import { type DocumentNode, type ElementNode, isUnsound, type SyntaxNode } from "./node.ts";

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
  readonly children: readonly SyntaxNode[];
  /** The child that holds the next step, or, in the last step, the first child that is read again. */
  readonly childIndex: number;
}

/**
 * Finds the innermost element in whose content the edit lies, and where reading has to start again: at the first
 * child that the edit touches, or at an earlier one whose reading depended on what comes after it.
 */
export function pathToChange(old: DocumentNode, change: Change): { path: PathStep[]; restart: number } {
  const changeEnd = change.start + change.removedLength;
  const path: PathStep[] = [];
  let element: ElementNode | undefined;
  let start = 0;
  let children = old.children;
  for (;;) {
    let position = start + (element?.startTagWidth ?? 0);
    let childIndex = 0;
    let inside: ElementNode | undefined;
    for (; childIndex < children.length; childIndex++) {
      const child = children[childIndex]!;
      const end = position + child.width;
      if (!isReadBefore(child, end, children[childIndex + 1], change.start)) {
        if (child.kind === "element" && contentHolds(child, position, change.start, changeEnd))
          inside = child;
        break;
      }
      if (isUnsound(child)) break;
      position = end;
    }
    path.push({ element, start, children, childIndex });
    if (!inside) return { path, restart: position };
    element = inside;
    start = position;
    children = inside.children;
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
  return end + (next?.kind === "reference" ? next.width : 2) <= changeStart;
}

/** A declaration of either kind is right or wrong by its place alone. */
function isPlaceBound(node: SyntaxNode): boolean {
  return node.kind === "doctype" || (node.kind === "instruction" && node.target.toLowerCase() === "xml");
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
  /** Lists of old siblings still to be offered, the innermost last, with the old offset of the next one. */
  readonly #stack: { children: readonly SyntaxNode[]; index: number; position: number }[];

  constructor(path: readonly PathStep[], restart: number, change: Change) {
    this.#change = change;
    this.#delta = change.insertedLength - change.removedLength;
    this.#stack = path.map(({ children, childIndex }, index) => {
      const next = path[index + 1];
      return next
        ? { children, index: childIndex + 1, position: next.start + next.element!.width }
        : { children, index: childIndex, position: restart };
    });
  }

  /** The old node that now starts at `position` and reads the same there; undefined when there is none. */
  nodeAt(position: number): SyntaxNode | undefined {
    for (let level = this.#stack.at(-1); level; level = this.#stack.at(-1)) {
      const node = level.children[level.index];
      if (!node) {
        this.#stack.pop();
        continue;
      }
      const start = level.position;
      const end = start + node.width;
      const moved = this.#place(node, start, level.children[level.index + 1]);
      if (moved !== undefined && moved > position) return undefined;
      if (moved === position && !isUnsound(node) && !isPlaceBound(node)) return node;
      if (moved === undefined && end + this.#delta <= position) {
        // Nothing in it can still be met.
      } else if (node.kind === "element" && (moved === undefined || moved + node.width > position)) {
        level.index++;
        level.position = end;
        this.#stack.push({ children: node.children, index: 0, position: start + node.startTagWidth });
        continue;
      }
      level.index++;
      level.position = end;
    }
    return undefined;
  }

  /** Where an element of the path ends in the new text if nothing but the edit changed its width. */
  endOf(step: PathStep): number {
    return step.start + step.element!.width + this.#delta;
  }

  /**
   * What is left of the children of a rebuilt element when all of it can be taken over at once; the first of them is
   * the node that {@link nodeAt} has just offered.
   */
  soundRestOf(seed: PathStep | undefined): { nodes: readonly SyntaxNode[]; width: number } | undefined {
    const level = this.#stack.at(-1);
    if (!seed?.element || seed.element.unsound || level?.children !== seed.children) return undefined;
    const nodes = level.children.slice(level.index);
    const contentEnd = seed.start + seed.element.width - seed.element.endTagWidth;
    const width = contentEnd - level.position;
    level.index = level.children.length;
    level.position = contentEnd;
    return { nodes, width };
  }

  /** The new offset of an old node; undefined for one that the edit touches. */
  #place(node: SyntaxNode, start: number, next: SyntaxNode | undefined): number | undefined {
    if (isReadBefore(node, start + node.width, next, this.#change.start)) return start;
    if (start >= this.#change.start + this.#change.removedLength) return start + this.#delta;
    return undefined;
  }
}
