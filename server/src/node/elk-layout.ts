import Elk from "elkjs/lib/elk.bundled.js";
import type { ElkEdgeSection, ElkNode } from "elkjs/lib/elk-api.js";
import type { LayoutGraph, LayoutPoint, PlacedGraph } from "../host/diagram-layout.ts";

/**
 * Lays out a graph by the Eclipse Layout Kernel: what is referred to stands left of what refers to it. The same graph
 * gets the same places. It works until it is done, which may take seconds, so it is called in a thread of its own.
 */
export async function elkLayout({ boxes, lines }: LayoutGraph): Promise<PlacedGraph> {
  const ports = boxes.map(() => new Map<string, { readonly side: "EAST" | "WEST"; readonly y: number }>());
  const portAt = (box: number, side: "EAST" | "WEST", y: number) => {
    const id = `${box} ${side} ${y}`;
    ports[box]!.set(id, { side, y });
    return id;
  };
  const edges = lines.map(({ from, fromY, to, toY }, index) => ({
    id: `line ${index}`,
    sources: [portAt(to, "EAST", toY)],
    targets: [portAt(from, "WEST", fromY)],
  }));
  const children = boxes.map(({ width, height }, index) => ({
    ...{ id: String(index), width, height },
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
    ports: [...ports[index]!].map(([id, { side, y }]) => ({
      ...{ id, width: 0, height: 0, x: side === "EAST" ? width : 0, y },
      layoutOptions: { "elk.port.side": side },
    })),
  }));
  const graph = { id: "diagram", layoutOptions, children, edges };
  const placed: ElkNode = await new Elk().layout(graph);
  return {
    boxes: (placed.children ?? []).map(({ x = 0, y = 0 }) => ({ x, y })),
    lines: (placed.edges ?? []).map(({ sections = [] }) => pointsOf(sections).reverse()),
  };
}

const layoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": "70",
  "elk.layered.spacing.edgeNodeBetweenLayers": "24",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.componentComponent": "40",
  "elk.spacing.edgeEdge": "8",
  "elk.aspectRatio": "1.6",
  "elk.randomSeed": "1",
};

function pointsOf(sections: readonly ElkEdgeSection[]): LayoutPoint[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x, y })),
  );
}
