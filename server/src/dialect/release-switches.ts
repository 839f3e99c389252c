import type { DialectId } from "./dialect.ts";
import { productOf } from "./products.ts";

/** A release of a framework as far as somebody knows it. */
export interface FrameworkRelease {
  readonly dialect: DialectId;
  /**
   * As the running system reports it, such as "6.0.41"; a patch level that nobody knows, as in "7.1.x", is taken for
   * the newest of its line. Absent where only the dialect is known, which then stands for its newest release line.
   */
  readonly version?: string | undefined;
}

type Product = "otrs" | "znuny" | "otobo";

/** Releases of one product, both ends included. A missing end is open. */
interface Releases {
  readonly product: Product;
  readonly from?: string;
  readonly to?: string;
}

/** What releases of the frameworks do differently, and which of them do it. */
const switches = {
  /**
   * Names of tables stand in backticks in the statements for MySQL. Only a fork of OTRS 6.0 does it, so that a release
   * of which nobody knows the patch level does not. Source: ((OTRS)) Community Edition 6.0.41, the driver mysql.
   */
  "mysql-quotes-tables": [{ product: "otrs", from: "6.0.41", to: "6.0.998" }],
  /** AutoIncrement of ColumnAdd counts on MySQL. Source: Znuny 7.1 and OTOBO 11, the driver mysql. */
  "mysql-column-add-counts": [
    { product: "znuny", from: "7.1" },
    { product: "otobo", from: "11.0" },
  ],
  /** AutoIncrement of ColumnAdd makes a sequence and a trigger on Oracle. Source: Znuny 7.1, the driver oracle. */
  "oracle-column-add-counts": [{ product: "znuny", from: "7.1" }],
  /** AutoIncrement of ColumnChange counts on MySQL. Source: OTOBO 11, the driver mysql. */
  "mysql-column-change-counts": [{ product: "otobo", from: "11.0" }],
  /** NoDefault keeps a ColumnChange to its last statement on MySQL. Source: OTOBO 11.0.2, the driver mysql. */
  "mysql-no-default": [{ product: "otobo", from: "11.0.2" }],
  /**
   * An upgrade of what is not installed is refused; others go on as an install. Source: PackageUpgrade of OTRS 5, OTRS
   * 6.0.1 and Znuny 6.3.
   */
  "upgrade-needs-package": [
    { product: "otrs", to: "5.998.998" },
    { product: "znuny", from: "6.3" },
  ],
  /** A reinstall of what is not installed is refused. Source: Znuny 6.3, PackageReinstall. */
  "reinstall-needs-package": [{ product: "znuny", from: "6.3" }],
  /** The console asks first whether a package is installed. Source: Znuny 6.3, Admin::Package::Install and others. */
  "console-looks-first": [{ product: "znuny", from: "6.3" }],
  /**
   * The console takes what stands before the last colon for a repository before it looks for a file, and knows no
   * "online:". Source: Znuny 6.3, Admin::Package::Install and others.
   */
  "console-repository-first": [{ product: "znuny", from: "6.3" }],
  /** There is the value type YAML. Source: OTRS 6.0.26, Kernel/System/SysConfig/ValueType. */
  "yaml-settings": [{ product: "otrs", from: "6.0.26" }, { product: "znuny" }, { product: "otobo" }],
  /** A file with settings is read with a parser instead of patterns. Source: OTOBO 10.1, ConfigurationXML2DB. */
  "settings-parsed": [{ product: "otobo", from: "10.1" }],
} as const satisfies Readonly<Record<string, readonly Releases[]>>;

export type ReleaseSwitch = keyof typeof switches;

/** Whether a release does what a switch says. */
export function releaseDoes(name: ReleaseSwitch, { dialect, version }: FrameworkRelease): boolean {
  const [product] = dialect.split("-");
  const place = placeOf(version ?? `${productOf(dialect).releaseLines.at(-1)}.x`);
  return (switches[name] as readonly Releases[]).some(
    (row) =>
      row.product === product &&
      (row.from === undefined || place >= placeOf(row.from)) &&
      (row.to === undefined || place <= placeOf(row.to)),
  );
}

/** Three numbers in one, so that releases can be compared; what is no number comes behind all numbers. */
function placeOf(version: string): number {
  const [major = "", minor = "0", patch = "0"] = version.split(".");
  return [major, minor, patch].reduce(
    (place, part) => place * 1000 + (/^\d{1,3}$/.test(part) ? Number(part) : 999),
    0,
  );
}
