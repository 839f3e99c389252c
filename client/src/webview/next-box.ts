/** Where a table is, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Direction = "left" | "right" | "up" | "down";

/** The box that is nearest in a direction, those that lie straight in it before others; undefined where there is none. */
export function nextBox(boxes: readonly Box[], from: number, direction: Direction): number | undefined {
  const start = middleOf(boxes[from]!);
  const isLevel = direction === "left" || direction === "right";
  const sign = direction === "left" || direction === "up" ? -1 : 1;
  let best: { readonly index: number; readonly far: number } | undefined;
  for (const [index, box] of boxes.entries()) {
    const { x, y } = middleOf(box);
    const along = sign * (isLevel ? x - start.x : y - start.y);
    const aside = Math.abs(isLevel ? y - start.y : x - start.x);
    if (index === from || along <= 0) continue;
    const far = along + 2 * aside;
    if (!best || far < best.far) best = { index, far };
  }
  return best?.index;
}

function middleOf({ left, top, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: left + width / 2, y: top + height / 2 };
}
