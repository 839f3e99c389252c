import type { CodeLens } from "vscode-languageserver";
import type { Message } from "../l10n/translate.ts";
import { serverCommands } from "../protocol/server-commands.ts";
import { toRange } from "./convert.ts";
import type { Session } from "./session.ts";

/** Offers above the root element what the client has commands for, else what the server has. */
export function answerCodeLensRequests({ connection, world, client, documentOf }: Session): void {
  const { translate } = world.texts;
  connection.onCodeLens(({ textDocument: { uri } }): CodeLens[] | null => {
    const document = documentOf(uri);
    const root = document?.tree.root;
    if (!document || !root) return null;
    const range = toRange(document.tree.source, root.nameSpan);
    return (client().ownCommands ? clientLenses : serverLenses)
      .filter(({ isForSpecs }) => !isForSpecs || document.kind === "spec")
      .map(({ command, title, params }) => ({
        range,
        command: {
          command,
          title: translate(title.text),
          arguments: [params === undefined ? uri : { uri, ...params }],
        },
      }));
  });
}

interface Lens {
  readonly command: string;
  readonly title: Message;
  readonly isForSpecs?: true;
  /** What a command of the server is given with the URI; those of the client are given that alone. */
  readonly params?: object;
}

const clientLenses: readonly Lens[] = [
  { command: "sopm.dryRunInstall", title: { text: "Dry run: install" } },
  { command: "sopm.dryRunUpgrade", title: { text: "upgrade from…" } },
  { command: "sopm.dryRunReinstall", title: { text: "reinstall" } },
  { command: "sopm.dryRunUninstall", title: { text: "uninstall" } },
  { command: "sopm.previewSql", title: { text: "Preview SQL" }, isForSpecs: true },
];

/** Without an upgrade: nobody is asked here what it is from. */
const serverLenses: readonly Lens[] = [
  {
    command: serverCommands.dryRun,
    title: { text: "Dry run: install" },
    params: { operation: "install" },
  },
  { command: serverCommands.dryRun, title: { text: "reinstall" }, params: { operation: "reinstall" } },
  { command: serverCommands.dryRun, title: { text: "uninstall" }, params: { operation: "uninstall" } },
  { command: serverCommands.previewSql, title: { text: "Preview SQL" }, isForSpecs: true, params: {} },
  { command: serverCommands.build, title: { text: "Build Package" }, isForSpecs: true, params: {} },
];
