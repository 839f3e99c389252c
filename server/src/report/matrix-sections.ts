import type { Message } from "../l10n/translate.ts";
import type { Difference } from "../proof/compare-systems.ts";
import { partingTexts } from "../proof/parting.ts";
import type { Span } from "../text/span.ts";
import type { MatrixReport, MatrixRow, Told } from "./matrix-report.ts";
import {
  blockOutcomes,
  blocksText,
  columnsText,
  countsText,
  differencesTitle,
  differenceText,
  earlierText,
  earlierTitle,
  failuresTitle,
  failureText,
  noStarts,
  openSentences,
  openTitle,
  passedOverText,
  refusalsTitle,
  rowTitle,
  startsText,
} from "./matrix-words.ts";

/** What stands behind the words of a matrix, in the order in which all forms show it. */
export interface MatrixSection {
  readonly title: Message;
  /** Whether a build should fail for it. */
  readonly isFault: boolean;
  readonly items: readonly MatrixItem[];
}

export interface MatrixItem {
  readonly sentence: Message;
  /** From where, on what, and why. */
  readonly more: readonly Message[];
  readonly span: Span | undefined;
  /** The difference that it is; undefined for all else. */
  readonly difference?: Told<Difference> | undefined;
}

/** What is said above the tables. */
export function matrixNotes(report: MatrixReport): readonly Message[] {
  return [
    countsText(report),
    ...(report.starts.length === 0 ? [noStarts(report)] : []),
    ...(report.passedOver.length > 0 && report.since !== undefined ? [passedOverText(report)] : []),
    ...report.notes,
  ];
}

/** Those with something in them. */
export function matrixSections(report: MatrixReport): readonly MatrixSection[] {
  const items = <Thing>(
    list: readonly Told<Thing>[],
    say: (thing: Thing) => { sentence: Message; why?: Message; span?: Span | undefined },
    differenceOf: (told: Told<Thing>) => Told<Difference> | undefined = () => undefined,
  ) =>
    list.map((told): MatrixItem => {
      const { sentence, why, span } = say(told.thing);
      const more = [startsText(told), columnsText(told, report), why].filter((each) => each !== undefined);
      return { sentence, more, span, difference: differenceOf(told) };
    });
  const sections: readonly MatrixSection[] = [
    {
      title: differencesTitle,
      isFault: true,
      items: items(
        report.differences,
        (difference) => ({
          sentence: differenceText(difference),
          why: partingTexts[difference.parting.cause],
          span: difference.parting.tag?.element.span,
        }),
        (told) => told,
      ),
    },
    {
      title: failuresTitle,
      isFault: true,
      items: items(report.failures, (failed) => ({
        sentence: failureText(failed),
        why: failed.reason,
        span: failed.span,
      })),
    },
    {
      title: refusalsTitle,
      isFault: true,
      items: items(report.refusals, (sentence) => ({ sentence })),
    },
    {
      title: openTitle,
      isFault: false,
      items: items(report.open, openSentences),
    },
    {
      title: earlierTitle,
      isFault: false,
      items: items(report.earlierFailures, (failed) => ({
        sentence: earlierText(failed),
        why: failed.reason,
      })),
    },
  ];
  return sections.filter((section) => section.items.length > 0);
}

/** What each straight upgrade runs, on the first system: databases make no difference to that. */
export function matrixBlocks({ rows }: MatrixReport): readonly MatrixItem[] {
  return rows.flatMap((row: MatrixRow): MatrixItem[] => {
    const { blocks } = row.cells[0]!;
    if (row.start === undefined || row.kind !== "straight" || blocks.length === 0) return [];
    const more = blockOutcomes.flatMap((outcome) => blocksText(blocks, outcome) ?? []);
    return [{ sentence: rowTitle(row), more, span: undefined }];
  });
}
