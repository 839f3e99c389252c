import * as vscode from "vscode";
import type { FetchParams } from "../../../../server/src/protocol/repositories.ts";

/** The editor's proxy, for whoever fetches something. Where none is set the environment of the server decides. */
export function fetchParams(folder: string): Pick<FetchParams, "folder" | "proxy"> {
  const settings = vscode.workspace.getConfiguration("http");
  const address = settings.get<string>("proxy", "").trim();
  if (address === "" || settings.get<string>("proxySupport") === "off") return { folder };
  const exceptFor = settings.get<string[]>("noProxy", []).filter((each) => typeof each === "string");
  const authorization = settings.get<string | null>("proxyAuthorization") ?? "";
  return { folder, proxy: { address, exceptFor, authorization } };
}
