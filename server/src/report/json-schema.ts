import { databaseKinds } from "../database/engines.ts";
import { behaviourAreas, certainties } from "../dialect/certainty.ts";
import { entrances, operations } from "../lifecycle/operation.ts";
import { jsonVersion } from "./render-json.ts";
import { answerTitles, checkTitles, lanes } from "./words.ts";

/** The published description of what `renderJson` writes, as `schemas/dry-run.schema.json`. */
export function renderDryRunSchema(): string {
  return `${JSON.stringify(schema(), null, 2)}\n`;
}

/** Readers must be able to live with more properties than these; one that is described is always there. */
function schema() {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Dry run of a package operation",
    description:
      "What one operation on one package would do to one system. Identifiers are the same in every language; texts are in the language that was asked for. Lines and columns count from 1; null stands for what is not there.",
    ...object({
      version: { const: jsonVersion, description: "Grows when a property goes or changes its meaning." },
      operation: { enum: operations, description: "What was asked for." },
      entrance: {
        enum: entrances,
        description: "Who asks the framework: its API, its console or its screen.",
      },
      force: { type: "boolean" },
      documented: {
        type: "boolean",
        description: "True when the plan follows the framework's documentation instead of its code.",
      },
      applied: { type: "boolean", description: "True when it was performed on a sandbox." },
      product: described(text, "Such as “Znuny 7.1.3”."),
      database: { enum: databaseKinds },
      file: described(textOrNull, "Name of the spec or the archive."),
      package: object({ name: textOrNull, version: textOrNull, vendor: textOrNull }),
      installedVersion: described(textOrNull, "Version in the package table before."),
      verdict: object({
        kind: { ...verdict, description: "What the framework would report." },
        needsAttention: {
          type: "boolean",
          description: "True when it is refused, or when a step fails or never runs.",
        },
        sentence: text,
        doubts: described(list(text), "What makes it less than certain; these sentences end the one above."),
      }),
      assumptions: described(list(text), "What was taken for granted because nobody said it."),
      refusals: list(object({ check: { enum: Object.keys(checkTitles) }, message: text, ...place })),
      counts: object({
        ...Object.fromEntries(outcomes.map((outcome) => [outcome, count])),
        unknown: described(count, "Steps among those that run of which nobody can tell whether they do."),
      }),
      inputs: {
        anyOf: [
          object({
            package: described(
              object({ kind: { enum: ["spec", "archive"] }, digest: text }),
              "Of the text of a spec in UTF-8, or of the bytes of an archive.",
            ),
            files: {
              anyOf: [object({ count, digest: text }), { type: "null" }],
              description: "Of the locations and contents of a spec's files; an archive holds them.",
            },
            system: described(
              object({ digest: text }),
              "Of release, package table, tables and settings of the system before.",
            ),
          }),
          { type: "null" },
        ],
        description: "SHA-256 in hexadecimal of what the report is about.",
      },
      basis: described(
        list(
          object({
            area: { enum: [...behaviourAreas, "files", "tables", ...databaseKinds] },
            certainty: { enum: [...certainties, "unknown"] },
            release: described(textOrNull, "What was run or read, such as “Znuny 7.1.7” or “MariaDB 10.11”."),
          }),
        ),
        "What is said about each area rests on: “run”, “read”, “assumed” to be as in another release, or “unknown”.",
      ),
      onTestSystems: {
        anyOf: [object({ product: text, made: count, kept: count, runs: count }), { type: "null" }],
        description:
          "How many things were foretold for systems of the product and looked at on test systems so far, and how many of them came true.",
      },
      steps: list(step),
      differences: { $ref: "#/$defs/difference" },
      leftovers: {
        anyOf: [{ $ref: "#/$defs/difference" }, { type: "null" }],
        description: "What an uninstall leaves behind that was not there before the package.",
      },
      promise: {
        anyOf: [
          object({
            verdict,
            end: described(textOrNull, "Why the operation would end before its time."),
            steps: list(object({ key: text, title: text, actual: outcomeOrNull, promised: outcomeOrNull })),
          }),
          { type: "null" },
        ],
        description: "Steps that would go another way if the framework's documentation were right.",
      },
      oldest: {
        anyOf: [
          object({
            product: text,
            verdict,
            refusal: described(textOrNull, "Why it would be refused there, though not here."),
            steps: list(
              object({ key: text, title: text, here: answerOrNull, there: answerOrNull, reason: textOrNull }),
            ),
          }),
          { type: "null" },
        ],
        description:
          "Steps that would go another way on the oldest release that Framework admits; null when a system was named, or when that release does the same.",
      },
      measured: {
        anyOf: [
          object({ server: text, name: text, database: text, operations: list({ type: "object" }) }),
          { type: "null" },
        ],
        description:
          "What became of the statements on the database that stands behind the sandbox, as “sopm verify --format json” tells it; null for a plan.",
      },
      intros: list(
        object({
          phase: { enum: ["pre", "post"] },
          where: { enum: ["admin", "console"] },
          title: text,
          text: described(
            text,
            "Of the admin screen HTML as the package has it: do not show it unsanitised.",
          ),
          ...place,
        }),
      ),
    }),
    $defs: { difference },
  };
}

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const textOrNull: Schema = { type: ["string", "null"] };
const verdict: Schema = { enum: ["success", "refused", "died", "unknown"] };
const count: Schema = { type: "integer", minimum: 0 };
const outcomes = Object.keys(answerTitles).filter((answer) => answer !== "unknown");
const outcomeOrNull: Schema = { enum: [...outcomes, null] };
const answerOrNull: Schema = { enum: [...Object.keys(answerTitles), null] };
const place: Readonly<Record<string, Schema>> = {
  line: { type: ["integer", "null"], minimum: 1 },
  column: { type: ["integer", "null"], minimum: 1 },
};

const step = object({
  number: { type: "integer", minimum: 1 },
  key: described(
    text,
    "The same step in another plan of the same package has the same key; --assume takes it.",
  ),
  kind: {
    enum: [
      ...["begin", "end", "check", "merge-begin", "merge-end"],
      ...["code-phase-begin", "code-phase-end", "code"],
      ...["database-phase-begin", "database-phase-end", "database-element", "statement"],
      ...["write-file", "remove-file", "package-table", "configuration", "clear-cache", "event"],
    ],
  },
  lane: { enum: lanes },
  phase: textOrNull,
  operation: { enum: operations, description: "An install of an installed package goes on as an upgrade." },
  depth: { type: "integer", minimum: 1 },
  title: text,
  outcome: {
    enum: outcomes,
    description: "“skipped” is passed over this time, “never” is run by no operation of this framework.",
  },
  certain: {
    type: "boolean",
    description: "False where nobody can tell whether it goes well; it is planned as if it did.",
  },
  doubt: {
    anyOf: [
      object({
        id: { enum: ["code", "framework-tables", "package-tables", "rows"] },
        reason: described(text, "What stands in the way of knowing it."),
        remedy: described(text, "What would settle it."),
      }),
      { type: "null" },
    ],
  },
  certainty: { enum: certainties, description: "The weakest of what the outcome rests on; see “basis”." },
  assumed: { type: "boolean" },
  reason: described(textOrNull, "Why it fails, is skipped or never runs."),
  remains: described(textOrNull, "What is left behind when it fails."),
  ...place,
  log: list(object({ id: text, priority: { enum: ["error", "notice"] }, message: text })),
  quirks: list(object({ id: text, title: text, note: text })),
  detail: {
    type: "object",
    description: "What only steps of this kind have, such as sql, code or location.",
  },
});

const entryOrNull: Schema = {
  anyOf: [
    object({
      kind: { enum: ["file", "folder", "other"] },
      mode: described(textOrNull, "Permission bits in octal."),
      size: { type: ["integer", "null"], minimum: 0 },
    }),
    { type: "null" },
  ],
};

const changes = ["added", "removed", "changed"];
const changed: Schema = { enum: changes };

const column = object({
  name: text,
  type: described(text, "In the words of the database."),
  nullable: { type: "boolean" },
  default: textOrNull,
});

const difference = object({
  files: list(
    object({
      path: text,
      change: { enum: ["added", "removed", "changed", "mode"] },
      before: entryOrNull,
      after: entryOrNull,
    }),
  ),
  packages: list(
    object({
      change: { enum: ["added", "removed"] },
      name: text,
      version: text,
      status: { enum: ["installed", "not installed"] },
    }),
  ),
  tables: list(
    object({
      name: text,
      change: changed,
      addedColumns: list(column),
      removedColumns: list(column),
      changedColumns: list(object({ before: column, after: column })),
      addedKeys: described(list(text), "Names of indexes, unique constraints and foreign keys."),
      removedKeys: list(text),
      addedRows: described(list(list(textOrNull)), "Values in the order of the columns."),
      removedRows: list(list(textOrNull)),
    }),
  ),
  settings: list(
    object({
      name: text,
      change: {
        enum: [...changes, "returned"],
        description:
          "A setting of the framework that the package takes over is “changed” with null before, and “returned” when the framework's own counts again.",
      },
      before: {},
      after: {},
    }),
  ),
});

/** All properties are required. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", required: Object.keys(properties), properties };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}
