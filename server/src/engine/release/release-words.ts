import type { Message } from "../../l10n/translate.ts";
import type { ReleaseJournal, ReleaseStep } from "./release-journal.ts";
import { digestPath, sbomPath } from "./run-release.ts";

/**
 * What a step does, or has done.
 *
 * @param shown how an absolute path is shown
 */
export function stepMessage(
  step: ReleaseStep,
  journal: ReleaseJournal,
  shown = (path: string): string => path,
): Message {
  const { spec, version, archive, index, tag } = journal;
  switch (step) {
    case "spec":
      return { text: "Spec: {path} becomes {version}", values: { path: shown(spec), version } };
    case "commit":
      return { text: "Commit: the spec alone, “{message}”", values: { message: tag?.message ?? "" } };
    case "build":
      return { text: "Archive: {path}", values: { path: shown(archive) } };
    case "digest":
      return { text: "SHA-256: {path}", values: { path: shown(digestPath(journal)) } };
    case "sbom":
      return { text: "Bill of materials: {path}", values: { path: shown(sbomPath(journal)) } };
    case "index":
      return { text: "Index: {path}", values: { path: shown(index?.path ?? "") } };
    case "tag":
      return { text: "Tag: {name}", values: { name: tag?.name ?? "" } };
  }
}
