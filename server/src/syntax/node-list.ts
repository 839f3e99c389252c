import { memo } from "../text/memo.ts";
import { isUnsound, type SyntaxNode } from "./node.ts";

/** Siblings that stand side by side, with sums over them. */
export interface Block {
  readonly nodes: readonly SyntaxNode[];
  readonly width: number;
  readonly problemCount: number;
  readonly height: number;
  readonly unsound: boolean;
  /** A place where a reader may keep what it derived from these nodes alone. */
  memo: unknown;
}

const blockSize = 64;

const answersTo = memo((_test: (node: SyntaxNode) => boolean) => new WeakMap<Block, boolean>());

/**
 * The nodes between two tags. Immutable.
 *
 * A file list can have ten thousand children. They are kept in blocks, so that replacing one copies a block, and what
 * holds for all others is known from sums.
 */
export class NodeList {
  static readonly empty = new NodeList([]);

  readonly blocks: readonly Block[];
  readonly length: number;
  /** Of all nodes together, in UTF-16 code units. */
  readonly width: number;
  /** The number of problems of the nodes and all below them. */
  readonly problemCount: number;
  /** How many elements are nested in the list, one inside the other. */
  readonly height: number;
  /** Tells whether any of the nodes is unsound. */
  readonly unsound: boolean;
  #nodes: readonly SyntaxNode[] | undefined;

  private constructor(blocks: readonly Block[]) {
    let length = 0;
    let width = 0;
    let problemCount = 0;
    let height = 0;
    let unsound = false;
    for (const block of blocks) {
      length += block.nodes.length;
      width += block.width;
      problemCount += block.problemCount;
      if (block.height > height) height = block.height;
      unsound ||= block.unsound;
    }
    this.blocks = blocks;
    this.length = length;
    this.width = width;
    this.problemCount = problemCount;
    this.height = height;
    this.unsound = unsound;
    this.#nodes = blocks.length === 1 ? blocks[0]!.nodes : undefined;
  }

  /**
   * @param nodes belongs to the list from now on
   * @param known blocks that some of the nodes are in already
   */
  static of(nodes: readonly SyntaxNode[], known: readonly KnownBlock[] = []): NodeList {
    return nodes.length === 0 ? NodeList.empty : new NodeList(blocksOf(nodes, known));
  }

  /** All nodes in one array. It is made when first asked for. */
  get nodes(): readonly SyntaxNode[] {
    this.#nodes ??= this.blocks.flatMap((block) => block.nodes);
    return this.#nodes;
  }

  /**
   * Tells whether any of the nodes passes a test that looks at the node alone. In a long list the answer is kept for
   * what an edit leaves alone.
   *
   * @param test always the same function for the same question: the answers are kept under it
   */
  some(test: (node: SyntaxNode) => boolean): boolean {
    if (this.blocks.length === 1) return this.blocks[0]!.nodes.some(test);
    const answers = answersTo(test);
    return this.blocks.some((block) => {
      let answer = answers.get(block);
      if (answer === undefined) {
        answer = block.nodes.some(test);
        answers.set(block, answer);
      }
      return answer;
    });
  }

  /**
   * The nodes with problems of their own or below them, in order. Blocks without any are passed at once.
   *
   * @param start where the first node of the list starts
   */
  *withProblems(start: number): Iterable<{ readonly node: SyntaxNode; readonly start: number }> {
    let blockStart = start;
    for (const { nodes, width, problemCount } of this.blocks) {
      if (problemCount > 0) {
        let nodeStart = blockStart;
        for (const node of nodes) {
          if (hasProblem(node)) yield { node, start: nodeStart };
          nodeStart += node.width;
        }
      }
      blockStart += width;
    }
  }

  /** The index from which on all nodes are sound. */
  get soundFrom(): number {
    let index = this.length;
    for (const { nodes, unsound } of this.blocks.toReversed()) {
      index -= nodes.length;
      if (unsound) return index + nodes.findLastIndex(isUnsound) + 1;
    }
    return 0;
  }

  /**
   * The list with other nodes in place of those from index `from` to before index `to`.
   *
   * @param known blocks that some of the nodes are in already
   */
  replaced(
    from: number,
    to: number,
    nodes: readonly SyntaxNode[],
    known: readonly KnownBlock[] = [],
  ): NodeList {
    const { blocks } = this;
    if (blocks.length === 0) return NodeList.of(nodes, known);
    const first = blockAt(blocks, from);
    const last = blockAt(blocks, to);
    const before = blocks[first.block]!.nodes.slice(0, from - first.start);
    const joined = [...before, ...nodes, ...blocks[last.block]!.nodes.slice(to - last.start)];
    const moved = known.map(({ index, block }) => ({ index: index + before.length, block }));
    // What has become small joins its neighbour, or many deletions would leave blocks of one node each.
    let end = last.block + 1;
    const lastKnown = moved.at(-1);
    const loose = joined.length - (lastKnown ? lastKnown.index + lastKnown.block.nodes.length : 0);
    if (loose < blockSize / 2 && end < blocks.length) joined.push(...blocks[end++]!.nodes);
    return new NodeList(blocks.toSpliced(first.block, end - first.block, ...blocksOf(joined, moved)));
  }
}

/** The block that holds the node at `index`, or ends before it, and the index of its first node. */
function blockAt(blocks: readonly Block[], index: number): { block: number; start: number } {
  let start = 0;
  let block = 0;
  for (; block < blocks.length - 1; block++) {
    const { length } = blocks[block]!.nodes;
    if (index <= start + length) break;
    start += length;
  }
  return { block, start };
}

/** A block, and where its nodes begin among others. */
export interface KnownBlock {
  readonly index: number;
  readonly block: Block;
}

/** @param known stays as it is, unless few nodes are left between two, which join the second */
function blocksOf(nodes: readonly SyntaxNode[], known: readonly KnownBlock[]): readonly Block[] {
  const blocks: Block[] = [];
  let start = 0;
  for (const { index, block } of known) {
    if (index > start && index - start < blockSize / 2) continue;
    addBlocks(nodes, start, index, blocks);
    blocks.push(block);
    start = index + block.nodes.length;
  }
  addBlocks(nodes, start, nodes.length, blocks);
  return blocks;
}

function addBlocks(nodes: readonly SyntaxNode[], from: number, to: number, blocks: Block[]): void {
  if (to - from <= 2 * blockSize) {
    if (to > from) blocks.push(blockOf(from === 0 && to === nodes.length ? nodes : nodes.slice(from, to)));
    return;
  }
  for (let start = from; start < to; start += blockSize) {
    blocks.push(blockOf(nodes.slice(start, Math.min(start + blockSize, to))));
  }
}

function blockOf(nodes: readonly SyntaxNode[]): Block {
  let width = 0;
  let problemCount = 0;
  let height = 0;
  let unsound = false;
  for (const node of nodes) {
    width += node.width;
    if (node.kind === "element") {
      problemCount += node.problemCount;
      if (node.height > height) height = node.height;
      unsound ||= node.unsound;
    } else {
      if (node.problems) problemCount += node.problems.length;
      unsound ||= isUnsound(node);
    }
  }
  return { nodes, width, problemCount, height, unsound, memo: undefined };
}

function hasProblem(node: SyntaxNode): boolean {
  return node.kind === "element" ? node.problemCount > 0 : node.problems !== undefined;
}

/** How many code units it may take to tell markup from text: `<` and a name that starts with a surrogate pair. */
export const markupStart = 3;

/** A place among siblings. It moves forward only. */
export class SiblingCursor {
  readonly list: NodeList;
  /** How many siblings stand before it. */
  index = 0;
  /** Where the node starts. */
  offset: number;
  #block = 0;
  #inBlock = 0;

  /** @param offset where the first node of the list starts */
  constructor(list: NodeList, offset: number) {
    this.list = list;
    this.offset = offset;
  }

  copy(): SiblingCursor {
    const copy = new SiblingCursor(this.list, this.offset);
    copy.index = this.index;
    copy.#block = this.#block;
    copy.#inBlock = this.#inBlock;
    return copy;
  }

  /** The node it stands before; undefined at the end of the list. */
  get node(): SyntaxNode | undefined {
    return this.list.blocks[this.#block]?.nodes[this.#inBlock];
  }

  /** The node behind that. */
  get following(): SyntaxNode | undefined {
    const { blocks } = this.list;
    return blocks[this.#block]?.nodes[this.#inBlock + 1] ?? blocks[this.#block + 1]?.nodes[0];
  }

  advance(): void {
    const { nodes } = this.list.blocks[this.#block]!;
    this.offset += nodes[this.#inBlock]!.width;
    this.index++;
    if (++this.#inBlock < nodes.length) return;
    this.#block++;
    this.#inBlock = 0;
  }

  /** The block that starts with the node; undefined when that is not the first of one. */
  get startedBlock(): Block | undefined {
    return this.#inBlock === 0 ? this.list.blocks[this.#block] : undefined;
  }

  /** How far behind the block reading a text at its end may have looked: at the node there, or at the start of markup. */
  get spareBehindBlock(): number {
    return Math.max(markupStart, this.list.blocks[this.#block + 1]?.nodes[0]?.width ?? 0);
  }

  /** Only for a cursor that stands at the start of a block. */
  passBlock(): void {
    const { nodes, width } = this.list.blocks[this.#block++]!;
    this.index += nodes.length;
    this.offset += width;
  }

  /** Passes whole blocks of sound nodes that end before `limit`. Only for a cursor that has not moved otherwise. */
  passSoundBlocks(limit: number): void {
    for (let block = this.startedBlock; block && !block.unsound; block = this.startedBlock) {
      if (this.offset + block.width + this.spareBehindBlock > limit) return;
      this.passBlock();
    }
  }

  /** Passes the nodes that end before `offset`. */
  passTo(offset: number): void {
    for (let block = this.startedBlock; block; block = this.startedBlock) {
      if (this.offset + block.width >= offset) break;
      this.passBlock();
    }
    for (let node = this.node; node && this.offset + node.width < offset; node = this.node) this.advance();
  }
}
