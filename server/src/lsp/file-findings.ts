import type { Diagnostic } from "vscode-languageserver";
import type { FileFix } from "../protocol/file-fixes.ts";
import type { ProtocolRange } from "../protocol/place.ts";
import { findingsByFile } from "../rules/finding-place.ts";
import type { Finding } from "../rules/rule.ts";
import { SourceText } from "../text/source-text.ts";
import { type Home, toDiagnostic, toSpan, toTextEdit } from "./convert.ts";
import type { Session } from "./session.ts";

/** Findings in one file, and the text that they were found in. */
export interface FoundInFile {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The spec that names the file. */
  readonly home: Home;
}

/**
 * What is wrong with files that specs name, such as those with settings. Several specs may name one file; each is told
 * of with all that is known from any of them, every finding once.
 */
export class FileFindings {
  readonly #session: Pick<Session, "world" | "client">;
  readonly #report: (uri: string, diagnostics: Diagnostic[]) => void;
  /** By absolute path of the file, then of the spec. */
  readonly #found = new Map<string, Map<string, FoundInFile>>();

  /** @param report called with everything that is wrong with a file, when that changes */
  constructor(
    session: Pick<Session, "world" | "client">,
    report: (uri: string, diagnostics: Diagnostic[]) => void,
  ) {
    this.#session = session;
    this.#report = report;
  }

  /**
   * Takes all findings of a spec in place of those from before.
   *
   * @param home undefined for a spec that is gone, which has no findings
   */
  tell(spec: string, home: Home | undefined, findings: readonly Finding[]): void {
    const { join } = this.#session.world.paths;
    const now = new Map<string, FoundInFile>();
    for (const [{ path, text }, found] of findingsByFile(findings)) {
      if (home?.baseFolder !== undefined)
        now.set(join(home.baseFolder, path), { text, findings: found, home });
    }
    const before = [...this.#found].filter(([, specs]) => specs.has(spec)).map(([path]) => path);
    for (const path of new Set([...before, ...now.keys()])) {
      const specs = this.#found.get(path) ?? new Map<string, FoundInFile>();
      const found = now.get(path);
      if (found) specs.set(spec, found);
      else specs.delete(spec);
      if (specs.size > 0) this.#found.set(path, specs);
      else this.#found.delete(path);
      this.#report(this.#session.world.paths.toUri(path), this.#diagnosticsOf(specs));
    }
  }

  /**
   * What can be done about the findings that a range touches. Several specs that name a file mend it alike.
   *
   * @param typed what is in the file now, where it is open: nothing is offered for another text; absent for the disk's
   */
  fixesAt(path: string, range: ProtocolRange, typed?: string): readonly FileFix[] {
    const fixes = new Map<string, FileFix>();
    for (const { text, findings } of this.#found.get(path)?.values() ?? []) {
      if (typed !== undefined && typed !== text) continue;
      const source = SourceText.of(text);
      const place = toSpan(source, range);
      for (const { span, rule, fixes: possible = [] } of findings) {
        if (span.end < place.start || span.start > place.end) continue;
        for (const [index, { title, arguments: values, edits }] of possible.entries()) {
          const fix: FileFix = {
            title: this.#session.world.texts.translate(title, values),
            rule,
            isPreferred: index === 0,
            edits: edits.map((edit) => toTextEdit(source, edit)),
          };
          fixes.set(JSON.stringify(fix), fix);
        }
      }
    }
    return [...fixes.values()];
  }

  /** All that is wrong with a file. */
  in(path: string): Diagnostic[] {
    return this.#diagnosticsOf(this.#found.get(path) ?? new Map());
  }

  #diagnosticsOf(specs: ReadonlyMap<string, FoundInFile>): Diagnostic[] {
    const different = new Map<string, Diagnostic>();
    for (const { text, findings, home } of specs.values()) {
      const source = SourceText.of(text);
      for (const finding of findings) {
        const diagnostic = toDiagnostic(source, finding, home, this.#session);
        different.set(JSON.stringify(diagnostic), diagnostic);
      }
    }
    return [...different.values()];
  }
}
