/** What has to be typed for a line to be laid out: the first of them, and the others. */
export const formatTriggers: readonly [string, ...string[]] = ["\n", ">"];
