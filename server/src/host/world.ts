import type { KnowledgeSource } from "../knowledge/knowledge-source.ts";
import type { Texts } from "../l10n/texts.ts";
import type { Clock } from "./clock.ts";
import type { Machine } from "./machine.ts";

/**
 * All that lies outside of the program. A main file makes one and hands it in; two servers in one process have two.
 *
 * What ships with SOPM (texts, knowledge) is at hand, so that it answers at once: a world that has to fetch it does so
 * before it is made. Whatever belongs to the user is asked for asynchronously: a disk, a network or an editor may stand
 * behind it.
 */
export interface World {
  readonly texts: Texts;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly knowledge: KnowledgeSource;
}
