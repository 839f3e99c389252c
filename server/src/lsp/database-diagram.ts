import { type DiagramSurroundings, databaseDiagram, diagramVersions } from "../engine/database-diagram.ts";
import { drawDiagram } from "../engine/draw-diagram.ts";
import { messageText } from "../l10n/translate.ts";
import type {
  DatabaseDiagramParams,
  DatabaseDiagramResult,
  ExportDiagramParams,
  ExportedDiagram,
} from "../protocol/diagram.ts";
import { diagramLegend, diagramNotes, diagramTitle } from "../report/diagram-words.ts";
import { htmlStyle } from "../report/html-style.ts";
import { renderDiagramList } from "../report/render-diagram-list.ts";
import { renderDiagramMermaid } from "../report/render-diagram-mermaid.ts";
import { diagramStyle, renderDiagramSvg, renderDiagramView } from "../report/render-diagram-svg.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { Session } from "./session.ts";

/** The tables of a document, for a page in the editor. @throws the reason of the signal when it is given up */
export async function diagramForEditor(
  document: OpenDocument,
  { version }: DatabaseDiagramParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<DatabaseDiagramResult> {
  const { translate } = session.world.texts;
  const { spec, context } = document.forFeatures();
  const surroundings = surroundingsOf(document, context);
  const versions = diagramVersions(spec, surroundings).map((each) => each.version);
  const { model, drawn, placed } = await drawDiagram(
    databaseDiagram(spec, surroundings, version),
    session.world,
    cancelled,
  );
  const notes = [...diagramNotes(model), diagramLegend].map((note) => messageText(note, translate));
  const asked = version === undefined ? -1 : versions.indexOf(version);
  return {
    kind: "diagram",
    svg: renderDiagramView(model, drawn, placed, translate),
    list: renderDiagramList(model, translate),
    style: `${htmlStyle}${diagramStyle}`,
    notes: [diagramTitle(model, translate), ...notes].map(oneLine),
    versions: versions.map(oneLine),
    shown: asked < 0 ? versions.length - 1 : asked,
    isReadable: spec.root !== undefined,
  };
}

/** The same as a file. @throws the reason of the signal when it is given up */
export async function exportedDiagram(
  document: OpenDocument,
  { version, format, theme = "auto" }: ExportDiagramParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<ExportedDiagram> {
  const { translate } = session.world.texts;
  const { spec, context } = document.forFeatures();
  const diagram = databaseDiagram(spec, surroundingsOf(document, context), version);
  if (format === "mermaid") return { kind: "text", text: renderDiagramMermaid(diagram, translate) };
  const { model, drawn, placed } = await drawDiagram(diagram, session.world, cancelled);
  return { kind: "text", text: renderDiagramSvg(model, drawn, placed, theme, translate) };
}

function surroundingsOf(
  { path, known }: OpenDocument,
  context: DiagramSurroundings["context"],
): DiagramSurroundings {
  return { context, others: path === undefined ? undefined : known?.beside(path) };
}
