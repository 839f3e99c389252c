import type { World } from "../host/world.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { LintSurroundings } from "./lint.ts";

/** What surroundings are put together from, beside a document. */
export type SurroundingWorld = Pick<World, "paths" | "knowledge" | "clock">;

/** Where a document comes from. */
export interface Origin extends Pick<LintSurroundings, "folder" | "perl" | "decodingProblem" | "others"> {
  /** Absolute or as somebody has named it; undefined for a text that lies on no disk. */
  readonly path: string | undefined;
  /** Absent when the name of the file tells it. */
  readonly kind?: LintSurroundings["kind"];
}

/** What a check of a document takes into account beside its text, at this moment. */
export function surroundingsOf(
  { path, kind = kindOfFile(path), ...known }: Origin,
  { paths, knowledge, clock }: SurroundingWorld,
): LintSurroundings {
  return {
    ...known,
    fileName: path === undefined ? undefined : paths.basename(path),
    kind,
    knowledge: knowledge.knowledgeOf,
    today: clock.today(),
  };
}

function kindOfFile(path: string | undefined): LintSurroundings["kind"] {
  return path !== undefined && isArchiveName(path) ? "archive" : "spec";
}
