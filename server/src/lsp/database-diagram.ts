import { committedVersions } from "../engine/committed-diagrams.ts";
import {
  type DiagramSurroundings,
  type DiagramVersion,
  databaseDiagram,
  diagramVersions,
} from "../engine/database-diagram.ts";
import { drawDiagram } from "../engine/draw-diagram.ts";
import { PackageError } from "../host/package-error.ts";
import { messageText } from "../l10n/translate.ts";
import type {
  DatabaseDiagramResult,
  DiagramViewParams,
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
  { version, withHistory }: DiagramViewParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<DatabaseDiagramResult> {
  const { translate } = session.world.texts;
  if (withHistory) committed.set(document, await lookUp(document, session, cancelled));
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

/** The versions that Git has of documents, as they were last looked up. */
const committed = new WeakMap<OpenDocument, readonly DiagramVersion[]>();

/** Git is asked in trusted workspaces alone: what it does is decided by files of the repository, too. */
async function lookUp(
  { path, kind, baseFolder }: OpenDocument,
  { world, workspace, isTrusted }: Session,
  signal: AbortSignal,
): Promise<readonly DiagramVersion[]> {
  if (path === undefined || kind !== "spec" || !isTrusted()) return [];
  const untrustedFolders = [world.paths.dirname(path), ...workspace.folders];
  try {
    const versions = await committedVersions(path, world, { baseFolder, git: { untrustedFolders, signal } });
    // What was given up has not found all.
    signal.throwIfAborted();
    return versions;
  } catch (error) {
    // One that was never saved, or is gone by now.
    if (error instanceof PackageError) return [];
    throw error;
  }
}

function surroundingsOf(
  document: OpenDocument,
  context: DiagramSurroundings["context"],
): DiagramSurroundings {
  const { path, known } = document;
  const others = path === undefined ? undefined : known?.beside(path);
  return { context, others, committed: committed.get(document) };
}
