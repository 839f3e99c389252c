/**
 * What the server offers by `workspace/executeCommand` to an editor without commands of its own. Each command takes
 * one object, the parameters of the request of the same purpose, of which only `uri` must be there. It tells the
 * reader how things went by `window/showMessage`, and its result is a text: the path of the archive, the report, the
 * SQL, the setting; null when there is none.
 */
export const serverCommands = {
  /** Parameters of `sopm/build`. */
  build: "sopm.server.build",
  /** Parameters of `sopm/exportDryRun`; without them the operation is "install" and the format "markdown". */
  dryRun: "sopm.server.dryRun",
  /** Parameters of `sopm/sqlPreview`. */
  previewSql: "sopm.server.previewSql",
  /** Parameters of `sopm/setBaseFolder`. */
  setBaseFolder: "sopm.server.setBaseFolder",
} as const;
