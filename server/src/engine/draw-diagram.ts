import type { DiagramLayout, LayoutGraph, PlacedGraph } from "../host/diagram-layout.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { type DrawnTable, drawnTable, graphOf, placedInColumns } from "../report/diagram-boxes.ts";
import type { DiagramModel } from "../report/diagram-model.ts";

/** A diagram whose tables and references have their places. */
export interface DrawnDiagram {
  /** With a note where no good places were found. */
  readonly model: DiagramModel;
  readonly drawn: readonly DrawnTable[];
  readonly placed: PlacedGraph;
}

/** More boxes or lines are put side by side, since finding good places for them takes too long. */
const most = { boxes: 400, lines: 1500 };

/**
 * Finds places for what is in a diagram.
 *
 * @throws the reason of the signal when it is given up
 */
export async function drawDiagram(
  model: DiagramModel,
  { texts, diagrams }: Pick<World, "texts" | "diagrams">,
  signal?: AbortSignal,
): Promise<DrawnDiagram> {
  const drawn = model.tables.map((table) => drawnTable(table, texts.translate));
  const graph = graphOf(model, drawn);
  const placed = diagrams && isSmall(graph) ? await layOut(graph, diagrams, signal) : undefined;
  if (placed || graph.lines.length === 0) return { model, drawn, placed: placed ?? placedInColumns(graph) };
  const reason: Message = isSmall(graph)
    ? {
        text: "The tables stand in the order of the spec, because no places were found that go by their references.",
      }
    : {
        text: "The tables stand in the order of the spec, because there are too many to place them by their references.",
      };
  return {
    model: { ...model, notes: [...model.notes, reason] },
    drawn,
    placed: placedInColumns(graph),
  };
}

function isSmall({ boxes, lines }: LayoutGraph): boolean {
  return boxes.length <= most.boxes && lines.length <= most.lines;
}

/** Most edits leave a diagram as it was, so the last answer is kept. */
async function layOut(
  graph: LayoutGraph,
  diagrams: DiagramLayout,
  signal: AbortSignal | undefined,
): Promise<PlacedGraph | undefined> {
  const key = JSON.stringify(graph);
  if (last?.key === key && last.diagrams === diagrams) return last.placed;
  const placed = await diagrams.layOut(graph, signal);
  if (placed) last = { key, diagrams, placed };
  return placed;
}

let last:
  | { readonly key: string; readonly diagrams: DiagramLayout; readonly placed: PlacedGraph }
  | undefined;
