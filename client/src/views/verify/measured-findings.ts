import * as vscode from "vscode";
import type { MeasuredFinding } from "../../../../server/src/protocol/verify.ts";
import { movedRange } from "../../moved-range.ts";
import { toDiagnostic } from "../report/findings.ts";

/** As Problems shows where a finding comes from; the same in every language, like the names of programs. */
const source = "sopm verify";

/**
 * What databases that run have said of packages, in Problems beside what the server finds. What was measured of an element
 * holds while that is as it was; it moves with the text around it.
 */
export class MeasuredFindings implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(source);
  /** URI -> what each kind of run found. */
  readonly #found = new Map<string, Map<string, readonly MeasuredFinding[]>>();
  readonly #listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#follow(document.uri, contentChanges);
  });

  /** Replaces what a kind of run found before. */
  show(uri: vscode.Uri, run: "verify" | "matrix", findings: readonly MeasuredFinding[]): void {
    const ofPackage = this.#found.get(uri.toString()) ?? new Map<string, readonly MeasuredFinding[]>();
    ofPackage.set(run, findings);
    this.#found.set(uri.toString(), ofPackage);
    this.#publish(uri);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#collection.dispose();
  }

  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const ofPackage = this.#found.get(uri.toString());
    if (!ofPackage) return;
    for (const [run, findings] of ofPackage)
      ofPackage.set(
        run,
        findings.flatMap((finding) => after(finding, changes) ?? []),
      );
    this.#publish(uri);
  }

  #publish(uri: vscode.Uri): void {
    const findings = [...(this.#found.get(uri.toString())?.values() ?? [])].flat();
    // What fails in several runs is told once for each place.
    const told = new Map(findings.map((each) => [JSON.stringify([each.range, each.message]), each]));
    this.#collection.set(
      uri,
      [...told.values()].map((finding) => toDiagnostic(finding, source)),
    );
  }
}

/** The last change of a text comes first, so that none moves those behind it. */
function after(
  finding: MeasuredFinding,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): MeasuredFinding | undefined {
  let { range, element } = finding;
  // One that belongs to no element is about the text as it was.
  if (element.start.line === element.end.line && element.start.character === element.end.character)
    return undefined;
  for (const change of changes) {
    const moved = movedRange(element, change);
    if (!moved) return undefined;
    element = moved;
    range = movedRange(range, change)!;
  }
  return { ...finding, range, element };
}
