import type { Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type SystemsParams, type SystemsResult, systemsRequest } from "../../../server/src/lsp/protocol.ts";

/** The systems to choose from; none when the server does not answer, which it has logged then. */
export async function requestSystems(client: LanguageClient, uri?: Uri): Promise<SystemsResult> {
  const params: SystemsParams = uri ? { uri: client.code2ProtocolConverter.asUri(uri) } : {};
  try {
    await client.start();
    return await client.sendRequest<SystemsResult>(systemsRequest, params);
  } catch (error) {
    client.error("The systems could not be listed.", error, false);
    return { products: [], sandboxes: [], fitting: undefined };
  }
}
