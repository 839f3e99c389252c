/** The four operations on one package, with their names in English; the bundles of texts have the other languages. */
export const operationTitles = {
  install: "Install",
  upgrade: "Upgrade",
  reinstall: "Reinstall",
  uninstall: "Uninstall",
} as const;

export type Operation = keyof typeof operationTitles;

export const operations = Object.keys(operationTitles) as readonly Operation[];
