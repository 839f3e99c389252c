import { constants } from "node:fs";

/** For reading a file that somebody has named. Links are followed, and a pipe that nobody writes to is not waited for. */
export const following = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The same, but a link as last step is not followed. */
export const onlyPlain = following | (constants.O_NOFOLLOW ?? 0);
