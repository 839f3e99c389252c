import * as vscode from "vscode";
import type { DryRunDiagnostic } from "../../../../server/src/protocol/dry-run.ts";
import { toRange } from "../../to-range.ts";

/** As Problems shows where a finding comes from; the same in every language, like the names of programs. */
const findingSource = "sopm dry run";

/** What dry runs have found, in Problems beside what the server finds, until the spec changes. */
export class DryRunFindings implements vscode.Disposable {
  readonly #source: string;
  readonly #collection: vscode.DiagnosticCollection;
  /** URI -> what each dry run found. */
  readonly #found = new Map<string, Map<string, readonly vscode.Diagnostic[]>>();
  readonly #listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#forget(document.uri);
  });

  /** @param source as Problems shows where they come from */
  constructor(source = findingSource) {
    this.#source = source;
    this.#collection = vscode.languages.createDiagnosticCollection(source);
  }

  /** Replaces what a dry run of a package found before. */
  show(uri: vscode.Uri, tried: string, findings: readonly DryRunDiagnostic[]): void {
    const ofPackage = this.#found.get(uri.toString()) ?? new Map<string, readonly vscode.Diagnostic[]>();
    ofPackage.set(
      tried,
      findings.map((finding) => toDiagnostic(finding, this.#source)),
    );
    this.#found.set(uri.toString(), ofPackage);
    this.#collection.set(uri, [...ofPackage.values()].flat());
  }

  dispose(): void {
    this.#listener.dispose();
    this.#collection.dispose();
  }

  #forget(uri: vscode.Uri): void {
    if (this.#found.delete(uri.toString())) this.#collection.delete(uri);
  }
}

const severities = {
  1: vscode.DiagnosticSeverity.Error,
  2: vscode.DiagnosticSeverity.Warning,
  3: vscode.DiagnosticSeverity.Information,
} as const;

/** @param source as Problems shows where it comes from */
export function toDiagnostic(
  { range, severity, code, message }: DryRunDiagnostic,
  source: string,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, severities[severity]);
  diagnostic.source = source;
  diagnostic.code = code;
  return diagnostic;
}
