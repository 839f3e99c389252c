import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import type { CheckedFile, FileNames, FindingsForm } from "../report/found-problem.ts";
import { addressOf } from "../report/render-sarif.ts";
import { decodeText } from "../text/decode.ts";
import { unifiedDiff } from "../text/unified-diff.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import { type Baseline, liesInNamed } from "./baseline.ts";
import type { CheckedNamed } from "./check-named.ts";
import type { ExitCode, Given } from "./command.ts";
import { fileNames } from "./found-problems.ts";
import type { lintParameters } from "./spec-commands.ts";
import { writeResult } from "./write-result.ts";

/** What fixes have made of a file. */
interface FixedFile extends NonNullable<CheckedNamed["change"]>, Pick<CheckedNamed, "fixed" | "isLost"> {
  readonly path: string;
}

/** What `sopm lint` tells of the files that it has checked, and how it ends. */
export class LintOutput {
  readonly #given: Given<typeof lintParameters>;
  readonly #baseline: Baseline | undefined;
  readonly #mostWarnings: number | undefined;
  readonly #isFixing: boolean;
  readonly #form: FindingsForm;
  readonly #shell: Shell;
  readonly #showsDifference: boolean;
  readonly #tally = { files: 0, errors: 0, warnings: 0, findings: 0, fixed: 0, isLost: false };
  readonly #unreadable: (FileNames & { readonly message: string })[] = [];
  readonly #addresses = new Set<string>();
  /** What goes into the file of `--write-baseline`. */
  readonly #log: string[] = [];

  constructor(
    given: Given<typeof lintParameters>,
    {
      baseline,
      mostWarnings,
      isFixing,
    }: {
      readonly baseline: Baseline | undefined;
      readonly mostWarnings: number | undefined;
      readonly isFixing: boolean;
    },
    form: FindingsForm,
    shell: Shell,
  ) {
    this.#given = given;
    this.#baseline = baseline;
    this.#mostWarnings = mostWarnings;
    this.#isFixing = isFixing;
    this.#form = form;
    this.#shell = shell;
    this.#showsDifference =
      given["fix-dry-run"] && given.format === "text" && given["write-baseline"] === undefined;
  }

  change(change: FixedFile): void {
    this.#tally.fixed += change.fixed ?? 0;
    this.#tally.isLost ||= change.isLost;
    if (this.#showsDifference) showDifference(change.path, change, this.#shell);
  }

  checked({ isLost }: Pick<CheckedNamed, "isLost">): void {
    this.#tally.files++;
    this.#tally.isLost ||= isLost;
  }

  found(found: CheckedFile): void {
    this.#addresses.add(addressOf(found));
    const isCompared = this.#baseline && this.#given["write-baseline"] === undefined;
    const file = isCompared ? this.#baseline.without(found) : found;
    this.#tally.findings += file.problems.length;
    for (const { severity } of file.problems) {
      if (severity === "error") this.#tally.errors++;
      else if (severity === "warning") this.#tally.warnings++;
    }
    this.#show(this.#form.file(file));
  }

  /** @param reason a code of the system, such as "EACCES" */
  unreadable(path: string, reason: string): void {
    const { complain, world } = this.#shell;
    const message: Message = { text: "“{path}” cannot be read: {reason}.", values: { path, reason } };
    complain(message);
    this.#unreadable.push({ ...fileNames(path, world), message: world.texts.textOf(message) });
    this.#tally.isLost = true;
  }

  async end(): Promise<ExitCode> {
    const { files, errors, isLost } = this.#tally;
    const known = this.#baseline?.known ?? 0;
    this.#show(this.#form.end({ files, known, unreadable: this.#unreadable, wasFixing: this.#isFixing }));
    const written = this.#given["write-baseline"];
    if (written !== undefined) return this.#writeBaseline(written);
    if (this.#showsDifference) this.#tellRemaining();
    this.#tellGone();
    return this.#hasTooManyWarnings() || isLost || errors > 0 ? 1 : 0;
  }

  #show(text: string): void {
    if (this.#given["write-baseline"] !== undefined) this.#log.push(text);
    else if (!this.#showsDifference) this.#shell.print(text);
  }

  async #writeBaseline(path: string): Promise<ExitCode> {
    if (!(await writeResult(this.#shell, this.#log.join(""), path))) return 1;
    const { findings: count, isLost } = this.#tally;
    this.#shell.complain("“{path}” has all findings: {count}. With --baseline they are left out.", {
      path,
      count,
    });
    return isLost ? 1 : 0;
  }

  #tellRemaining(): void {
    const { fixed, errors, warnings } = this.#tally;
    this.#shell.complain("Can be fixed: {fixed}. Errors that remain: {errors}, warnings: {warnings}.", {
      fixed,
      errors,
      warnings,
    });
  }

  #tellGone(): void {
    const { complain, world } = this.#shell;
    const isAsked = (each: string) =>
      this.#addresses.has(each) || liesInNamed(each, this.#given.paths, world);
    for (const [path, count] of this.#baseline?.gone(isAsked) ?? []) {
      complain(
        "Findings of the baseline that are gone from “{path}”: {count}. --write-baseline writes it anew.",
        { path, count },
      );
    }
  }

  #hasTooManyWarnings(): boolean {
    const most = this.#mostWarnings;
    const { warnings: count } = this.#tally;
    if (most === undefined || count <= most) return false;
    this.#shell.complain("Warnings: {count}. --max-warnings allows {most}.", { count, most });
    return true;
  }
}

/** Prints what fixes change, as a unified diff. */
function showDifference(
  path: string,
  { before, after }: NonNullable<CheckedNamed["change"]>,
  { world, print, complain }: Shell,
): void {
  const name = oneLine(fileNames(path, world).portablePath);
  const difference = unifiedDiff(name, decodeText(before).text, decodeText(after).text);
  const shown = severalLines(difference);
  // One with an escape in it is none any more that could be applied.
  if (shown !== difference) {
    complain(
      "Characters that cannot be seen are printed as escapes, so that the difference cannot be applied as it is.",
    );
  }
  print(shown);
}
