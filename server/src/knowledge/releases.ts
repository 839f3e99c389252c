import type { DialectId } from "../dialect/dialect.ts";

/** A release that facts were read from. */
export interface Release {
  /** As the data names it. */
  readonly id: string;
  readonly label: string;
  /**
   * True when the tree that was read also held files of somebody else. Then a path that is not in the data is surely
   * no file of the framework, and of one that is nothing can be said.
   */
  readonly extraFiles: boolean;
}

/** The release whose facts stand for a dialect; undefined when there is none near enough. */
export function releaseFor(dialect: DialectId): Release | undefined {
  switch (dialect) {
    case "znuny-7":
      return { id: "znuny-7.1.7", label: "Znuny 7.1.7", extraFiles: false };
    case "otobo-10":
    case "otobo-11":
      return { id: "otobo-11.0", label: "OTOBO 11.0", extraFiles: false };
    case "otrs-legacy":
      return { id: "otrs-3.1", label: "OTRS 3.1", extraFiles: true };
    default:
      return undefined;
  }
}
