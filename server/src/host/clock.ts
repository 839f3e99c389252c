/** What time it is. */
export interface Clock {
  /** The local date and time as "YYYY-MM-DD hh:mm:ss". */
  readonly now: () => string;
  /** The same in UTC. */
  readonly nowInUtc: () => string;
  /** The local date as "YYYY-MM-DD". */
  readonly today: () => string;
}

/** @param date the present moment, each time that it is asked */
export function makeClock(date: () => Date): Clock {
  const now = () => {
    const present = date();
    return inUtc(new Date(present.getTime() - present.getTimezoneOffset() * 60_000));
  };
  return { now, nowInUtc: () => inUtc(date()), today: () => now().slice(0, 10) };
}

/** A clock that stands still from now on. */
export function stopped(clock: Clock): Clock {
  const [now, nowInUtc, today] = [clock.now(), clock.nowInUtc(), clock.today()];
  return { now: () => now, nowInUtc: () => nowInUtc, today: () => today };
}

/** A moment as "YYYY-MM-DD hh:mm:ss", in UTC. */
export function inUtc(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
