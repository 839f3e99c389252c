/** What is done later. Nobody stays for it alone: a program that has nothing else to do ends. */
export interface Timers {
  /**
   * Does something when everything has had its turn that has already arrived.
   *
   * @returns what takes it back
   */
  readonly soon: (work: () => void) => () => void;
  /**
   * Does something after some milliseconds.
   *
   * @returns what takes it back
   */
  readonly after: (milliseconds: number, work: () => void) => () => void;
}

/** Ends when all others had a turn. */
export function turnOfOthers({ soon }: Timers): Promise<void> {
  return new Promise((resolve) => {
    soon(resolve);
  });
}

/** The result of some work; undefined when it does not come in time. */
export async function inTime<T>(
  { after }: Timers,
  milliseconds: number,
  work: Promise<T>,
): Promise<T | undefined> {
  let end = () => {};
  const late = new Promise<undefined>((resolve) => {
    end = after(milliseconds, () => resolve(undefined));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    end();
  }
}
