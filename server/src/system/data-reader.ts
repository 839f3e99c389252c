/** Plain data that was read from a file, as `JSON.parse` gives it. */
export type PlainData = unknown;

/** Data is not of the form it should have. */
export class DataProblem extends Error {
  override readonly name = "DataProblem";
  /** Where, such as "packages[3].name". */
  readonly place: string;

  constructor(place: string, expected: string) {
    super(`${place === "" ? "the data" : place} is not ${expected}`);
    this.place = place;
  }
}

/**
 * One value of data with its place in it. Nothing is taken for granted: each question throws a {@link DataProblem}
 * when the value is not of the kind asked for.
 */
export class DataReader {
  readonly value: PlainData;
  readonly #place: string;

  constructor(value: PlainData, place = "") {
    this.value = value;
    this.#place = place;
  }

  /** A field of an object; for one that is missing, its value is undefined. */
  field(name: string): DataReader {
    const record = this.record();
    return new DataReader(
      Object.hasOwn(record, name) ? record[name] : undefined,
      this.#place === "" ? name : `${this.#place}.${name}`,
    );
  }

  record(): Readonly<Record<string, PlainData>> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      this.fail("an object");
    }
    return this.value as Record<string, PlainData>;
  }

  items(): readonly DataReader[] {
    if (!Array.isArray(this.value)) this.fail("a list");
    return this.value.map((item, index) => new DataReader(item, `${this.#place}[${index}]`));
  }

  /** A list of pairs as a map. */
  map<T>(read: (value: DataReader) => T): ReadonlyMap<string, T> {
    return new Map(
      this.items().map((pair) => {
        const [key, value] = pair.items();
        if (!key || !value) return pair.fail("a pair");
        return [key.text(), read(value)];
      }),
    );
  }

  text(): string {
    if (typeof this.value !== "string") this.fail("a text");
    return this.value;
  }

  flag(): boolean {
    if (typeof this.value !== "boolean") this.fail("true or false");
    return this.value;
  }

  /** A whole number that is not negative. */
  count(): number {
    if (!Number.isSafeInteger(this.value) || (this.value as number) < 0) this.fail("a number");
    return this.value as number;
  }

  oneOf<T extends string>(values: readonly T[]): T {
    const found = values.find((value) => value === this.value);
    return found ?? this.fail(`one of ${values.join(", ")}`);
  }

  /** Undefined for a value that is not there, which plain data also writes as null. */
  optional<T>(read: (value: DataReader) => T): T | undefined {
    return this.value === undefined || this.value === null ? undefined : read(this);
  }

  fail(expected: string): never {
    throw new DataProblem(this.#place, expected);
  }
}
