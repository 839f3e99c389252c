import { type DatabaseKind, databaseKinds } from "../database/engines.ts";
import { type DialectId, dialectIds } from "../dialect/dialect.ts";
import type { DataReader, PlainData } from "./data-reader.ts";

/** What a sandbox stands for: everything about it that no package operation changes. */
export interface SandboxDescription {
  /** What people call it. */
  readonly name: string;
  /** Whose it is, to group several by; undefined for nobody's in particular. */
  readonly vendor: string | undefined;
  readonly product: string;
  readonly version: string;
  readonly dialect: DialectId;
  readonly databaseKind: DatabaseKind;
  /** The real database behind it; absent where there is none, as in descriptions of older versions. */
  readonly served?: ServedDatabase | undefined;
  /** @see Framework */
  readonly operatingSystem: string;
  readonly perlModules: ReadonlyMap<string, string>;
  readonly assumeModules: boolean;
  readonly origin: SandboxOrigin;
  /** Local time as "YYYY-MM-DD hh:mm:ss". */
  readonly created: string;
  /** True when its first state is a system without packages; absent from descriptions of older versions. */
  readonly startsEmpty?: boolean;
  readonly repositories: readonly RepositorySetting[];
  /** The last operation that belongs to making the sandbox; reset goes back to it. */
  readonly firstState: number;
}

/** A database on a server that what is done to a sandbox is done to as well. */
export interface ServedDatabase {
  /** What the settings call the server. */
  readonly server: string;
  /** What the names of the sandbox's databases on it begin with. */
  readonly database: string;
}

export type SandboxOrigin =
  /** Only the names of the framework's files are known. */
  | { readonly kind: "product" }
  /** Files of the framework are read from this folder, given as an absolute path. */
  | { readonly kind: "checkout"; readonly folder: string };

/** A repository the system knows. */
export interface RepositorySetting {
  readonly name: string;
  /** A local folder or an address. */
  readonly location: string;
  /** Whose packages it has, to group several by; undefined for nobody's in particular. */
  readonly vendor: string | undefined;
  /** True for one where lists of further repositories are looked for. */
  readonly root: boolean;
}

export function sandboxDescriptionData(description: SandboxDescription): PlainData {
  return { ...description, perlModules: [...description.perlModules] };
}

/** @throws DataProblem */
export function readSandboxDescription(data: DataReader): SandboxDescription {
  const startsEmpty = data.field("startsEmpty").optional((value) => value.flag());
  const served = data.field("served").optional(readServedDatabase);
  return {
    ...(served && { served }),
    ...(startsEmpty !== undefined && { startsEmpty }),
    name: data.field("name").text(),
    vendor: data.field("vendor").optional((value) => value.text()),
    product: data.field("product").text(),
    version: data.field("version").text(),
    dialect: data.field("dialect").oneOf(dialectIds),
    databaseKind: data.field("databaseKind").oneOf(databaseKinds),
    operatingSystem: data.field("operatingSystem").text(),
    perlModules: data.field("perlModules").map((value) => value.text()),
    assumeModules: data.field("assumeModules").flag(),
    origin: readOrigin(data.field("origin")),
    created: data.field("created").text(),
    repositories: data.field("repositories").items().map(readRepositorySetting),
    firstState: data.field("firstState").count(),
  };
}

function readServedDatabase(data: DataReader): ServedDatabase {
  return { server: data.field("server").text(), database: data.field("database").text() };
}

function readOrigin(data: DataReader): SandboxOrigin {
  return data.field("kind").oneOf(["product", "checkout"]) === "checkout"
    ? { kind: "checkout", folder: data.field("folder").text() }
    : { kind: "product" };
}

function readRepositorySetting(data: DataReader): RepositorySetting {
  return {
    name: data.field("name").text(),
    location: data.field("location").text(),
    vendor: data.field("vendor").optional((value) => value.text()),
    root: data.field("root").flag(),
  };
}
