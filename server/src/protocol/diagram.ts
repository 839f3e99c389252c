import { request } from "./request.ts";

/** The colours of a picture: those that whoever looks at it prefers, or light or dark ones. */
export const diagramThemes = ["auto", "light", "dark"] as const;
export type DiagramTheme = (typeof diagramThemes)[number];

export const diagramFormats = ["svg", "mermaid"] as const;
export type DiagramFormat = (typeof diagramFormats)[number];

export interface DatabaseDiagramParams {
  readonly uri: string;
  /** One of those that an answer names; absent for the text of the document. */
  readonly version?: string | undefined;
}

export interface DiagramViewParams extends DatabaseDiagramParams {
  /** Whether the answer waits until it is known which versions Git has; absent to take those that were found before. */
  readonly withHistory?: boolean | undefined;
}

/** Client to server: the tables of an open spec or archive. Null for a document that is not open. */
export const databaseDiagramRequest = request<DiagramViewParams, DatabaseDiagramResult | null>(
  "sopm/databaseDiagram",
);

export interface DatabaseDiagramResult {
  readonly kind: "diagram";
  /** For the body of a page, in the reader's language. Texts of packages in it are escaped. */
  readonly svg: string;
  /** The same as a list that can be read aloud. */
  readonly list: string;
  /** The style of both; colours are those of the editor. */
  readonly style: string;
  /** What is shown, and what has to be known of it, one sentence each. */
  readonly notes: readonly string[];
  /** The versions that can be shown, the oldest first; the last one is the document. Empty for one without a version. */
  readonly versions: readonly string[];
  /** The index of the one that is shown. */
  readonly shown: number;
  /** False when the document cannot be read just now; what was shown before is then worth more. */
  readonly isReadable: boolean;
}

export interface ExportDiagramParams extends DatabaseDiagramParams {
  readonly format: DiagramFormat;
  readonly theme?: DiagramTheme | undefined;
}

/** Client to server: the same as the text of a file. */
export const exportDiagramRequest = request<ExportDiagramParams, ExportedDiagram | null>(
  "sopm/exportDatabaseDiagram",
);

export interface ExportedDiagram {
  readonly kind: "text";
  readonly text: string;
}
