import type { Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type SystemsResult, systemsRequest } from "../../../../server/src/protocol/sandbox.ts";
import { ask } from "../../ask.ts";

/** The systems to choose from; none when the server cannot tell them, which is in the log then. */
export async function requestSystems(client: LanguageClient, uri?: Uri): Promise<SystemsResult> {
  const params = uri ? { uri: client.code2ProtocolConverter.asUri(uri) } : {};
  const result = await ask(client, systemsRequest, params);
  return result.kind === "systems"
    ? result
    : { kind: "systems", products: [], productNames: [], sandboxes: [], fitting: undefined };
}
