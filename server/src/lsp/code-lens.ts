import type { CodeLens, Command } from "vscode-languageserver";
import type { LintResult } from "../engine/lint.ts";
import type { CodeLens as CoreLens } from "../features/code-lenses.ts";
import { showFindingsCommand } from "../protocol/editing.ts";
import { serverCommands } from "../protocol/server-commands.ts";
import { oneLine, shortened } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { aboutDocuments } from "./about-documents.ts";
import { toPosition, toRange } from "./convert.ts";
import { differingPaths } from "./known-matrix.ts";
import type { Session } from "./session.ts";
import type { Shown } from "./shown.ts";

/**
 * Offers above a package and its sections what the client has commands for, else what the server has.
 *
 * @param found what is wrong with a document; undefined when it is changed before that is known
 */
export function answerCodeLensRequests(
  { connection, world, client, documentOf }: Session,
  shown: Shown,
  found: (document: OpenDocument) => Promise<LintResult | undefined>,
): void {
  const { translate } = world.texts;
  connection.onCodeLens(
    aboutDocuments(documentOf)(async (document): Promise<CodeLens[] | null> => {
      // What shows something is loaded when it is first asked for, so that findings do not wait for it.
      const { codeLenses } = await import("../features/code-lenses.ts");
      const commandOf = client().ownCommands ? clientCommand : serverCommand;
      const kinds = document.settings.codeLens;
      const counts = client().ownCommands && kinds.includes("findings");
      const findings = counts ? (await found(document))?.findings : [];
      // After a change the editor asks again.
      if (!findings) return null;
      shown.note("codeLens", document, (shownNow) => [
        counts && shownNow.found?.findings,
        shownNow.settings.codeLens.join(),
        differingPaths(shownNow),
      ]);
      return codeLenses(document.forFeatures(), findings, kinds, differingPaths(document)).flatMap((lens) => {
        const { text, values = {} } = lens.title;
        const title = translate(text, shownValues(values));
        const command = commandOf(document, lens);
        return command
          ? [{ range: toRange(document.tree.source, lens.span), command: { title, ...command } }]
          : [];
      });
    }),
  );
}

const valueLimit = 120;

/** Versions are an author's, and may be anything. */
function shownValues(values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? shortened(oneLine(value), valueLimit) : value,
    ]),
  );
}

type LensCommand = Pick<Command, "command" | "arguments">;

const dryRunCommands = {
  install: "sopm.dryRunInstall",
  reinstall: "sopm.dryRunReinstall",
  uninstall: "sopm.dryRunUninstall",
} as const;

/** Undefined for what the extension has a button for. */
function clientCommand(
  { uri, tree: { source } }: OpenDocument,
  { action }: CoreLens,
): LensCommand | undefined {
  switch (action.kind) {
    case "dry-run": {
      if (action.operation !== "upgrade")
        return { command: dryRunCommands[action.operation], arguments: [uri] };
      const { from } = action;
      const earlier = from === undefined ? [] : [{ kind: "version", version: from }];
      return { command: "sopm.dryRunUpgrade", arguments: [uri, ...earlier] };
    }
    case "sql": {
      const { section } = action;
      return { command: "sopm.previewSql", arguments: [uri, ...(section ? [toRange(source, section)] : [])] };
    }
    case "findings":
      return { command: showFindingsCommand, arguments: [uri, toRange(source, action.first)] };
    case "matrix":
      return { command: "sopm.showUpgradeMatrix", arguments: [uri] };
    default:
      return undefined;
  }
}

/** Undefined for what asks the reader something, and for what is seen anyway. */
function serverCommand(
  { uri, tree: { source } }: OpenDocument,
  { action }: CoreLens,
): LensCommand | undefined {
  switch (action.kind) {
    case "dry-run": {
      const { operation } = action;
      if (operation !== "upgrade") return { command: serverCommands.dryRun, arguments: [{ uri, operation }] };
      const { from: version } = action;
      if (version === undefined) return undefined;
      return {
        command: serverCommands.dryRun,
        arguments: [{ uri, operation, from: { kind: "version", version } }],
      };
    }
    case "sql": {
      const { section } = action;
      const place = section ? { section: toPosition(source, section.start) } : {};
      return { command: serverCommands.previewSql, arguments: [{ uri, ...place }] };
    }
    case "build":
      return { command: serverCommands.build, arguments: [{ uri }] };
    default:
      return undefined;
  }
}
