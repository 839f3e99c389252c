import type { Message } from "../../l10n/translate.ts";
import type { ReleaseJournal, ReleaseStep } from "./release-journal.ts";
import { digestPath, sbomPath } from "./run-release.ts";

/** What a step does, or has done. */
export function stepMessage(step: ReleaseStep, journal: ReleaseJournal): Message {
  const { spec, version, archive, index, tag } = journal;
  switch (step) {
    case "spec":
      return { text: "Spec: {path} becomes {version}", values: { path: spec, version } };
    case "commit":
      return { text: "Commit: the spec alone, “{message}”", values: { message: tag?.message ?? "" } };
    case "build":
      return { text: "Archive: {path}", values: { path: archive } };
    case "digest":
      return { text: "SHA-256: {path}", values: { path: digestPath(journal) } };
    case "sbom":
      return { text: "Bill of materials: {path}", values: { path: sbomPath(journal) } };
    case "index":
      return { text: "Index: {path}", values: { path: index?.path ?? "" } };
    case "tag":
      return { text: "Tag: {name}", values: { name: tag?.name ?? "" } };
  }
}
