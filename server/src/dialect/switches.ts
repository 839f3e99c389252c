import { memo } from "../text/memo.ts";
import { type DialectId, dialectIds, majorsOf, type ProductName, productOf } from "./products.ts";

/** A release of a framework as far as somebody knows it. */
export interface FrameworkRelease {
  readonly dialect: DialectId;
  /**
   * As the running system reports it, such as "6.0.41"; a patch level that nobody knows, as in "7.1.x", is taken for
   * the newest of its line. Absent where only the dialect is known, which then stands for its newest release line.
   */
  readonly version?: string | undefined;
}

/** A dialect alone stands for its newest release line. */
export type Release = DialectId | FrameworkRelease;

/** The dialect of a release. */
export function dialectIn(release: Release): DialectId {
  return typeof release === "string" ? release : release.dialect;
}

/** All releases of one product between two, both included; the two may be of different dialects. */
export interface ReleaseRange {
  readonly lowest: FrameworkRelease;
  readonly highest: FrameworkRelease;
}

/** Releases of one product that come one after the other. */
export interface Stretch {
  readonly product: ProductName;
  /** The first of them, such as "6.3" or "6.0.14"; absent for all from the beginning. */
  readonly since?: string;
  /** The first behind them; "6.0.x" for what a 6.0 of unknown patch level is taken for. Absent for none. */
  readonly until?: string;
}

/** Releases of one product that do what a switch says. */
interface SwitchRow extends Stretch {
  /** Release and routine. */
  readonly source: string;
}

/** What releases make of the text of a package otherwise when they read it and when they build it. */
const readingRows = {
  // The building of archives

  /** An empty text `0` is kept in elements that may be repeated, instead of becoming an empty text. */
  builderKeepsZero: [{ product: "OTRS", until: "5.0", source: "OTRS 3.1, PackageBuild" }],
  /** Name and Version are asked for by the builder, because the build command does not look into them first. */
  builderAsksName: [{ product: "OTRS", until: "5.0", source: "OTRS 3.1, PackageBuild" }],
  /** An element right below a database section keeps its author's Type beside that of the section, and so has two. */
  builderDoublesType: [
    { product: "OTRS", until: "5.0.20", source: "OTRS 5.0.19 and 5.0.20, PackageBuild (measured)" },
  ],
  /** The build date is in the time zone of the machine, not of the framework. */
  buildDateIsLocal: [{ product: "OTRS", until: "6.0", source: "OTRS 3.1 and 5.0, PackageBuild" }],

  // The reading of specs and archives

  /** What an XML parser refuses is read once more by a lenient one, whose tags are appended. */
  readsLeniently: [
    { product: "OTRS", source: "OTRS 6.0, XMLParse" },
    { product: "Znuny", source: "Znuny 7.1, XMLParse" },
    { product: "OTOBO", until: "11.0", source: "OTOBO 10.0.22 and 10.1.11, XMLParse (measured)" },
  ],
  /** An empty CDATA section is an empty text and not none. */
  emptyCdataIsText: [{ product: "OTOBO", since: "11.0", source: "OTOBO 11.0, XMLParse (measured)" }],
  /** An entity that names a file stands for what is in it; elsewhere for nothing, and in OTRS 3.1 for itself. */
  readsExternalEntities: [
    {
      ...{ product: "OTRS", since: "3.2", until: "6.0.18" },
      source: "OTRS 5.0.1, 6.0.1 and 6.0.18, XMLParse (measured); OTRS 3.1 leaves the reference as it is",
    },
    { product: "OTOBO", since: "11.0", source: "OTOBO 11.0.6, XMLParse (measured)" },
  ],
  /** `IntroInstallPre` and the like, the form of OTRS 2.2, are read, and written for packages of that release. */
  phasedIntroNames: [
    { product: "OTRS", source: "OTRS 6.0, PackageParse and PackageBuild" },
    { product: "Znuny", source: "Znuny 7.1, PackageParse and PackageBuild" },
    { product: "OTOBO", until: "10.1", source: "OTOBO 10.0 and 10.1.1, PackageParse (measured)" },
  ],
  /** That form is still what one meets. */
  phasedIntroNamesUsual: [{ product: "OTRS", until: "5.0", source: "OTRS 3.1, PackageParse" }],
  /** PackageMerge, IfPackage, IfNotPackage and the flags such as PackageIsVisible are known. */
  packageMerge: [
    { product: "OTRS", since: "4.0", source: "OTRS 4.0.1, PackageParse and _MergePackages (measured)" },
    { product: "Znuny", source: "Znuny 7.1, PackageParse and _MergePackages" },
    { product: "OTOBO", source: "OTOBO 11, PackageParse and _MergePackages" },
  ],
  /** PackageAllowDirectUpdate is known. */
  packageAllowDirectUpdate: [
    { product: "OTRS", since: "6.0.6", source: "OTRS 6.0.6, PackageParse (measured)" },
    { product: "Znuny", source: "Znuny 7.1, PackageParse" },
    { product: "OTOBO", source: "OTOBO 11, PackageParse" },
  ],
  /** BuildCommitID is read. */
  readsCommitId: [
    { product: "OTRS", since: "6.0.19", source: "OTRS 6.0.19, RepositoryList (measured)" },
    { product: "Znuny", source: "Znuny 7.1, RepositoryList" },
    { product: "OTOBO", source: "OTOBO 11, RepositoryList" },
  ],
  /** Files with some locations are left out when a package is read. */
  forbidsPaths: [
    {
      product: "OTRS",
      since: "3.2",
      source: "OTRS 3.2.2, PackageParse (measured); OTRS 3.1 has no such list",
    },
    { product: "Znuny", source: "Znuny 7.1, PackageParse" },
    { product: "OTOBO", source: "OTOBO 11, PackageParse" },
  ],
  /** The generated access control lists are among them. */
  forbidsAclFile: [{ product: "OTOBO", since: "10.1", source: "OTOBO 10.1.1, PackageParse (measured)" }],
} as const satisfies Readonly<Record<string, readonly SwitchRow[]>>;

/**
 * What releases of the frameworks do differently, and which of them do it. A product without a row does not.
 *
 * Facts that hold for a whole product line and name something, such as a file, are in `products.ts`; which elements and
 * attributes a line knows is said in the rows of the tag schema.
 */
const rows = {
  ...readingRows,

  // What is asked before an operation

  /** Minimum and Maximum of a Framework count, and the last Framework that fits decides instead of the first. */
  frameworkBounds: [
    {
      product: "OTRS",
      since: "5.0.14",
      source: "OTRS 5.0.14 and 5.0.26, _CheckFramework (measured)",
    },
    { product: "Znuny", source: "Znuny 7.1, AnalyzePackageFrameworkRequirements" },
    { product: "OTOBO", source: "OTOBO 11, AnalyzePackageFrameworkRequirements" },
  ],
  /** The online list offers a package whatever its Minimum and Maximum are. */
  onlineListIgnoresBounds: [
    { product: "OTRS", since: "5.0.19", until: "6.0", source: "OTRS 5.0.19, PackageOnlineList (measured)" },
  ],
  /** Versions are printed as five groups of four digits and compared as long numbers. */
  comparesLongNumbers: [{ product: "OTRS", until: "5.0", source: "OTRS 3.1, _CheckVersion" }],
  /** Perl modules are loaded to find their version; one without a version is good enough and ends the check. */
  loadsRequiredModules: [
    { product: "OTRS", until: "5.0.21", source: "OTRS 5.0.21, _CheckModuleRequired (measured)" },
  ],
  /** An upgrade of what is not installed is refused; others go on as an install. */
  upgradeNeedsPackage: [
    { product: "OTRS", until: "6.0", source: "OTRS 5.0 and 6.0.1, PackageUpgrade" },
    { product: "Znuny", since: "6.3", source: "Znuny 6.3.1, PackageUpgrade (measured)" },
  ],
  /** A reinstall of what is not installed is refused. */
  reinstallNeedsPackage: [
    { product: "Znuny", since: "6.3.2", source: "Znuny 6.3.2, PackageReinstall (measured)" },
  ],

  // The operations

  /** IfNotPackage of a database section asks for installed packages as well, not for merged ones alone. */
  ifNotPackageAsksTable: [
    {
      product: "OTRS",
      since: "6.0.14",
      source:
        "OTRS 6.0.14, _CheckDBInstalledOrMerged (measured; 6.0.13 was not seen); OTRS 5.0, PackageInstall",
    },
    { product: "Znuny", source: "Znuny 7.1, _CheckDBInstalledOrMerged" },
    { product: "OTOBO", source: "OTOBO 11, _CheckDBInstalledOrMerged" },
  ],
  /** An upgrade ends at a file that cannot be removed or written. */
  upgradeStopsAtFile: [{ product: "OTRS", until: "5.0", source: "OTRS 3.1, PackageUpgrade" }],
  /** A file that was changed by hand is copied to `.custom_backup` before it goes. */
  keepsChangedFiles: [
    { product: "OTRS", since: "3.2", source: "OTRS 3.2.2, _FileRemove (measured)" },
    { product: "Znuny", source: "Znuny 7.1, _FileRemove" },
    { product: "OTOBO", source: "OTOBO 11, _FileRemove" },
  ],
  /** The log speaks of `.backup` then. */
  logNamesWrongBackup: [
    { product: "OTRS", until: "6.0.35", source: "OTRS 6.0.30, _FileRemove (measured)" },
    // A release of which nobody knows the patch level is none of the fork, which went on from 6.0.31.
    { product: "OTRS", since: "6.0.x", source: "OTRS 6.0.30, _FileRemove (measured)" },
    { product: "Znuny", until: "6.3", source: "Znuny 6.2.2 and 6.3.1, _FileRemove (measured)" },
    { product: "OTOBO", source: "OTOBO 11.0.6, _FileRemove (measured)" },
  ],

  /** What nobody has verified is refused by console and admin screen as long as a setting is not changed. */
  blocksUnverified: [
    {
      ...{ product: "OTRS", since: "6.0.9", until: "6.0.31" },
      source: "OTRS 6.0.9 to 6.0.30, Package::AllowNotVerifiedPackages (measured)",
    },
    // Of a release of which nobody knows the patch level the newest is meant, and the fork took that away.
    {
      ...{ product: "OTRS", since: "6.0.x", until: "7.0" },
      source: "OTRS 6.0.30, Package::AllowNotVerifiedPackages (measured)",
    },
  ],
  /** Who uninstalls a package may choose to keep its data: the database sections are not run then. */
  uninstallMayKeepData: [
    { product: "Znuny", since: "7.3.4", source: "Znuny 7.3.4, change log; the option was read in a fork" },
  ],

  // Settings

  /** Settings that no file defines any more are removed only while the files of all packages are as installed. */
  cleanupNeedsDeployed: [
    { product: "OTRS", since: "6.0.12", source: "OTRS 6.0.12, _ConfigurationDeploy (measured)" },
    { product: "Znuny", source: "Znuny 7.1, _ConfigurationDeploy" },
    { product: "OTOBO", source: "OTOBO 11, _ConfigurationDeploy" },
  ],
  /** Settings in comments of XML are read like others. */
  settingsInCommentsCount: [
    {
      ...{ product: "OTRS", since: "6.0", until: "6.0.5" },
      source: "OTRS 6.0.4 and 6.0.5, ConfigurationXML2DB (measured)",
    },
  ],
  /** Nothing looks at the version of a file with settings. */
  settingsVersionIgnored: [
    {
      ...{ product: "OTRS", since: "6.0", until: "6.0.4" },
      source: "OTRS 6.0.3 and 6.0.4, ConfigurationXML2DB (measured)",
    },
  ],

  /** Settings are read from `Kernel/Config/Files/XML`, in the form with `Setting`, into the database. */
  settingsInDatabase: [
    {
      product: "OTRS",
      since: "6.0",
      source: "OTRS 6.0, ConfigurationXML2DB; OTRS 5.0, SysConfig, WriteDefault",
    },
    { product: "Znuny", source: "Znuny 7.1, ConfigurationXML2DB" },
    { product: "OTOBO", source: "OTOBO 11, ConfigurationXML2DB" },
  ],
  /** There is the value type YAML. */
  yamlSettings: [
    { product: "OTRS", since: "6.0.26", source: "OTRS 6.0.26, Kernel/System/SysConfig/ValueType" },
    { product: "Znuny", source: "Znuny 6.0, Kernel/System/SysConfig/ValueType" },
    { product: "OTOBO", source: "OTOBO 10.0, Kernel/System/SysConfig/ValueType" },
  ],
  /** A file with settings is read with a parser instead of patterns. */
  settingsParsed: [{ product: "OTOBO", since: "10.1", source: "OTOBO 10.1, ConfigurationXML2DB" }],

  // Templates

  /** Templates are files of Template Toolkit, which end in `.tt`, instead of `.dtl` ones. */
  toolkitTemplates: [
    { product: "OTRS", since: "4.0", source: "OTRS 3.3.10 and 4.0.13, their files" },
    { product: "Znuny", source: "Znuny 7.1, Kernel::Output::Template::Provider" },
    { product: "OTOBO", source: "OTOBO 11, Kernel::Output::Template::Provider" },
  ],
  /** They lie in `Kernel/Output/HTML/Templates`, apart from modules. */
  templatesApart: [
    { product: "OTRS", since: "5.0", source: "OTRS 4.0.13 and 5.0.26, their files" },
    { product: "Znuny", source: "Znuny 7.1, Kernel::Output::HTML::Layout, new" },
    { product: "OTOBO", source: "OTOBO 11, Kernel::Output::HTML::Layout, new" },
  ],

  // SQL

  /**
   * Names of tables stand in backticks in the statements for MySQL. Only a fork of OTRS 6.0 does it, so that a release
   * of which nobody knows the patch level does not.
   */
  mysqlQuotesTables: [
    {
      ...{ product: "OTRS", since: "6.0.41", until: "6.0.x" },
      source: "((OTRS)) Community Edition 6.0.41, the driver mysql",
    },
  ],
  /** AutoIncrement of ColumnAdd counts on MySQL. */
  mysqlColumnAddCounts: [
    { product: "Znuny", since: "7.1", source: "Znuny 7.1, the driver mysql" },
    { product: "OTOBO", since: "11.0", source: "OTOBO 11, the driver mysql; OTOBO 10.1 has nothing of it" },
  ],
  /** AutoIncrement of ColumnAdd makes a sequence and a trigger on Oracle. */
  oracleColumnAddCounts: [{ product: "Znuny", since: "7.1", source: "Znuny 7.1, the driver oracle" }],
  /**
   * PrimaryKey of ColumnAdd counts: on MySQL where the column is required or has a default, on PostgreSQL where it has
   * AutoIncrement, on Oracle always.
   */
  columnAddPrimaryKey: [
    { product: "Znuny", since: "7.1", source: "Znuny 7.1, the drivers; Oracle's was read, never run" },
  ],
  /** AutoIncrement of ColumnChange counts on MySQL. */
  mysqlColumnChangeCounts: [
    { product: "OTOBO", since: "11.0", source: "OTOBO 11, the driver mysql; OTOBO 10.1 has nothing of it" },
  ],
  /** NoDefault keeps a ColumnChange to its last statement on MySQL. */
  mysqlNoDefault: [{ product: "OTOBO", since: "11.0.2", source: "OTOBO 11.0.2, the driver mysql" }],
  /** A ColumnChange takes the default away first; later ones reset the column, which makes it take NULL. */
  columnChangeDropsDefault: [
    { product: "OTRS", until: "6.0", source: "OTRS 5.0, the drivers mysql and postgresql" },
  ],
  /** A new column that counts takes the place of all columns before it in the CREATE TABLE for PostgreSQL. */
  postgresqlSerialWipes: [
    { product: "OTRS", source: "OTRS 5.0 and 6.0, the driver postgresql, TableCreate" },
    { product: "Znuny", source: "Znuny 6.5, 7.0 and 7.1, the driver postgresql, TableCreate" },
    { product: "OTOBO", until: "11.0", source: "OTOBO 10.1 and 11.0, the driver postgresql, TableCreate" },
  ],
  /** A sequence of PostgreSQL is renamed with its table. */
  postgresqlRenamesSequence: [
    { product: "OTRS", since: "6.0.3", source: "OTRS 6.0.3, the driver postgresql" },
    { product: "Znuny", source: "Znuny 7.1, the driver postgresql" },
    { product: "OTOBO", source: "OTOBO 11, the driver postgresql" },
  ],
  /** Indexes, unique constraints and foreign keys are made and dropped by statements that look first, or fail silently. */
  guardsKeys: [
    { product: "OTRS", since: "6.0", source: "OTRS 5.0 and 6.0.1, the drivers" },
    { product: "Znuny", source: "Znuny 7.1, the drivers" },
    { product: "OTOBO", source: "OTOBO 11, the drivers" },
  ],
  /** On MySQL this holds for the dropping of foreign keys at least. */
  mysqlGuardsForeignKeyDrop: [
    { product: "OTRS", since: "4.0", source: "OTRS 5.0, the driver mysql; OTRS 3.3 does not look" },
    { product: "Znuny", source: "Znuny 7.1, the driver mysql" },
    { product: "OTOBO", source: "OTOBO 11, the driver mysql" },
  ],
  /** The index that MySQL made for a foreign key is dropped with it. */
  mysqlDropsForeignKeyIndex: [
    { product: "OTRS", since: "6.0", source: "OTRS 6.0.1, the driver mysql, ForeignKeyDrop" },
    { product: "Znuny", source: "Znuny 7.1, the driver mysql, ForeignKeyDrop" },
    { product: "OTOBO", source: "OTOBO 11, the driver mysql, ForeignKeyDrop" },
  ],
  /** An index is made for a foreign key on Oracle, and dropped with it. */
  oracleIndexesForeignKeys: [
    { product: "OTRS", since: "6.0", source: "OTRS 6.0, the driver oracle; a fork of OTRS 5.0 makes none" },
    { product: "Znuny", source: "Znuny 7.1, the driver oracle" },
    { product: "OTOBO", source: "OTOBO 11, the driver oracle" },
  ],
  /** A foreign key whose name is too long loses the last digit of the sum that ends it on MySQL. */
  mysqlForeignKeyNamesLackDigit: [
    { product: "OTRS", until: "5.0.11", source: "OTRS 5.0.10 and 5.0.11, the driver mysql" },
  ],
  /** Tables and connections of MySQL take characters of four bytes; elsewhere these are replaced. */
  mysqlFourByteText: [
    { product: "Znuny", since: "7.1", source: "Znuny 7.1, the driver mysql; 7.0.9 says utf8" },
    { product: "OTOBO", source: "OTOBO 10.0 and 11, the driver mysql" },
  ],
  /** There is a driver of its own for MariaDB beside that for MySQL. It writes the same. */
  mariadbDriver: [
    { product: "Znuny", since: "7.3", source: "Znuny 7.3, the driver MariaDB, read and never run" },
  ],

  // Repositories and the console

  /** Repositories are a list of entries with names, by which they are asked for, instead of a table by address. */
  repositoriesByName: [
    {
      product: "Znuny",
      since: "6.3.2",
      source: "Znuny 6.3.2 and 7.1, ConfiguredRepositoryListGet and PackageOnlineGet (measured)",
    },
  ],
  /** The name of a package is as good as that of its file when a repository is asked; elsewhere the console looks it up. */
  repositoryKnowsNames: [
    { product: "Znuny", since: "6.3.2", source: "Znuny 6.3.2 and 7.1, PackageOnlineGet (measured)" },
  ],
  /** All packages can be upgraded at once. */
  upgradeAll: [
    { product: "OTRS", since: "6.0", source: "OTRS 6.0.1, PackageUpgradeAll (measured)" },
    { product: "Znuny", source: "Znuny 7.1, PackageUpgradeAll" },
    { product: "OTOBO", source: "OTOBO 11, PackageUpgradeAll" },
  ],
  /** What is up to date and not deployed correctly is a class of its own then. */
  upgradeAllTellsUndeployed: [
    { product: "OTRS", since: "6.0.5", source: "OTRS 6.0.5, PackageUpgradeAll (measured)" },
    { product: "Znuny", source: "Znuny 7.1, PackageUpgradeAll" },
    { product: "OTOBO", source: "OTOBO 11, PackageUpgradeAll" },
  ],
  /** The parts of the ITSM bundle are left out where the bundle is offered. */
  upgradeAllLeavesItsm: [
    { product: "OTRS", since: "6.0.9", source: "OTRS 6.0.9 and 6.0.41, PackageUpgradeAll (measured)" },
    { product: "Znuny", source: "Znuny 6.0 to 7.1, PackageUpgradeAll (measured)" },
    { product: "OTOBO", until: "11.0.2", source: "OTOBO 10.0.1 to 11.0.1, PackageUpgradeAll (measured)" },
  ],
  /** There are console commands for packages; before, a script does some of their work. */
  consoleHasPackages: [
    { product: "OTRS", since: "5.0", source: "OTRS 5.0.1, Admin::Package::* (measured)" },
    { product: "Znuny", source: "Znuny 7.1, Admin::Package::*" },
    { product: "OTOBO", source: "OTOBO 11, Admin::Package::*" },
  ],
  /** The console's list tells the deployment of every package, asked for or not. */
  consoleListsDeployment: [{ product: "Znuny", since: "7.3.7", source: "Znuny 7.3.7, change log" }],
  /** The console asks first whether a package is installed. */
  consoleLooksFirst: [
    {
      product: "Znuny",
      since: "6.3.2",
      source: "Znuny 6.3.2, Admin::Package::Install and others (measured)",
    },
  ],
  /**
   * The console takes what stands before the last colon for a repository before it looks for a file, and knows no
   * "online:".
   */
  consoleRepositoryFirst: [
    {
      product: "Znuny",
      since: "6.3",
      source: "Znuny 6.3, Admin::Package::Install and others (read: 6.2.2 and 6.3.4)",
    },
  ],
  /** The console finds `Name-1.2.30000`; elsewhere a group of a version has at most four digits. */
  consoleTakesLongGroups: [
    {
      product: "Znuny",
      since: "6.3",
      source: "Znuny 6.3 and 7.1, _PackageContentGet (read: 6.2.2 and 6.3.4)",
    },
  ],

  /** Programs are also there under the product's own name, as `bin/znuny.Console.pl` is. */
  znunyConsole: [{ product: "Znuny", since: "7.0", source: "Znuny 7.0.9 and 7.1.7, the files below bin" }],
  /** There is a console command that prints the value of a setting. */
  consoleReadsSettings: [
    { product: "OTRS", since: "6.0", source: "OTRS 6.0.30, Admin::Config::Read (5.0.26 has none)" },
    { product: "Znuny", source: "Znuny 6.0.36 and 7.1.7, Admin::Config::Read" },
    { product: "OTOBO", source: "OTOBO 10.0.22 and 11.0.6, Admin::Config::Read" },
  ],

  // Authors' rules

  /** The vendor's code policy speaks of packages for it. */
  codePolicy: [
    { product: "Znuny", source: "Znuny code policy, TidyAll::Plugin::Znuny::SOPM" },
    { product: "OTOBO", source: "OTOBO code policy, TidyAll::Plugin::OTOBO::SOPM" },
  ],
  /** The vendor's code policy wants the name of the package in comments that mark changes. */
  codePolicyNamesMarkers: [
    {
      product: "Znuny",
      source: "Znuny code policy, CodeStyle::CodeMarkerPackageName (OTOBO's has no such plugin)",
    },
  ],
  /** Everything that is called OTRS elsewhere has another name. */
  renamed: [{ product: "OTOBO", source: "OTOBO 10, RELEASE and the names of its modules" }],
  /** There is an object manager, and `$Self` of code in packages holds no objects. */
  objectManager: [
    {
      product: "OTRS",
      since: "5.0",
      source: "OTRS 5.0, _Code; OTRS 3.1 hands out the objects of the package manager",
    },
    { product: "Znuny", source: "Znuny 7.1, _Code" },
    { product: "OTOBO", source: "OTOBO 11, _Code" },
  ],
} as const satisfies Readonly<Record<string, readonly SwitchRow[]>>;

export type Switch = keyof typeof rows;

export const switchNames = Object.keys(rows) as readonly Switch[];

/** For every switch whether a release does what it says. */
export type Switches = Readonly<Record<Switch, boolean>>;

/** What a release does. The same object for the same release. */
export function switchesOf(release: Release): Switches {
  const key = keyOf(release);
  let switches = kept.get(key);
  if (!switches) {
    if (kept.size >= mostKept) kept.clear();
    const dialect = dialectIn(release);
    const place = placeOf(typeof release === "string" ? { dialect } : release);
    switches = Object.fromEntries(
      switchNames.map((name) => [name, isOnAt(place, rowsFor(name, dialect))]),
    ) as Switches;
    kept.set(key, switches);
  }
  return switches;
}

/** One of the {@link switchesOf} a release, for those who ask about very many releases. */
export function isOn(name: Switch, release: FrameworkRelease): boolean {
  return isOnAt(placeOf(release), rowsFor(name, release.dialect));
}

function isOnAt(place: number, placed: readonly PlacedRow[]): boolean {
  return placed.some(({ begin, end }) => begin <= place && place < end);
}

/** What tells a release from others. */
export function keyOf(release: Release): string {
  return typeof release === "string" ? release : `${release.dialect} ${release.version ?? ""}`.trimEnd();
}

/** Whether two releases do everything in the same way. */
export function doAlike(a: Release, b: Release): boolean {
  return dialectIn(a) === dialectIn(b) && areAlike(a, b, switchNames);
}

/** Whether what was read for one release is what would have been read for the other. */
export function readAlike(a: Release, b: Release): boolean {
  return dialectIn(a) === dialectIn(b) && areAlike(a, b, readingNames);
}

function areAlike(a: Release, b: Release, names: readonly Switch[]): boolean {
  const [one, other] = [switchesOf(a), switchesOf(b)];
  return names.every((name) => one[name] === other[name]);
}

const readingNames = Object.keys(readingRows) as readonly (keyof typeof readingRows)[];

/** The versions of systems that one process meets are few. */
const kept = new Map<string, Switches>();
const mostKept = 500;

/**
 * How much of a range of releases does what a switch says: all ("on"), none ("off"), or a part of it. Of a part it is
 * said with which release it begins and with which it ends, as far as these lie within the range; of several parts this
 * is the first.
 */
export type Spread = "on" | "off" | ReleasePart;

/** A part of a range: from a release on, up to one that is no longer in it, or both. */
export interface ReleasePart {
  readonly since?: string;
  readonly until?: string;
}

/** Asks a switch of all releases between two of one product. */
export function switchAcross(name: Switch, releases: ReleaseRange): Spread {
  return stretchesAcross(rows[name], releases);
}

/** The same of any stretches; the list should be the same one at every call. */
export function stretchesAcross(all: readonly Stretch[], releases: ReleaseRange): Spread {
  const known = spreadsAcross(releases);
  let spread = known.get(all);
  if (spread === undefined) {
    spread = spreadOf(all, releases);
    known.set(all, spread);
  }
  return spread;
}

const spreadsAcross = memo((_releases: ReleaseRange) => new Map<readonly Stretch[], Spread>());

function spreadOf(all: readonly Stretch[], { lowest, highest }: ReleaseRange): Spread {
  const [low, high] = [placeOf(lowest), placeOf(highest)];
  const touched = placedFor(all, lowest.dialect).filter(({ begin, end }) => begin <= high && low < end);
  if (touched.length === 0) return "off";
  if (touched.some(({ begin, end }) => begin <= low && high < end)) return "on";
  const { begin, end, row } = touched[0]!;
  return {
    ...(begin > low && { since: row.since! }),
    ...(end <= high && { until: row.until! }),
  };
}

/** Whether the oldest releases do not do what a switch says. */
export function isYounger(name: Switch): boolean {
  return (rows[name] as readonly SwitchRow[])[0]!.since !== undefined;
}

/** The first release of all products that does what a switch says, such as "OTRS 4.0". */
export function firstWith(name: Switch): string {
  const [{ product, since }] = rows[name] as readonly [SwitchRow, ...SwitchRow[]];
  const dialect = dialectIds.find((each) => productOf(each).product === product)!;
  return `${product} ${since ?? productOf(dialect).releaseLines[0]}`;
}

/** All releases of a dialect; the same object at every call. */
export function releasesOf(dialect: DialectId): ReleaseRange {
  let releases = ranges.get(dialect);
  if (!releases) {
    const { releaseLines } = productOf(dialect);
    releases = {
      lowest: { dialect, version: `${releaseLines[0]}.0` },
      highest: { dialect, version: `${releaseLines.at(-1)}.x` },
    };
    ranges.set(dialect, releases);
  }
  return releases;
}

const ranges = new Map<DialectId, ReleaseRange>();

/**
 * Versions of a dialect that stand for all of its releases, lowest first: of each line the first, the newest ("6.0.x"),
 * and those where some switch is thrown, with the ones right before and behind them.
 *
 * @param patchLevels others that matter to whoever asks, of any line
 */
export function turningPoints(dialect: DialectId, patchLevels: readonly number[]): readonly string[] {
  const thrown = switchNames
    .flatMap((name) => rowsFor(name, dialect))
    .flatMap(({ row: { since, until } }) => [since, until])
    .flatMap((version) => {
      const [, line, level] = /^(\d+\.\d+)\.(\d+)$/.exec(version ?? "") ?? [];
      return level === undefined ? [] : [{ line, level: Number(level) }];
    });
  return productOf(dialect).releaseLines.flatMap((line) => {
    const own = thrown.flatMap((each) => (each.line === line ? each.level : []));
    const levels = [...own, ...patchLevels].flatMap((level) => [level - 1, level, level + 1]);
    const sorted = [...new Set([0, ...levels])]
      .filter((level) => level >= 0 && level < 999)
      .sort((a, b) => a - b);
    return [...sorted.map((level) => `${line}.${level}`), `${line}.x`];
  });
}

/** What some facts hold for: releases that do one thing, and do not do another. Absent parts ask for nothing. */
export interface Condition {
  readonly where?: Switch;
  readonly whereNot?: Switch;
}

/**
 * For how much of a range of releases something holds under a condition. Where it holds before and behind a part that it
 * does not hold for, what is before is named.
 */
export function conditionAcross({ where, whereNot }: Condition, releases: ReleaseRange): Spread {
  const done = where === undefined ? "on" : switchAcross(where, releases);
  const undone = whereNot === undefined ? "on" : without(switchAcross(whereNot, releases));
  if (done === "off" || undone === "off") return "off";
  if (done === "on") return undone;
  if (undone === "on") return done;
  const [since] = [...given(done.since), ...given(undone.since)].sort(byRelease).reverse();
  const [until] = [...given(done.until), ...given(undone.until)].sort(byRelease);
  if (since !== undefined && until !== undefined && byRelease(since, until) >= 0) return "off";
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

/** The releases that a spread leaves out. */
function without(spread: Spread): Spread {
  if (spread === "on") return "off";
  if (spread === "off") return "on";
  const { since, until } = spread;
  return since === undefined ? { since: until! } : { until: since };
}

function given(release: string | undefined): readonly string[] {
  return release === undefined ? [] : [release];
}

function byRelease(a: string, b: string): number {
  return numberOf(a) - numberOf(b);
}

/** Whether something that holds under a condition holds for some release of a range. */
export function holdsAmong(condition: Condition, releases: ReleaseRange): boolean {
  return conditionAcross(condition, releases) !== "off";
}

/** Whether something that holds under a condition holds for a release. */
export function holdsFor({ where, whereNot }: Condition, switches: Switches): boolean {
  return (where === undefined || switches[where]) && (whereNot === undefined || !switches[whereNot]);
}

/** A row with the places that it begins and ends at. */
interface PlacedRow {
  readonly row: Stretch;
  readonly begin: number;
  readonly end: number;
}

function rowsFor(name: Switch, dialect: DialectId): readonly PlacedRow[] {
  return placedFor(rows[name], dialect);
}

function placedFor(all: readonly Stretch[], dialect: DialectId): readonly PlacedRow[] {
  return placedRows(all).get(productOf(dialect).product) ?? [];
}

/** The rows of a switch by their product. */
const placedRows = memo((all: readonly Stretch[]) => {
  const placed = new Map<ProductName, PlacedRow[]>();
  for (const row of all) {
    const others = placed.get(row.product) ?? [];
    placed.set(row.product, [...others, { row, begin: beginsAt(row), end: endsAt(row) }]);
  }
  return placed;
});

/** Whether a release is one of a stretch. */
export function isWithin(stretch: Stretch, release: Release): boolean {
  const { dialect, version } =
    typeof release === "string" ? { dialect: release, version: undefined } : release;
  const place = placeOf({ dialect, version });
  return (
    productOf(dialect).product === stretch.product && beginsAt(stretch) <= place && place < endsAt(stretch)
  );
}

/** Whether some release of a range is one of a stretch. */
export function overlaps(stretch: Stretch, { lowest, highest }: ReleaseRange): boolean {
  return (
    productOf(lowest.dialect).product === stretch.product &&
    beginsAt(stretch) <= placeOf(highest) &&
    placeOf(lowest) < endsAt(stretch)
  );
}

function beginsAt({ since }: Stretch): number {
  return since === undefined ? Number.NEGATIVE_INFINITY : numberOf(since);
}

function endsAt({ until }: Stretch): number {
  return until === undefined ? Number.POSITIVE_INFINITY : numberOf(until);
}

/** A version that is none of the dialect's is taken for its newest release. */
function placeOf({ dialect, version = "" }: FrameworkRelease): number {
  const isOwn = majorsOf(dialect).includes(Number(/^\d{1,3}(?=\.|$)/.exec(version)?.[0] ?? Number.NaN));
  return numberOf(isOwn ? version : `${productOf(dialect).releaseLines.at(-1)}.x`);
}

/** Three numbers in one, so that releases can be compared; what is no number comes behind all numbers. */
function numberOf(version: string): number {
  const [major = "", minor = "0", patch = "0"] = version.split(".");
  return [major, minor, patch].reduce(
    (place, part) => place * 1000 + (/^\d{1,3}$/.test(part) ? Number(part) : 999),
    0,
  );
}
