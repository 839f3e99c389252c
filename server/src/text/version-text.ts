/**
 * Whether what people type is meant for the version of a package, such as "1.0.0" or "1.0.0-rc1": the frameworks take
 * any text for one. A path is none, nor is a word without a digit.
 */
export function isVersionText(text: string): boolean {
  return /^(?=.*\d)[\w.+~-]+$/.test(text);
}
