import type { ProvideDefinitionSignature } from "vscode-languageclient/node";

/** Whether a name leads anywhere. */
export function isFound(found: Awaited<ReturnType<ProvideDefinitionSignature>>): boolean {
  return Array.isArray(found) ? found.length > 0 : Boolean(found);
}
