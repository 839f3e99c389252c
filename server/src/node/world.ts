import { hostname } from "node:os";
import type { World } from "../host/world.ts";
import { makeTexts } from "../l10n/texts.ts";
import { clock } from "./clock.ts";
import { docsPage, readDataFile } from "./data-file.ts";
import { nodeDisk } from "./disk.ts";
import { knowledgeFor, knowledgeOf } from "./knowledge.ts";
import { paths } from "./paths.ts";
import { timers } from "./timers.ts";
import { nodeWorkspaceDisk } from "./workspace-disk.ts";

/** The world as Node has it, in English. */
export function nodeWorld(): World {
  return {
    texts: makeTexts(() => JSON.parse(readDataFile("l10n", "bundle.l10n.de.json"))),
    ...{ clock, timers, paths },
    machine: { name: hostname, variable: (name) => process.env[name] },
    disk: nodeWorkspaceDisk,
    packageDisk: nodeDisk,
    rulePage: (rule) => paths.toUri(docsPage(`rules/${rule}.md`)),
    knowledge: { knowledgeFor, knowledgeOf },
  };
}
