/** Boxes and lines between them, for whoever finds places for them. All lengths are in pixels. */
export interface LayoutGraph {
  readonly boxes: readonly LayoutBox[];
  readonly lines: readonly LayoutLine[];
}

export interface LayoutBox {
  readonly width: number;
  readonly height: number;
}

/** A line from the left edge of a box to the right edge of one, which may be the same. */
export interface LayoutLine {
  /** The index of the box that refers. */
  readonly from: number;
  /** How far below the upper edge of its box it starts. */
  readonly fromY: number;
  /** The index of the box that is referred to. */
  readonly to: number;
  readonly toY: number;
}

export interface LayoutPoint {
  readonly x: number;
  readonly y: number;
}

/** Places for the boxes and lines of a graph, in their order. */
export interface PlacedGraph {
  /** The upper left corners. */
  readonly boxes: readonly LayoutPoint[];
  /** From the box that refers to the one that is referred to. */
  readonly lines: readonly (readonly LayoutPoint[])[];
}

/** Somebody who knows how to lay out graphs well, and takes his time for it. */
export interface DiagramLayout {
  /**
   * Undefined where no places were found in time.
   *
   * @throws the reason of the signal when it is given up
   */
  layOut(graph: LayoutGraph, signal?: AbortSignal): Promise<PlacedGraph | undefined>;
}
