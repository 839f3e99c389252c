import { someAtOnce } from "./some-at-once.ts";

/** The folders around a base folder, as far as they are known. Asking never waits, as with other facts of a folder. */
export interface FoldersAround {
  /**
   * Where a package's files may be when they are not below the base folder: the folder that it lies in, other folders
   * there, and its own folders. They are written from the base folder on, with `/`, such as "..", "../src" and "src".
   * Undefined while they are not known.
   */
  folders(): readonly string[] | undefined;
  /**
   * Whether one of these folders has a regular file at a path, links followed, and no spec: what is in a folder with a
   * spec belongs to that one, which may be a copy of the package or another version of it. Undefined while it is not
   * known.
   */
  hasFile(folder: string, path: string): boolean | undefined;
}

/** What the engine asks of the disk about the folders around a base folder. Never throws. */
export interface DiskAround {
  /** As {@link FoldersAround} has them; of very many only some. Nothing in them is looked at. */
  folders(): Promise<readonly string[]>;
  /** Whether there is a regular file, links followed, whatever else the folder has. */
  hasFile(folder: string, path: string): Promise<boolean>;
  /** Whether a spec lies in a folder itself. Asked only where a file was found, because it costs a look at all names. */
  hasSpec(folder: string): Promise<boolean>;
}

/** Remembers what the disk said of the folders around a base folder, and what it was asked in vain. */
export class AroundCache {
  readonly #disk: DiskAround;
  #folders: readonly string[] | undefined;
  #areFoldersWanted = false;
  #known: ReadonlyMap<string, boolean> = new Map();
  #wanted = new Map<string, Question>();
  readonly #questions = new Map<string, Question>();

  constructor(disk: DiskAround) {
    this.#disk = disk;
  }

  /** True when somebody has asked, so that changes around the base folder matter. */
  get isInUse(): boolean {
    return this.#areFoldersWanted;
  }

  /** What is known at this moment. */
  snapshot(): FoldersAround {
    const folders = this.#folders;
    const known = this.#known;
    return {
      folders: () => {
        this.#areFoldersWanted = true;
        return folders;
      },
      hasFile: (folder, path) => {
        const key = `${folder}\0${path}`;
        const has = known.get(key);
        if (has === undefined) this.#wanted.set(key, { folder, path });
        return has;
      },
    };
  }

  /** Asks the disk what has been asked for in vain; true when something has become known. */
  async refresh(): Promise<boolean> {
    const wanted = [...this.#wanted].filter(([key]) => !this.#known.has(key));
    this.#wanted = new Map();
    const areFoldersNew = this.#areFoldersWanted && this.#folders === undefined;
    if (areFoldersNew) this.#folders = await this.#disk.folders();
    if (wanted.length > 0) {
      for (const [key, question] of wanted) this.#questions.set(key, question);
      this.#known = new Map([...this.#known, ...(await this.#ask(wanted))]);
    }
    return areFoldersNew || wanted.length > 0;
  }

  /** Looks again at everything known; true when something is different. */
  async reload(): Promise<boolean> {
    if (this.#folders === undefined) return false;
    const folders = await this.#disk.folders();
    const known = await this.#ask([...this.#questions]);
    const hasChanged =
      folders.join("\0") !== this.#folders.join("\0") ||
      [...known].some(([key, has]) => this.#known.get(key) !== has);
    if (hasChanged) {
      this.#folders = folders;
      this.#known = known;
    }
    return hasChanged;
  }

  /** Some at a time: there may be ten thousand files, and others want to read, too. */
  async #ask(questions: readonly (readonly [string, Question])[]): Promise<ReadonlyMap<string, boolean>> {
    const answers = new Map<string, boolean>();
    await someAtOnce(questions, atOnce, async ([key, { folder, path }]) => {
      answers.set(key, await this.#disk.hasFile(folder, path));
    });
    const found = questions.filter(([key]) => answers.get(key));
    const taken = new Set<string>();
    await someAtOnce([...new Set(found.map(([, { folder }]) => folder))], atOnce, async (folder) => {
      if (await this.#disk.hasSpec(folder)) taken.add(folder);
    });
    for (const [key, { folder }] of found) if (taken.has(folder)) answers.set(key, false);
    return answers;
  }
}

const atOnce = 256;

interface Question {
  readonly folder: string;
  readonly path: string;
}
