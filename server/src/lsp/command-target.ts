import { isSpecName } from "../configuration/passed-over.ts";
import { PackageError } from "../host/package-error.ts";
import { patience } from "../host/patience.ts";
import { inTime } from "../host/timers.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { RequestFailed } from "../protocol/request.ts";
import { failedText } from "./failed-text.ts";
import type { Session } from "./session.ts";

/** What a command can be done to. */
export type CommandTarget = "spec" | "package";

/**
 * Why a command is not done to what it names; undefined for what it can be done to: what is open, wherever that lies,
 * and a file in a folder of the workspace whose name says what it is.
 *
 * @param target "package": archives as well
 * @throws PackageError "disk-silent"
 */
export async function refusalOf(
  uri: string,
  target: CommandTarget,
  session: Session,
): Promise<RequestFailed | undefined> {
  const { texts, paths } = session.world;
  const document = session.documentOf(uri);
  const path = paths.fromUri(uri);
  const file = path ?? uri;
  const isArchive = document ? document.kind === "archive" : isArchiveName(file);
  if (target === "spec" && isArchive)
    return failedText(texts, "“{file}” is an archive, and this command takes specs only. Name a spec.", {
      file,
    });
  if (document) return undefined;
  if (path === undefined)
    return failedText(texts, "“{file}” is neither open nor a file on this computer. Open it first.", {
      file,
    });
  if (!isArchive && !isSpecName(path)) {
    return target === "spec"
      ? failedText(texts, "“{file}” is no spec: its name does not end in .sopm.", { file })
      : failedText(texts, "“{file}” is no package: its name ends neither in .sopm nor in .opm.", { file });
  }
  if (session.workspace.folderOf(path) === undefined) {
    return failedText(
      texts,
      "“{file}” is neither open nor in a folder of the workspace. Open it first, or add its folder to the workspace.",
      { file },
    );
  }
  switch (await whatIsAt(path, session)) {
    case "file":
      return undefined;
    case "nothing":
      return failedText(texts, "“{file}” is not there any more, or cannot be looked at.", { file });
    default:
      return failedText(texts, "“{file}” is a folder, a device or a pipe, and no file.", { file });
  }
}

/** Why the files of a spec are not looked for in a folder; undefined for one that is there. @throws PackageError "disk-silent" */
export async function folderRefusal(folder: string, session: Session): Promise<RequestFailed | undefined> {
  const { texts } = session.world;
  switch (await whatIsAt(folder, session)) {
    case "folder":
      return undefined;
    case "nothing":
      return failedText(texts, "There is no folder “{folder}”.", { folder });
    default:
      return failedText(texts, "“{folder}” is no folder.", { folder });
  }
}

async function whatIsAt(path: string, { world: { named, timers } }: Session): Promise<string> {
  const kind = await inTime(
    timers,
    patience,
    named.kindOf(path).catch(() => "nothing"),
  );
  if (kind === undefined) throw new PackageError("disk-silent", { path });
  return kind;
}
