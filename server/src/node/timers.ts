import type { Timers } from "../host/timers.ts";

export const timers: Timers = {
  soon(work) {
    const immediate = setImmediate(work);
    return () => clearImmediate(immediate);
  },
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
