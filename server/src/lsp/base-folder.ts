import type { Command } from "vscode-languageserver";
import { type BaseFolderParams, setBaseFolderCommand } from "../protocol/base-folder.ts";
import type { Answer } from "../protocol/request.ts";
import { serverCommands } from "../protocol/server-commands.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { failedText } from "./failed-text.ts";
import type { Session } from "./session.ts";

/** Looks for the files of a spec in a folder as long as the server runs, and says which setting would do the same. */
export function setBaseFolderForEditor(
  { uri, folder }: BaseFolderParams,
  session: Session,
): Answer<{ readonly kind: "set"; readonly setting: string }> {
  const { paths, texts } = session.world;
  const path = paths.fromUri(uri);
  if (path === undefined) {
    return failedText(texts, "“{uri}” is no file on this computer, and has no files beside it.", { uri });
  }
  session.setBaseFolder(path, folder);
  const start = session.workspace.folderOf(path);
  const key = (start !== undefined && paths.below(start, path)?.join("/")) || path;
  return { kind: "set", setting: JSON.stringify({ "sopm.baseFolder": { [key]: folder } }) };
}

/**
 * What sets the base folder of a document: the command of our extension, which writes it into the settings, or that of
 * the server for other editors.
 *
 * @param folder from the present base folder on
 */
export function baseFolderCommand(
  { uri, baseFolder }: OpenDocument,
  folder: string,
  title: string,
  { client, world }: Session,
): Command {
  const params: BaseFolderParams = { uri, folder: world.paths.resolve(baseFolder ?? "", folder) };
  const command = client().ownCommands ? setBaseFolderCommand : serverCommands.setBaseFolder;
  return { title, command, arguments: [params] };
}
