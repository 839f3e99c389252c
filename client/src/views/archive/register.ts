import * as vscode from "vscode";
import type { Services } from "../../services.ts";
import { ArchiveDocuments } from "./archive-documents.ts";
import { ArchiveTree } from "./archive-tree.ts";
import { chooseArchive } from "./choose-archive.ts";
import { PackageComparisons } from "./compare-packages.ts";
import { DamagedContents } from "./damaged-contents.ts";
import { editArchiveCommand } from "./edit-archive.ts";

/** What archives hold, how packages differ, and the source of an archive. */
export function register(
  context: vscode.ExtensionContext,
  { client, files, output, system }: Services,
): void {
  const { registerCommand } = vscode.commands;
  const documents = new ArchiveDocuments(client);
  const tree = new ArchiveTree(client, documents, files);
  const comparisons = new PackageComparisons(client, system);
  const damaged = new DamagedContents();
  context.subscriptions.push(
    ...[documents, tree, comparisons, damaged],
    registerCommand("sopm.openArchive", async (argument?: unknown) => {
      const uri = await chooseArchive(argument);
      return uri && tree.show({ kind: "file", uri: client.code2ProtocolConverter.asUri(uri) });
    }),
    registerCommand("sopm.closeArchive", () => tree.close()),
    // A menu passes what is selected as second argument, which is a list.
    registerCommand("sopm.comparePackage", (argument?: unknown, other?: unknown) =>
      comparisons.compare(argument, other),
    ),
    registerCommand("sopm.editArchive", editArchiveCommand(client, output, damaged)),
  );
}
