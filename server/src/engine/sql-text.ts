import { brokenError, lostColumns } from "../database/database-error.ts";
import type { SqlScript, SqlStatement } from "../database/sql-script.ts";
import type { Message, Translate } from "../l10n/translate.ts";
import { labelOf } from "../lifecycle/element-label.ts";
import { logEntry } from "../lifecycle/log.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { DatabaseFamily } from "../model/package-spec.ts";
import type { StartTag } from "../model/package-structure.ts";
import type { Span } from "../text/span.ts";

/** Elements that are handed to the generator together, or that would be. */
export interface SqlRun {
  readonly family: DatabaseFamily;
  readonly phase: string;
  /** An element that is dealt with on its own; undefined for the elements of a whole phase. */
  readonly element: StartTag | undefined;
  /** The version that lets the element run; undefined where none does. */
  readonly version: string | undefined;
  /** Why it does not run; undefined when it does. */
  readonly reason: Message | undefined;
  readonly script: SqlScript;
}

/** SQL as one would read it, and where its parts come from. */
export interface SqlText {
  /** Empty when there is nothing to tell. Lines end with a line feed. */
  readonly text: string;
  /** In the order of the text; one may lie in another. */
  readonly parts: readonly SqlTextPart[];
}

export interface SqlTextPart {
  /** In the text. */
  readonly span: Span;
  /** In the spec: an element with everything in it. */
  readonly source: Span;
}

/**
 * Writes what an operation runs as a text: a comment for each phase and each element of an upgrade, statements ended by
 * a semicolon. What does not run stands there as a comment, so that the text as a whole does what the operation does.
 */
export function sqlText(operation: Operation, runs: readonly SqlRun[], translate: Translate): SqlText {
  const writer = new SqlWriter(translate);
  let phase: string | undefined;
  for (const run of runs) {
    if (isSilent(run)) continue;
    if (run.phase !== phase) writer.title(phaseTitles[operation], { phase: run.phase });
    phase = run.phase;
    writeRun(run, writer);
  }
  return writer.written;
}

const phaseTitles: Readonly<Record<Operation, Message["text"]>> = {
  install: "Install, phase {phase}",
  upgrade: "Upgrade, phase {phase}",
  reinstall: "Reinstall, phase {phase}",
  uninstall: "Uninstall, phase {phase}",
};

function isSilent({ reason, script }: SqlRun): boolean {
  return !reason && script.main.length + script.post.length + script.log.length === 0;
}

function writeRun({ element, version, reason, script }: SqlRun, writer: SqlWriter): void {
  const label = element ? labelOf(element) : "";
  if (reason && element) {
    writer.commentOn(element, "{element} is left out: {reason}", {
      element: label,
      reason: writer.translate(reason.text, reason.values),
    });
  } else if (reason) {
    writer.comment(reason.text, reason.values);
  } else if (element && version !== undefined) {
    const values = { element: label, version };
    writer.commentOn(element, "{element}, when the installed version is older than {version}", values);
  }
  for (const { id, values, tag } of script.log) {
    const { text } = logEntry(`sql-${id}`, values);
    const message = writer.translate(text, values);
    writer.commentOn(tag, "{element}: the framework logs “{message}”", { element: labelOf(tag), message });
  }
  const isComment = reason !== undefined;
  for (const statement of script.main) writeStatement(statement, isComment, writer);
  if (script.post.length === 0) return;
  writer.comment("Foreign keys, behind everything else");
  for (const statement of script.post) writeStatement(statement, isComment, writer);
}

/** With the reason in front when no database takes it, whatever there is in it, or when it is not what was written. */
function writeStatement(statement: SqlStatement, isComment: boolean, writer: SqlWriter): void {
  const { change, tag } = statement;
  const remark = change?.kind === "broken" ? brokenError(change.problem) : change && lostColumns(change);
  if (remark) writer.commentOn(tag, remark.text, remark.values);
  writer.statement(statement, isComment);
}

class SqlWriter {
  readonly translate: Translate;
  readonly #parts: SqlTextPart[] = [];
  #text = "";
  /** What the next line can follow without an empty line: a comment, or the statements of one element. */
  #open: StartTag | "comment" | undefined;

  constructor(translate: Translate) {
    this.translate = translate;
  }

  get written(): SqlText {
    return { text: this.#text, parts: this.#parts };
  }

  title(text: string, values: Message["values"]): void {
    this.comment(text, values);
    this.#open = undefined;
  }

  comment(text: string, values?: Message["values"]): void {
    this.#begin("comment");
    // Values are the author's: a line break would end the comment.
    this.#text += `-- ${this.translate(text, values).replace(/\s+/g, " ")}\n`;
  }

  commentOn(tag: StartTag, text: string, values: Message["values"]): void {
    this.#begin("comment");
    const start = this.#text.length;
    this.comment(text, values);
    this.#add(start, this.#text.length - 1, tag);
  }

  /** @param isComment whether it is only shown */
  statement({ sql, tag, parts = [] }: SqlStatement, isComment: boolean): void {
    if (this.#open === "comment") this.#open = tag;
    this.#begin(tag);
    const body = sql.trimEnd();
    const ended = body.endsWith(";") ? body : `${body};`;
    const start = this.#text.length;
    this.#text += isComment ? ended.replace(/^/gm, "-- ") : ended;
    this.#add(start, this.#text.length, tag);
    if (!isComment) for (const part of parts) this.#add(start + part.start, start + part.end, part.tag);
    this.#text += "\n";
  }

  #begin(what: StartTag | "comment"): void {
    if (this.#text !== "" && this.#open !== what) this.#text += "\n";
    this.#open = what;
  }

  /** What the builder adds comes from no element; the root stands in for one. */
  #add(start: number, end: number, { element }: StartTag): void {
    if (element.parent) this.#parts.push({ span: { start, end }, source: element.span });
  }
}
