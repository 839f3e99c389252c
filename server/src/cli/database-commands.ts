import { operations } from "../lifecycle/operation.ts";
import { diagramThemes } from "../protocol/diagram.ts";
import { type Command, command, type Parameters } from "./command.ts";
import {
  databaseParameters,
  dialectParameters,
  formatParameters,
  knownPackagesParameters,
  packageParameters,
  serverParameters,
  versionParameters,
} from "./common-parameters.ts";

export const sqlParameters = {
  ...packageParameters,
  operation: { kind: "choice", choices: operations, text: "What is done to the package; it has to be said" },
  ...databaseParameters,
  from: {
    kind: "version",
    placeholder: "VERSION",
    text: "What is installed before an upgrade",
    otherwise: "all versions at once",
  },
  ...versionParameters,
  ...dialectParameters,
  product: {
    kind: "text",
    placeholder: '"Znuny 7.1.3"',
    setting: "productVersion",
    text: "The system, in place of the dialect",
    otherwise: "what the package is made for",
  },
  format: {
    kind: "choice",
    choices: ["text", "json"],
    default: "text",
    text: "SQL with comments, or a list of phase, list (main or post), statement and line",
  },
  output: {
    kind: "file",
    endings: ["sql", "json"],
    placeholder: "FILE",
    text: "Write the statements there, as they are executed. Printed ones show characters that cannot be seen as escapes",
  },
} as const satisfies Parameters;

export const diagramParameters = {
  ...packageParameters,
  format: {
    kind: "choice",
    choices: ["svg", "mermaid"],
    default: "svg",
    text: "A picture, or text for Mermaid",
  },
  theme: {
    kind: "choice",
    choices: diagramThemes,
    default: "auto",
    text: "Colours of the picture; auto follows whoever looks at it",
  },
  of: {
    kind: "version",
    placeholder: "VERSION",
    text: "Show an earlier version, which Git has, or an archive beside the package or in --packages-of",
    otherwise: "the package as it is",
  },
  ...knownPackagesParameters,
  ...dialectParameters,
  output: { kind: "file", endings: ["svg", "mmd"], placeholder: "FILE", text: "Write the diagram to a file" },
} as const satisfies Parameters;

export const databasesParameters = {
  name: { operand: "optional", kind: "text", placeholder: "NAME", text: "One database", otherwise: "all" },
  check: { kind: "flag", text: "Ask each whether it can be used" },
  ...serverParameters,
  ...formatParameters,
} as const satisfies Parameters;

/** Commands about what a package does to a database, and about servers. */
export const databaseCommands: readonly Command[] = [
  command({
    name: "sql",
    summary: "Print the SQL that an operation runs",
    about:
      "Prints the statements that a framework makes of the database sections of a package, a spec or an archive. No package counts as merged, and none but this one as installed.",
    parameters: sqlParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is looked at at a time.",
    exits: ["the statements were printed", "the package cannot be read"],
    run: async (given, shell) => (await import("./sql.ts")).sql(given, shell),
  }),
  command({
    name: "diagram",
    summary: "Draw the tables of a package",
    about:
      "Draws the tables that a spec or an archive makes, with columns, keys and references, and those of others as far as it refers to them. What is new is marked where an older version is known, by Git or an archive.",
    parameters: diagramParameters,
    tooFew: "Name a spec or an archive.",
    tooMany: "One package is drawn at a time.",
    exits: ["the diagram was drawn", "the package cannot be read, or the diagram cannot be written"],
    run: async (given, shell) => (await import("./diagram.ts")).diagram(given, shell),
  }),
  command({
    name: "databases",
    summary: "List database servers, and tell which can be used",
    about:
      'Lists the servers of PostgreSQL, MariaDB and MySQL that a file of yours names; no sopm.json can name one. With --check each is asked for its version and for what its user may do. Nothing is made there. The file has an object for each name, with kind (postgresql or mysql), host and port or socket, user, tls (verified, unverified or off) and secret: { "environment": NAME } or { "file": PATH }.',
    parameters: databasesParameters,
    tooMany: "Name one database only.",
    exits: ["the databases were listed, or all can be used", "one of them cannot be used"],
    run: async (given, shell) => (await import("./databases.ts")).databases(given, shell),
  }),
];
