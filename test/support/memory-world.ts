import type { World } from "../../server/src/host/world.ts";
import { ruleTexts } from "../../server/src/node/rule-texts.ts";
import { timers } from "../../server/src/node/timers.ts";
import { bareWorld } from "./bare-world.ts";

/** A world in which nothing is but what a test names. */
export function memoryWorld(members: Partial<World> = {}): World {
  return { ...bareWorld(), timers, ruleTexts, ...members };
}
