/** What keeps values for a workspace. */
interface Memory {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

const memoryKey = "sopm.begunReleases";

/** The specs whose releases were begun in this workspace and are not known to be finished, over the end of a window. */
export class BegunReleases {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Their addresses. */
  get all(): readonly string[] {
    return this.#memory.get<readonly string[]>(memoryKey, []);
  }

  /**
   * Notes a release while something is done about it.
   *
   * @param work resolves to whether it is finished: done, taken back, or not begun at all
   */
  async during<Outcome>(
    uri: string,
    work: () => Promise<Outcome>,
    isFinished: (outcome: Outcome) => boolean,
  ): Promise<Outcome> {
    if (!this.all.includes(uri)) await this.#memory.update(memoryKey, [...this.all, uri]);
    const outcome = await work();
    if (isFinished(outcome)) await this.forget(uri);
    return outcome;
  }

  async forget(uri: string): Promise<void> {
    const left = this.all.filter((each) => each !== uri);
    if (left.length < this.all.length)
      await this.#memory.update(memoryKey, left.length === 0 ? undefined : left);
  }
}
