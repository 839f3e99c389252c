/** A setting as the framework stores it. All values are texts. */
export interface Setting {
  readonly name: string;
  /** The file it comes from, without folder. */
  readonly file: string;
  readonly description: string;
  readonly navigation: string;
  readonly required: boolean;
  readonly valid: boolean;
  readonly readOnly: boolean;
  readonly invisible: boolean;
  readonly configLevel: string;
  readonly userModificationPossible: boolean;
  readonly userModificationActive: boolean;
  readonly value: SettingValue;
}

export type SettingValue = string | readonly SettingValue[] | { readonly [key: string]: SettingValue };

/** Settings by name. Those of the framework itself are not listed. */
export type SettingStore = ReadonlyMap<string, Setting>;
