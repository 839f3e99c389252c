import { findingCertainty } from "../engine/finding-certainty.ts";
import type { LintedFile } from "../engine/lint-file.ts";
import type { World } from "../host/world.ts";
import type { CheckedFile, Excerpt, FileNames, FoundProblem } from "../report/found-problem.ts";
import { findingsByFile, rangeOf, relatedPlaces, sourceOf } from "../rules/finding-place.ts";
import { findingText } from "../rules/finding-text.ts";
import { isMendedUnasked } from "../rules/fix-together.ts";
import type { Finding } from "../rules/rule.ts";
import { editsOf } from "../rules/shared/fixes.ts";
import type { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";

/** What makes plain data of findings, in the reader's language. */
export type FindingsWorld = Pick<World, "texts" | "paths" | "files">;

/** A spec or an archive that was checked. */
export interface CheckedSpec extends LintedFile {
  /** As it was named. */
  readonly path: string;
  /** The folder that the package's files lie in. */
  readonly baseFolder: string;
}

/** The files that there are findings in, the spec first and always, as plain data. */
export function checkedFiles(spec: CheckedSpec, world: FindingsWorld): readonly CheckedFile[] {
  const { path, baseFolder, dialect, findings } = spec;
  const own = findings.filter(({ file }) => !file);
  const others = [...findingsByFile(findings)].map(([file, found]): CheckedFile => {
    const names = fileNames(world.paths.join(baseFolder, file.path), world);
    return { ...names, dialect, problems: problemsOf(found, spec, world) };
  });
  return [{ ...fileNames(path, world), dialect, problems: problemsOf(own, spec, world) }, ...others];
}

/** The two names of a file that somebody has named, or that was found below a folder that somebody has named. */
export function fileNames(path: string, { paths }: Pick<World, "paths">): FileNames {
  const absolute = paths.resolve(path);
  const names = paths.below(paths.resolve("."), absolute);
  return { path, portablePath: names ? names.join("/") : paths.toUri(absolute) };
}

/** @param findings in one file */
function problemsOf(
  findings: readonly Finding[],
  spec: CheckedSpec,
  world: FindingsWorld,
): readonly FoundProblem[] {
  const { translate } = world.texts;
  const files = world.files({ flush: false });
  const encoder = new TextEncoder();
  const times = new Map<string, number>();
  const fingerprint = (finding: Finding, excerpt: Excerpt) => {
    const mark = JSON.stringify([finding.rule, finding.message, contextOf(excerpt)]);
    const time = (times.get(mark) ?? 0) + 1;
    times.set(mark, time);
    return `${files.digest(encoder.encode(mark)).slice(0, 32)}:${time}`;
  };
  return findings.map((finding): FoundProblem => {
    const source = sourceOf(finding, spec.tree);
    const excerpt = excerptOf(source, finding.span);
    const pathOf = (file: string) => world.paths.join(spec.baseFolder, file);
    return {
      ...rangeOf(finding, spec.tree),
      rule: finding.rule,
      severity: finding.severity,
      certainty: findingCertainty(finding.rule, spec.context),
      message: findingText(finding, translate),
      template: finding.message,
      arguments: finding.arguments ?? {},
      excerpt,
      related: relatedPlaces(finding, spec.tree.source, pathOf).map(({ path, start, end, related }) => ({
        ...fileNames(path ?? spec.path, world),
        ...{ start, end },
        message: translate(related.message, related.arguments),
      })),
      fixes: (finding.fixes ?? []).map((fix) => ({
        title: translate(fix.title, fix.arguments),
        edits: editsOf(fix, source).map(({ span, newText }) => ({
          start: source.positionAt(span.start),
          end: source.positionAt(span.end),
          newText,
        })),
      })),
      isMended: !finding.file && isMendedUnasked(finding),
      fingerprint: fingerprint(finding, excerpt),
    };
  });
}

/** What is shown of a line at most, before and behind the beginning of a finding. */
const before = 80;
const behind = 240;

function excerptOf(source: SourceText, span: Span): Excerpt {
  const { line } = source.positionAt(span.start);
  const lineStart = source.lineStart(line);
  const start = Math.max(lineStart, span.start - before);
  const end = Math.min(source.lineStart(line + 1), span.start + behind);
  const text = source.slice(start, end).replace(/[\r\n]+$/, "");
  const from = span.start - start;
  return {
    text,
    start: Math.min(from, text.length),
    end: Math.max(from, Math.min(span.end - start, text.length)),
    isCutBefore: start > lineStart,
    isCutBehind: end < source.lineStart(line + 1),
  };
}

/** What stands at a finding and before it on its line, blanks aside: indentation changes when a part is moved. */
function contextOf({ text, start, end }: Excerpt): readonly string[] {
  return [text.slice(0, start), text.slice(start, end)].map((each) => each.replace(/\s+/g, " ").trim());
}
