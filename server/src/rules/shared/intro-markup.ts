/**
 * The elements that the admin screen takes out of a text, with all that is in them, before it shows it.
 *
 * @source Znuny 7.1, OTOBO 11, HTMLUtils, Safety
 */
export const removedElements = ["script", "img", "svg", "object", "embed", "applet", "iframe"] as const;

/** Whether the admin screen takes out an element. */
export function isRemovedElement(name: string): boolean {
  return (removedElements as readonly string[]).includes(name.toLowerCase());
}

/** Whether an attribute is a script, for which the admin screen takes out its element. */
export function isScriptAttribute(name: string): boolean {
  return /^on[a-z]/i.test(name);
}
