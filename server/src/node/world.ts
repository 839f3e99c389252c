import { hostname } from "node:os";
import type { World } from "../host/world.ts";
import { makeTexts } from "../l10n/texts.ts";
import { clock } from "./clock.ts";
import { readDataFile } from "./data-file.ts";
import { knowledgeFor, knowledgeOf } from "./knowledge.ts";

/** The world as Node has it, in English. */
export function nodeWorld(): World {
  return {
    texts: makeTexts(() => JSON.parse(readDataFile("l10n", "bundle.l10n.de.json"))),
    clock,
    machine: { name: hostname, variable: (name) => process.env[name] },
    knowledge: { knowledgeFor, knowledgeOf },
  };
}
