/** A release that facts were read from. */
export interface Release {
  /** As the data names it. */
  readonly id: string;
  /** As the product writes its name. */
  readonly product: "OTRS" | "Znuny" | "OTOBO";
  /** The release that was read, such as "7.1.7"; a release line such as "7.2" where it was none that was published. */
  readonly version: string;
  /** The patch levels of its release line that its facts stand for, the last one included. */
  readonly patches: { readonly first: number; readonly last: number };
  /** True where the tables are all that is known. */
  readonly tablesOnly: boolean;
  /**
   * True when the tree that was read also held files of somebody else. Then a path that is not in the data is surely
   * no file of the framework, and of one that is nothing can be said.
   */
  readonly extraFiles: boolean;
}

/**
 * One release for each release line, because within a line the tables never changed and files hardly; oldest first in
 * each product. OTRS 6.0 is the exception: what ((OTRS)) Community Edition made of it from 6.0.31 on has tables and
 * settings that OTRS 6.0 and Znuny 6.0 do not have.
 */
export const releases: readonly Release[] = [
  release("OTRS", "3.1", { extraFiles: true }),
  release("OTRS", "3.3.10"),
  release("OTRS", "4.0.13"),
  release("OTRS", "5.0.26"),
  release("OTRS", "6.0.30", { patches: { first: 0, last: 30 } }),
  release("OTRS", "6.0.41", { id: "otrs-ce-6.0.41", patches: { first: 31, last: Number.POSITIVE_INFINITY } }),
  release("Znuny", "6.0.36"),
  release("Znuny", "6.1.2"),
  release("Znuny", "6.2.2"),
  release("Znuny", "6.3.4"),
  release("Znuny", "6.4.5"),
  release("Znuny", "6.5.4"),
  release("Znuny", "7.0.9"),
  release("Znuny", "7.1.7"),
  release("Znuny", "7.2", { id: "znuny-7.2-tables", tablesOnly: true }),
  release("Znuny", "7.3", { id: "znuny-7.3-tables", tablesOnly: true }),
  release("OTOBO", "10.0.22"),
  release("OTOBO", "10.1.11"),
  release("OTOBO", "11.0.6"),
  release("OTOBO", "11.1"),
];

function release(product: Release["product"], version: string, own: Partial<Release> = {}): Release {
  return {
    id: `${product.toLowerCase()}-${version}`,
    product,
    version,
    patches: { first: 0, last: Number.POSITIVE_INFINITY },
    tablesOnly: false,
    extraFiles: false,
    ...own,
  };
}

/**
 * The release whose facts hold for a version of a product: the one of its release line.
 *
 * A patch level that nobody knows, as in "6.0.x", is taken for the first of the line.
 *
 * @param product as the product writes it, such as "Znuny"
 * @param version such as "7.1.3"
 * @returns undefined for release lines that nothing was read of, such as OTRS 8.0 or one that is to come
 */
export function releaseFor(product: string, version: string): Release | undefined {
  const line = lineOf(version);
  const patch = Number(/^\d+\.\d+\.(\d+)/.exec(version)?.[1] ?? 0);
  return releases.find(
    (release) =>
      release.product === product &&
      lineOf(release.version) === line &&
      release.patches.first <= patch &&
      patch <= release.patches.last,
  );
}

/** The release line of a version, such as "7.1"; undefined when it does not name one. */
export function lineOf(version: string): string | undefined {
  return /^\d+\.\d+(?!\d)/.exec(version)?.[0];
}
