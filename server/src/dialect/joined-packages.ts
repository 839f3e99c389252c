import { productOf } from "./products.ts";
import {
  dialectIn,
  isWithin,
  type Release,
  type ReleaseRange,
  type Spread,
  type Stretch,
  stretchesAcross,
} from "./switches.ts";

/** Packages whose work the framework does itself, in the releases that are named. */
interface JoinedRow extends Stretch {
  readonly since: string;
  readonly names: readonly string[];
  /** Release and routine. */
  readonly source: string;
}

/** Packages of Znuny are called by one of two names; the older one comes second. */
function ofZnuny(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`Znuny-${name}`, `Znuny4OTRS-${name}`]);
}

const ofOtrs6: readonly string[] = [
  "OTRSAppointmentCalendar",
  "OTRSTicketNumberCounterDatabase",
  "OTRSAdvancedTicketSplit",
  "OTRSGenericInterfaceInvokerEventFilter",
  "OTRSPostMasterKeepState",
];

/** The migration to the release uninstalls them. */
const removed: readonly JoinedRow[] = [
  { product: "OTRS", since: "6.0", names: ofOtrs6, source: "OTRS 6.0, UninstallMergedFeatureAddOns (read)" },
  { product: "Znuny", since: "6.0", names: ofOtrs6, source: "Znuny 6.0, UninstallMergedPackages (read)" },
  {
    ...{ product: "Znuny", since: "6.0.36", names: ["Znuny4OTRS-ZSA202106"] },
    source: "Znuny 6.0.36, UninstallMergedPackages (read)",
  },
  {
    product: "Znuny",
    since: "6.1",
    names: [
      "AdvancedDynamicFields",
      "AutoCheckbox",
      "WebUserAgent",
      "EnhancedProxySupport",
      "AdvancedOutOfOffice",
      "ShowPendingTimeIfNeeded",
      "LastViews",
      "TimeAccountingWebservice",
      "DynamicFieldWebservice",
      "GIArticleSend",
      "GenericInterfaceREST",
      "AdvancedGI",
      "Repo",
    ].map((name) => `Znuny4OTRS-${name}`),
    source: "Znuny 6.1, UninstallMergedPackages (read)",
  },
  {
    ...{ product: "Znuny", since: "6.2" },
    names: ofZnuny("AdvancedProcessManagement", "TicketAttributeRelations"),
    source: "Znuny 6.2, UninstallMergedPackages (read)",
  },
  {
    product: "Znuny",
    since: "6.3",
    names: [
      "Znuny-Bugfix225",
      ...ofZnuny(
        "ExcelStats",
        "AdvancedBulkAction",
        "RandomTicketNumberGenerator",
        "DatabaseBackend",
        "AdvancedTimeUnit",
        "OAuth2TokenManagement",
        "MailAccounts",
        "OwnerToolbar",
        "CalendarBasedTicketCreation",
      ),
    ],
    source: "Znuny 6.3, UninstallMergedPackages (read)",
  },
  {
    ...{ product: "Znuny", since: "6.4", names: ["Znuny-SMIME"] },
    source: "Znuny 6.4, UninstallMergedPackages (read)",
  },
  {
    product: "Znuny",
    since: "6.5",
    names: [
      ...ofZnuny("NoteToLinkedTicket", "UserMaxArticlesPerPage"),
      "Znuny-BugfixFormInput",
      "Znuny-DynamicFieldWebserviceTicketIDPayload",
      "Znuny-RichTextEditorLinkFix",
      "Znuny-BugfixFileUploadPathTraversal",
    ],
    source:
      "Znuny 6.5 and 7.0, UninstallMergedPackages (read; the last three came with some patch level of 6.5)",
  },
  {
    ...{ product: "Znuny", since: "7.1" },
    names: ofZnuny("MarkTicketSeenUnseen", "CustomPriorityColor", "AdminValidFilter"),
    source: "Znuny 7.1, UninstallMergedPackages (read)",
  },
  {
    product: "Znuny",
    since: "7.2",
    names: [
      "Znuny-SMTPRateLimit",
      "Znuny-ArticleColors",
      "Znuny-Translations",
      "Znuny-DynamicFieldAdminAutoConfig",
      "Znuny-MSGraphMail",
    ],
    source: "Znuny 7.2, change log",
  },
  {
    product: "Znuny",
    since: "7.3",
    names: [
      "Znuny-CopyTicketNumber",
      "Znuny-MultiSendmail",
      "Znuny-AgentTicketActionCommonCustomer",
      "Znuny-AdditionalTicketAttributeSelection",
    ],
    source: "Znuny 7.3, change log",
  },
];

/** OTOBO leaves them as they are when all packages are upgraded. */
const integrated: readonly JoinedRow[] = [
  {
    product: "OTOBO",
    since: "11.0.2",
    names: [
      "Ayte-CustomTranslations",
      "ExtendedCDBInfoTile",
      "ImportExport",
      "LightAdmin",
      "MarkTicketSeenUnseen",
      "QuickDateButtons",
      "ResponseTemplatesStatePreselection",
      "RotherOSS-InternalTransitionActions",
      "RotherOSS-LightAdmin",
    ],
    source: "OTOBO 11.0.2 and 11.0.6, PackageUpgradeAll (measured)",
  },
  {
    ...{ product: "OTOBO", since: "11.0.6", names: ["TicketTimeUnitsMandatoryOnlyWithArticle"] },
    source: "OTOBO 11.0.6, PackageUpgradeAll (measured)",
  },
  {
    ...{ product: "OTOBO", since: "11.1", names: ["ImportExportTicket", "RestorePendingInformation"] },
    source: "OTOBO 11.1 in development, PackageUpgradeAll (measured)",
  },
];

/** Left as it is as well, though nothing says that it is part of the framework. */
const leftForAWhile: readonly JoinedRow[] = [
  {
    ...{ product: "OTOBO", since: "11.0.2", until: "11.0.6", names: ["ITSM"] },
    source: "OTOBO 11.0.2 to 11.0.5, PackageUpgradeAll (measured)",
  },
];

const joined = byName([...removed, ...integrated]);
const leftAlone = byName([...integrated, ...leftForAWhile]);

function byName(rows: readonly JoinedRow[]): ReadonlyMap<string, readonly JoinedRow[]> {
  const named = new Map<string, JoinedRow[]>();
  for (const row of rows) {
    for (const name of row.names) named.set(name, [...(named.get(name) ?? []), row]);
  }
  return named;
}

/**
 * The first release of a product that does itself what a package does, such as "Znuny 6.3"; undefined where this
 * release does not. The migration to it removes the package, so that what requires it cannot be installed.
 */
export function joinedWith(name: string, release: Release): string | undefined {
  const row = joined.get(name)?.find((each) => isWithin(each, release));
  return row && `${productOf(dialectIn(release)).product} ${row.since}`;
}

/** How many of the releases between two do themselves what a package does. */
export function joinedAcross(name: string, releases: ReleaseRange): Spread {
  const rows = joined.get(name);
  return rows ? stretchesAcross(rows, releases) : "off";
}

/** Whether a package stays as it is when all are upgraded, because the framework does its work. */
export function isLeftInUpgradeAll(name: string, release: Release): boolean {
  return leftAlone.get(name)?.some((row) => isWithin(row, release)) ?? false;
}
