import type { Memento } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { BuildOutcome } from "../../../server/src/protocol/build.ts";
import { chooseSpec } from "../spec-target.ts";
import { buildPackage } from "./build-package.ts";
import { outputFolder } from "./output-folder.ts";

/** Builds the archive of one spec where the setting or the reader's last choice says. */
export function buildCommand(client: LanguageClient, memory: Memento) {
  return async (argument?: unknown): Promise<BuildOutcome | undefined> => {
    const spec = await chooseSpec(argument);
    return spec && buildPackage(client, { spec, force: false, outputFolder: outputFolder(memory, spec) });
  };
}
