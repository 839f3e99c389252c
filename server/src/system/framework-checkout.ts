import { type DatabaseKind, type DataSource, databaseKinds, engines } from "../database/engines.ts";
import { dialectOf, productNames } from "../dialect/products.ts";
import { type FrameworkRelease, switchesOf } from "../dialect/switches.ts";
import type { ProductVersion } from "./product-version.ts";

/**
 * What the `RELEASE` file of a framework says it is.
 *
 * @returns undefined when it names no product and version that SOPM knows
 * @source Znuny 7.1 and OTOBO 11, Kernel::Config::Defaults, which reads PRODUCT and VERSION line by line
 */
export function readRelease(text: string): ProductVersion | undefined {
  const product = fieldOf(text, "PRODUCT");
  const version = fieldOf(text, "VERSION");
  if (product === undefined || version === undefined) return undefined;
  // Forks may name what they come from.
  const known = productNames.findLast((name) => product.toUpperCase().includes(name.toUpperCase()));
  const dialect = known === undefined ? undefined : dialectOf(known, version);
  return known === undefined || !dialect ? undefined : { product: known, version, dialect };
}

function fieldOf(text: string, name: string): string | undefined {
  // To its end, without going back over blanks: a file may have millions of them.
  const line = new RegExp(`^${name}[^\\S\\n]{0,2}=[^\\S\\n]{0,2}(.*)$`, "im").exec(text);
  return line?.[1]?.trimEnd() || undefined;
}

/**
 * The paths in an `ARCHIVE` file, whose lines are `checksum::path`.
 *
 * @source Znuny 7.1 and OTOBO 11, Package.pm, _ReadDistArchive
 */
export function readArchiveList(text: string): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const line of text.split("\n")) {
    const path = line.split("::")[1]?.replace(/\r$/, "");
    if (path) paths.add(path.replaceAll("//", "/"));
  }
  return paths;
}

/** What the text of `Kernel/Config.pm` tells without being run. */
export interface ConfigFacts {
  /** Undefined when no data source is named, or one of another database. */
  readonly databaseKind: DatabaseKind | undefined;
  /** The folder the system believes to be in; undefined when none is named. */
  readonly home: string | undefined;
}

/**
 * Looks for the two settings every installation has in this file; lines that are comments are passed over.
 *
 * @param release decides which drivers there are
 */
export function readConfig(text: string, release: FrameworkRelease): ConfigFacts {
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n");
  const driver = /\{\s*["']?DatabaseDSN["']?\s*\}\s*=\s*["']DBI:(\w{1,20})/i.exec(lines)?.[1]?.toLowerCase();
  const switches = switchesOf(release);
  const home = /\{\s*["']?Home["']?\s*\}\s*=\s*["']([^"'\n]{1,4096})["']/.exec(lines)?.[1];
  const isKnown = (source: DataSource) => source.name === driver && (!source.since || switches[source.since]);
  return { databaseKind: databaseKinds.find((kind) => engines[kind].sources.some(isKnown)), home };
}
