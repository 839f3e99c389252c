/** What the code policy of a product asks for. */
export interface CodePolicy {
  readonly product: string;
  /** The profile that asks for what it does. */
  readonly profile: string;
  /** The text that it writes into every License. */
  readonly license: string;
  /** The order of elements that its schema has; those of one row go with each other. */
  readonly order: readonly (readonly string[])[];
}

const head: readonly (readonly string[])[] = [
  ["Name"],
  ["Version"],
  ["Framework"],
  ["PackageRequired", "ModuleRequired"],
  ["Vendor"],
  ["URL"],
  ["License"],
  ["Description"],
  ["PackageIsVisible"],
  ["PackageIsDownloadable"],
  ["PackageIsBuildable"],
  ["PackageIsRemovable"],
  ["PackageAllowDirectUpdate"],
];

/** Znuny code policy and OTOBO code policy: SOPM.xsd, Legal::SOPMLicense. */
export const codePolicies: readonly CodePolicy[] = [
  {
    product: "Znuny",
    profile: "znuny-policy",
    license: "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007",
    order: [...head, ["OS"], ["ChangeLog"], ["Filelist"]],
  },
  {
    product: "OTOBO",
    profile: "otobo-policy",
    license: "GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007",
    order: [...head, ["ChangeLog"], ["OS"], ["Filelist"]],
  },
];
