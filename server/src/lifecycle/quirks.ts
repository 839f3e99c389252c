import type { Condition } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";

/** A behaviour of the frameworks that nobody expects, and what their documentation promises instead. */
export interface Quirk extends Condition {
  readonly title: Message;
  /** What happens and what to do about it, in one or two sentences. */
  readonly note: Message;
  /** What happens instead when the documentation is taken at its word; undefined where it says nothing. */
  readonly promised: Message | undefined;
  readonly source: string;
}

const packageManager = "Znuny 7.1 and OTOBO 11, Kernel::System::Package";

export const quirks = {
  "failure-ignored": {
    title: { text: "A failure does not stop the operation" },
    note: {
      text: "Only checks and the package table can make an operation fail. What fails in code, SQL, files or configuration is logged, the rest is done, and success is reported. Look into the log after every operation.",
    },
    promised: { text: "The operation stops at the step that fails and reports it." },
    source: `${packageManager}, PackageInstall and the other operations`,
  },
  "code-rest-skipped": {
    title: { text: "One failing section keeps the others from running" },
    note: {
      text: "When a section of code dies or returns nothing true, the sections of the same kind and phase behind it are not run. Keep each section able to survive, and let it return 1.",
    },
    promised: undefined,
    source: `${packageManager}, _Code`,
  },
  "code-type-pattern": {
    title: { text: "The Type of code is a pattern" },
    note: {
      text: "The Type of this section is taken for a regular expression, so it can fit more than one phase or none. Write pre or post.",
    },
    promised: undefined,
    source: `${packageManager}, _Code`,
  },
  "phase-unknown": {
    title: { text: "No operation has this phase" },
    note: {
      text: "The Type of this section is none of the phases that its kind knows, so it never runs and nothing is said about it. In database sections letter case counts.",
    },
    promised: undefined,
    source: packageManager,
  },
  "type-inherited": {
    title: { text: "A section without Type takes that of the one before it" },
    note: {
      text: "Database sections without Type run when the section of the same kind before them runs, not in phase post. Write the Type of every section.",
    },
    promised: { text: "A section without Type runs in phase post." },
    source: `${packageManager}, PackageParse`,
  },
  "if-package-merged": {
    title: { text: "IfPackage asks for merged packages, not for installed ones" },
    note: {
      text: "IfPackage holds only for a package that this very operation merges. Without a PackageMerge of that name the section never runs, even when the package is installed.",
    },
    promised: { text: "IfPackage holds when the package is installed." },
    source: `${packageManager}, _CheckDBInstalledOrMerged and _Code`,
    where: "packageMerge",
  },
  "condition-ignored": {
    title: { text: "IfPackage and IfNotPackage are not looked at here" },
    note: {
      text: "The conditions count in code and in DatabaseInstall and DatabaseUpgrade alone; in DatabaseUninstall and in SQL of a merge they change nothing.",
    },
    promised: { text: "The condition decides here as everywhere else." },
    source: packageManager,
    where: "packageMerge",
  },
  "database-upgrade-pre": {
    title: { text: "DatabaseUpgrade of phase pre never runs" },
    note: {
      text: "The loop over these sections begins with a flag that nobody sets, so every element is passed over. Use phase post.",
    },
    promised: { text: "Elements newer than the installed version run before the files are replaced." },
    source: `${packageManager}, PackageUpgrade`,
  },
  "database-upgrade-unversioned": {
    title: { text: "DatabaseUpgrade without Version never runs" },
    note: {
      text: "Only elements right below DatabaseUpgrade that have a Version of their own are run. Give the element the version of the package that brings it.",
    },
    promised: { text: "An element without Version runs at every upgrade." },
    source: `${packageManager}, PackageUpgrade`,
  },
  "database-gate-unbounded": {
    title: { text: "A Version above that of the package runs already, and again" },
    note: {
      text: "The Version of an element of DatabaseUpgrade is compared with the installed version alone. One above the package's own version runs now and at every upgrade until that version is reached.",
    },
    promised: { text: "It runs at the upgrade to that version." },
    source: `${packageManager}, PackageUpgrade`,
  },
  "database-reinstall": {
    title: { text: "DatabaseReinstall never runs" },
    note: {
      text: "These sections are read and built, but no operation runs them. Use CodeReinstall for what a reinstall has to repair.",
    },
    promised: { text: "The SQL runs when the package is reinstalled." },
    source: `${packageManager}, PackageReinstall`,
  },
  "merge-before-checks": {
    title: { text: "Packages are merged before the last checks" },
    note: {
      text: "The absorbed package is removed before the version and the files are checked. When one of these checks refuses the operation, it is gone already.",
    },
    promised: { text: "All checks come first, and a refused operation changes nothing." },
    source: `${packageManager}, PackageInstall, PackageUpgrade and _MergePackages`,
    where: "packageMerge",
  },
  "merge-sql-level": {
    title: { text: "SQL of a merge depends on how deep it is nested" },
    note: {
      text: "Only elements on the third level with a Version newer than the absorbed package run. In an archive that the framework built these are the table elements, in others the DatabaseUpgrade itself. Give both the same Version.",
    },
    promised: { text: "SQL of a merge runs, and a Version may stand on either element." },
    source: `${packageManager}, _MergePackages`,
    where: "packageMerge",
  },
  "merge-code-repeated": {
    title: { text: "Code of a merge knows no lower bound" },
    note: {
      text: "All sections up to TargetVersion run, also those for versions that the absorbed package has long passed. Write code that may run twice.",
    },
    promised: undefined,
    source: `${packageManager}, _MergePackages`,
    where: "packageMerge",
  },
  "merge-version-spelling": {
    title: { text: "The same version, written otherwise, counts as newer" },
    note: {
      text: "The installed version and TargetVersion mean the same but are not the same text, so the absorbed package is taken for newer and the operation is refused.",
    },
    promised: { text: "Both are the same version, and the package is merged." },
    source: `${packageManager}, _MergePackages`,
    where: "packageMerge",
  },
  "merge-dependents": {
    title: { text: "Who depends on a merged package is not asked" },
    note: {
      text: "Packages that require the absorbed one stay installed, but can be neither upgraded nor installed again until their requirement is changed.",
    },
    promised: undefined,
    source: `${packageManager}, _MergePackages`,
    where: "packageMerge",
  },
  "version-as-text": {
    title: { text: "Versions are not compared by their meaning" },
    note: {
      text: "Groups are compared until the texts of two differ, so that 1.01.5 and 1.1.9 each count as at least the other, and suffixes such as -rc1 count for nothing. Use digits and dots, without leading zeros.",
    },
    promised: { text: "The newer version is the one that its author means." },
    source: `${packageManager}, _CheckVersion`,
  },
  "framework-range": {
    title: { text: "The framework is compared in an odd way" },
    note: {
      text: "Of several Framework elements the last that fits decides, and a large patch level makes up for a release below Minimum or above Maximum. Give Minimum and Maximum the same first two groups as the text.",
    },
    promised: { text: "The framework fits when one of the elements fits it." },
    source: `${packageManager}, AnalyzePackageFrameworkRequirements`,
    where: "frameworkBounds",
  },
  "requirement-unversioned": {
    title: { text: "A requirement without Version is never met" },
    note: {
      text: "PackageRequired without Version fails even when the package is installed, because there is nothing to compare with. Write a Version.",
    },
    promised: { text: "Any version of the package will do." },
    source: `${packageManager}, _CheckPackageRequired`,
  },
  "module-ends-check": {
    title: { text: "A module without Version ends the check" },
    note: {
      text: "The check succeeds at the first installed module that is asked for without Version; those behind it are never looked at. Put it last, or write a Version.",
    },
    promised: { text: "Every module is looked for." },
    source: `${packageManager}, _CheckModuleRequired`,
  },
  "install-becomes-upgrade": {
    title: { text: "An install goes on as an upgrade" },
    note: {
      text: "The package is installed already. The sections for installing are not run; those for upgrading are.",
    },
    promised: undefined,
    source: `${packageManager}, PackageInstall`,
  },
  "upgrade-becomes-install": {
    title: { text: "An upgrade goes on as an install" },
    note: {
      text: "The package is not installed. The sections for upgrading are not run; those for installing are.",
    },
    promised: undefined,
    source: "OTRS 6.0 and OTOBO 11, PackageUpgrade; Znuny 6.3.1 and later refuse",
    whereNot: "upgradeNeedsPackage",
  },
  "second-row": {
    title: { text: "Force installs beside the installed version" },
    note: {
      text: "The package table then has two rows of one name. Which one counts differs from place to place, and uninstalling removes both. Upgrade instead.",
    },
    promised: undefined,
    source: `${packageManager}, PackageInstall`,
  },
  "row-before-code": {
    title: { text: "The new version is registered before its code runs" },
    note: {
      text: "An upgrade replaces the row first. Whatever fails later, the package counts as upgraded, and upgrading again is refused without Force.",
    },
    promised: undefined,
    source: `${packageManager}, PackageUpgrade`,
  },
  "registered-last": {
    title: { text: "What the package table refuses is found out late" },
    note: {
      text: "Name, Version and Vendor are asked for when the row is inserted. In an install code and SQL of phase pre have run by then and the files are written.",
    },
    promised: undefined,
    source: `${packageManager}, RepositoryAdd`,
  },
  "unreadable-goes-on": {
    title: { text: "An archive that cannot be read is not refused at once" },
    note: {
      text: "The operation goes on with an empty package, and an install ends only when it is to be registered.",
    },
    promised: { text: "The operation is refused at once." },
    source: `${packageManager}, PackageParse`,
  },
  "read-leniently": {
    title: { text: "An archive that is not well-formed is read twice" },
    note: {
      text: "What the XML parser had found before the fault counts, and all that a lenient parser finds in the whole archive is put behind it. So parts are there twice, code in CDATA is lost where the lenient parser alone reads it, and sections of DatabaseUpgrade do not run. Mend the XML and build the archive anew.",
    },
    promised: { text: "The archive is refused." },
    source: "Znuny 7.1 and OTRS 6.0, XMLParse",
    where: "readsLeniently",
  },
  "empty-file": {
    title: { text: "An empty file is not installed" },
    note: {
      text: "A file without content looks to the package manager like one whose content is missing. It is left out, and the deployment check reports it forever. Put a comment or a line break into it.",
    },
    promised: { text: "The empty file is written." },
    source: `${packageManager}, _FileInstall`,
  },
  "file-twice": {
    title: { text: "A location is listed twice" },
    note: {
      text: "The second file replaces the first, which goes to .save and takes the place of whatever was saved there. If the two differ, the deployment check finds fault forever. List it once.",
    },
    promised: undefined,
    source: `${packageManager}, _FileInstall`,
  },
  "location-spelling": {
    title: { text: "Locations are compared as they are written" },
    note: {
      text: "A location with “./” is found neither among the files of other packages nor among those of the framework; of slashes only two in a row count as one. Write the plain path.",
    },
    promised: undefined,
    source: `${packageManager}, _PackageFileCheck and _FileInstall`,
  },
  "location-forbidden": {
    title: { text: "Files are left out silently" },
    note: {
      text: "A file whose location is forbidden is dropped with a line in the log, and the package is installed without it.",
    },
    promised: undefined,
    source: `${packageManager}, PackageParse`,
    where: "forbidsPaths",
  },
  "framework-file-replaced": {
    title: { text: "A file of the framework is replaced" },
    note: {
      text: "The original goes to .save and comes back when the package is uninstalled. An update of the framework overwrites the package's file without a word. A file below Custom/ is safer.",
    },
    promised: undefined,
    source: `${packageManager}, _FileInstall`,
  },
  "framework-file-kept": {
    title: { text: "A file of the framework is not removed" },
    note: {
      text: "There is no .save or .backup that could take its place, so the package's version of the file stays for good.",
    },
    promised: undefined,
    source: `${packageManager}, _FileRemove`,
  },
  "stray-file-saved": {
    title: { text: "A file that belonged to nobody is moved away" },
    note: {
      text: "It is called .save while the package is installed and comes back when the package is uninstalled.",
    },
    promised: undefined,
    source: `${packageManager}, _FileInstall`,
  },
  "local-change-lost": {
    title: { text: "A reinstall overwrites local changes" },
    note: {
      text: "Only a changed file of the framework is kept as .save, and only when there is none yet. Everything else that was changed by hand is lost.",
    },
    promised: undefined,
    source: `${packageManager}, _FileInstall`,
  },
  "custom-backup": {
    title: { text: "A file that was changed by hand is copied and left behind" },
    note: {
      text: "The copy ends in .custom_backup. It is never removed, and the next one overwrites it.",
    },
    promised: undefined,
    source: `${packageManager}, _FileRemove`,
    where: "keepsChangedFiles",
  },
  "backup-name-wrong": {
    title: { text: "The log names a file that is not there" },
    note: { text: "The log speaks of .backup, but the copy ends in .custom_backup." },
    promised: undefined,
    source: "OTRS 6.0.30, Znuny 6.2.2 and OTOBO 11, _FileRemove; Znuny 6.3.1 names the right file",
    where: "logNamesWrongBackup",
  },
  "special-permissions": {
    title: { text: "Who runs the file gets the rights of its owner" },
    note: {
      text: "The Permission has more than the bits for reading, writing and running: 4 in front lets whoever runs the file do so as its owner, 2 as its group. The framework sets these bits. A sandbox keeps them in mind, but not on the disk, because what is in packages is strangers' code. Write three digits unless you need it.",
    },
    promised: undefined,
    source: "Znuny 7.1 and OTOBO 11, Kernel::System::Main, FileWrite",
  },
  "folder-moved": {
    title: { text: "A folder stands where a file should be" },
    note: {
      text: "The framework moves the whole folder with everything in it to .save and writes the file in its place. That is not played through here.",
    },
    promised: undefined,
    source: `${packageManager}, _FileInstall`,
  },
  "folders-stay": {
    title: { text: "Folders are never removed" },
    note: { text: "Folders that the package made stay when it is uninstalled, even if nothing is in them." },
    promised: undefined,
    source: `${packageManager}, _FileRemove`,
  },
  "configuration-all-or-nothing": {
    title: { text: "One bad setting keeps all new settings out" },
    note: {
      text: "A setting of any package that has no usable value makes reading fail: no new setting is stored, nothing is deployed, and success is reported.",
    },
    promised: undefined,
    source: "Znuny 7.1 and OTOBO 11, ConfigurationXML2DB and _ConfigurationDeploy",
    where: "settingsInDatabase",
  },
  "configuration-no-cleanup": {
    title: { text: "Settings of removed files stay" },
    note: {
      text: "A configuration file of some package is missing or changed, so settings that are no longer defined are not removed, whichever package they belong to. Reinstall that package.",
    },
    promised: undefined,
    source: "Znuny 7.1 and OTOBO 11, _ConfigurationDeploy",
    where: "cleanupNeedsDeployed",
  },
  "not-verified": {
    title: { text: "A package that its vendor has not had verified is refused by default" },
    note: {
      text: "Console and admin screen of OTRS 6.0.9 to 6.0.30 refuse it until the setting Package::AllowNotVerifiedPackages is switched on. It is taken to be on here.",
    },
    promised: undefined,
    source: "OTRS 6.0.9 to 6.0.30, Package::AllowNotVerifiedPackages",
    where: "blocksUnverified",
  },
  "data-may-stay": {
    title: { text: "Who uninstalls may choose to keep the data" },
    note: {
      text: "Then these sections are not run and the tables stay, while the code for uninstalling runs. The next installation finds the tables, and its TableCreate fails. Known from the change log of Znuny 7.3.4 alone.",
    },
    promised: undefined,
    source: "Znuny 7.3.4, change log",
    where: "uninstallMayKeepData",
  },
  "uninstall-given-archive": {
    title: { text: "Uninstalling goes by the archive that is given" },
    note: {
      text: "It is not the version that is installed: files that only the installed version has stay, and those that differ are copied to .custom_backup. This is not checked.",
    },
    promised: undefined,
    source: `${packageManager}, PackageUninstall`,
  },
  "uninstall-unchecked": {
    title: { text: "Whether the package is installed is not asked" },
    note: { text: "Code, SQL and files are dealt with as if it were, and success is reported." },
    promised: { text: "The operation is refused." },
    source: `${packageManager}, PackageUninstall and PackageReinstall; Znuny 6.3.2 and later refuse a reinstall`,
  },
  "tables-left": {
    title: { text: "Tables of the package stay" },
    note: {
      text: "Tables that the package made are still there after the uninstall. Installing it again finds them, and its TableCreate fails.",
    },
    promised: undefined,
    source: `${packageManager}, PackageUninstall`,
  },
  "column-change-renames-table": {
    title: { text: "A ColumnChange without NameOld renames the table" },
    note: {
      text: "The statement lacks the old name of the column, and PostgreSQL reads it as a new name for the whole table. Everything that looks for the table under its old name fails from now on. Write NameOld, even where the name stays.",
    },
    promised: undefined,
    source: "Znuny 7.1 and OTOBO 11, Kernel::System::DB::postgresql, TableAlter",
  },
  "schema-differs": {
    title: { text: "An upgrade does not lead where an install leads" },
    note: {
      text: "After this upgrade the tables of the package are not what a fresh install of it makes. Bring DatabaseInstall and DatabaseUpgrade into line.",
    },
    promised: undefined,
    source: `${packageManager}, PackageInstall and PackageUpgrade`,
  },
  "module-not-there": {
    title: { text: "The code loads a module that is not there at this moment" },
    note: {
      text: "In phase pre of an install the package's files are not written yet, in phase post of an uninstall they are gone. Code that takes them for granted dies, which is logged; move it to the other phase.",
    },
    promised: undefined,
    source: packageManager,
  },
  "module-of-old-version": {
    title: { text: "The code loads a module of the old version" },
    note: {
      text: "In phase pre of an upgrade the files of the version before are still in place. Use phase post for code that needs the new ones.",
    },
    promised: undefined,
    source: `${packageManager}, PackageUpgrade`,
  },
} as const satisfies Record<string, Quirk>;

export type QuirkId = keyof typeof quirks;
