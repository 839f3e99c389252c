/** Lets something go on by itself. What goes wrong with it stands in the editor's log of extensions. */
export function inBackground(work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => console.error("SOPM:", error));
}
