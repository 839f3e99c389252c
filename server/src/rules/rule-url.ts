/**
 * The page of a rule, relative to the root of the project and of the installed extension.
 * Whoever shows it makes an address or a command of it.
 */
export function ruleUrl(id: string): string {
  return `docs/rules/${id}.md`;
}
