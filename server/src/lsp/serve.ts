import { rootDocumentName, serveRepository } from "../engine/serve-repository.ts";
import { servedAs } from "../engine/served-as.ts";
import type { RunningServer } from "../host/web-servers.ts";
import type { ServeParams, ServeResult } from "../protocol/serve.ts";
import { oneLine } from "../text/visible.ts";
import { failedText } from "./failed-text.ts";
import type { Session } from "./session.ts";

/** Serves a folder to this computer. @throws PackageError when the port cannot be listened on */
export async function serveForEditor(
  { folder, port }: ServeParams,
  session: Session,
): Promise<{ readonly running: RunningServer | undefined; readonly result: ServeResult }> {
  const { webServers, texts, paths, named } = session.world;
  if (!webServers) return failed("A repository cannot be served here.");
  if ((await named.kindOf(folder).catch(() => undefined)) !== "folder") {
    return failed("There is no folder “{folder}”.", { folder });
  }
  const running = await webServers.listen(
    port,
    serveRepository(
      {
        ...{ folder, name: paths.basename(folder) },
        onLeftOut: (message) => session.connection.console.warn(oneLine(texts.textOf(message))),
      },
      session.world,
    ),
  );
  const url = `http://127.0.0.1:${running.port}`;
  const lines = servedAs(url, folder, `${url}/${rootDocumentName}`).map((each) =>
    oneLine(texts.textOf(each)),
  );
  return { running, result: { kind: "served", url, folder, lines } };

  function failed(text: string, values = {}) {
    return { running: undefined, result: failedText(texts, text, values) };
  }
}
