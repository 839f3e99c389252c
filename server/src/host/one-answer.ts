/** What is asked of the disk as a whole, once somebody wants to know it. */
export class OneAnswer<T> {
  readonly #ask: () => Promise<T>;
  #isWanted = false;
  #answer: T | undefined;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** A way to ask for what is known at this moment; undefined while nothing is. */
  snapshot(): () => T | undefined {
    const answer = this.#answer;
    return () => {
      this.#isWanted = true;
      return answer;
    };
  }

  /** Asks what has been asked in vain; true when something has become known. */
  async refresh(): Promise<boolean> {
    if (!this.#isWanted || this.#answer !== undefined) return false;
    this.#answer = await this.#ask();
    return true;
  }

  /** Asks again what is known; true when it is different. */
  async reload(): Promise<boolean> {
    if (this.#answer === undefined) return false;
    const before = JSON.stringify(this.#answer);
    this.#answer = await this.#ask();
    return JSON.stringify(this.#answer) !== before;
  }
}
