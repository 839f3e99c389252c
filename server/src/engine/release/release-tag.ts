import type { OpenedHistory } from "../../host/commit-history.ts";
import { versionOfTag } from "../../model/version-tag.ts";
import type { FoundVersion } from "../find-versions.ts";
import type { RaisedSpec } from "./raised-spec.ts";
import type { ReleaseJournal } from "./release-journal.ts";

/** Named as the newest tag of the package is, else “v1.0.0”. */
export function tagOf(
  { name, version }: RaisedSpec,
  opened: OpenedHistory | undefined,
  released: readonly FoundVersion[],
  fileName: string,
): ReleaseJournal["tag"] {
  if (opened?.kind !== "opened") return undefined;
  const { history } = opened;
  const newest = released.findLast(({ source }) => source.kind === "tag");
  const before = newest?.source.kind === "tag" ? newest.source.name : undefined;
  const like = before !== undefined && newest ? tagLike(before, newest.version, version) : undefined;
  return {
    name: like !== undefined && versionOfTag(like, name) === version ? like : `v${version}`,
    message: `${name} ${version}`,
    parent: history.head,
    path: [...history.names, fileName],
  };
}

/** Another tag with a version in place of that in it; undefined where it has none that is written with points or lines. */
function tagLike(tag: string, old: string, version: string): string | undefined {
  for (const separator of [".", "_", "-"]) {
    const written = old.replaceAll(".", separator);
    if (tag.endsWith(written)) return tag.slice(0, -written.length) + version.replaceAll(".", separator);
  }
  return undefined;
}
