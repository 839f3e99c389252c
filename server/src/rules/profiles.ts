/**
 * Which rules speak: `framework` those about what the products do, `znuny-policy` and `otobo-policy` also those of the
 * code policy of that product, `strict` all of them.
 */
export const profiles = ["framework", "znuny-policy", "otobo-policy", "strict"] as const;
export type Profile = (typeof profiles)[number];

const policies: readonly Profile[] = ["znuny-policy", "otobo-policy", "strict"];
const strictAlone: readonly Profile[] = ["strict"];

/** What does not speak in every profile: a rule, or one variant of its message as `rule/variant`. */
const rows = {
  // What the code policies of the products ask for beside what the products do.
  "column-type-unknown/case": policies,
  "custom-marker-name": ["znuny-policy", "strict"],
  "custom-origin-marker": policies,
  "element-order": policies,
  "file-permission-policy": policies,
  "file-type-in-spec/policy": policies,
  "indent-four": policies,
  "intro-type-missing": policies,
  "license-header": policies,
  "license-policy": policies,
  "whitespace-tabs": policies,
  "whitespace-trailing": policies,

  // What works today, or is a matter of taste.
  "code-packagesetup-name": strictAlone,
  "code-reinstall-missing": strictAlone,
  "code-type-missing": strictAlone,
  "code-uninstall-missing": strictAlone,
  "column-autoincrement-type/smallint": strictAlone,
  "column-pk-missing": strictAlone,
  "column-size-useless": strictAlone,
  "db-type-missing": strictAlone,
  "identifier-reserved/standard": strictAlone,
  "index-name-length/long": strictAlone,
  "table-name-prefix/generic": strictAlone,
  "uninstall-post-drop": strictAlone,
  "varchar-becomes-clob": strictAlone,
  "varchar-becomes-text": strictAlone,
  "varchar-nominal-step": strictAlone,
} as const satisfies Readonly<Record<string, readonly Profile[]>>;

/** A rule or a variant that does not speak in every profile. */
export type ProfileRow = keyof typeof rows;

export const profileRows: Readonly<Record<ProfileRow, readonly Profile[]>> = rows;

/** The profiles that a rule speaks in; undefined for all. */
export function profilesOf(rule: string): readonly Profile[] | undefined {
  return Object.hasOwn(rows, rule) ? rows[rule as ProfileRow] : undefined;
}

/** Whether a profile asks for a rule or a variant of one. */
export function isAskedFor(row: ProfileRow, { profile }: { readonly profile: Profile }): boolean {
  return profileRows[row].includes(profile);
}
