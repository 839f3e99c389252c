import * as vscode from "vscode";

/** Whether the user has an extension that knows Perl, which the one for its colours that comes with VS Code does not. */
export class PerlExtensions implements vscode.Disposable {
  #areThere: boolean | undefined;
  readonly #listener = vscode.extensions.onDidChange(() => {
    this.#areThere = undefined;
  });

  /** Found out once, and again when extensions come or go. Those that are switched off, or not trusted, are none. */
  get areThere(): boolean {
    this.#areThere ??= vscode.extensions.all.some(({ packageJSON }) => isForPerl(packageJSON));
    return this.#areThere;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

/** What is read of the manifest of an extension. */
interface Manifest {
  readonly main?: string;
  readonly browser?: string;
  readonly activationEvents?: readonly string[];
  readonly contributes?: { readonly languages?: readonly { readonly id?: string }[] };
}

/** Something that runs, and that is started for Perl or brings it as a language. */
function isForPerl({ main, browser, activationEvents, contributes }: Manifest): boolean {
  const isStarted = activationEvents?.includes("onLanguage:perl") ?? false;
  const isBrought = contributes?.languages?.some(({ id }) => id === "perl") ?? false;
  return Boolean(main ?? browser) && (isStarted || isBrought);
}
