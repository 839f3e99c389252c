import { makeClock } from "../host/clock.ts";

/** The clock of this computer, in its time zone. */
export const clock = makeClock(() => new Date());
export const { now, today } = clock;
