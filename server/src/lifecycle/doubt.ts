import type { DatabaseDoubt } from "../database/result.ts";
import type { Message } from "../l10n/translate.ts";
import type { Framework } from "../system/system-state.ts";

/** Why nobody can tell whether a step goes well. A step with a doubt is planned as one that does. */
export interface Doubt {
  readonly id: DoubtId;
  /** What stands in the way. */
  readonly reason: Message;
  /** What its reader could do to know it. */
  readonly remedy: Message;
}

/**
 * - `code`: Perl, which is never run here
 * - `framework-tables`: nothing is known of the tables of the framework's release
 * - `package-tables`: the table may be one of a required package that is only taken to be installed
 * - `rows`: it depends on rows that nobody knows
 * - `settings`: a settings file that the framework may read or not
 * - `malformed`: the archive is not well-formed, and the framework has a lenient parser for it
 */
export type DoubtId = "code" | "framework-tables" | "package-tables" | "rows" | "malformed" | "settings";

/** Of a section of code of which nothing is known that would make it fail. */
export const codeDoubt: Doubt = {
  id: "code",
  reason: { text: "No Perl is run here, so that it is not known whether this code succeeds." },
  remedy: { text: "Run it on a test system, or assume its outcome." },
};

/**
 * Of what is not well-formed where the release has a lenient parser for it: an archive with a fault of which it has not
 * been seen what that makes, a spec, of which no archive is built here, or an archive that the framework's builder
 * would write of a sound spec.
 *
 * @param line of the fault, from 1
 */
export function malformedDoubt(line: number, where: keyof typeof malformedTexts): Doubt {
  return {
    id: "malformed",
    reason: { text: malformedTexts[where], values: { line } },
    remedy: where === "built" ? { text: "Mend what lint says about the spec." } : { text: "Mend the XML." },
  };
}

const malformedTexts = {
  archive:
    "The archive is not well-formed in line {line}. The framework gives such an archive to a lenient parser, and may refuse the package or install it wrongly.",
  spec: "The spec is not well-formed in line {line}. The framework gives such a spec to a lenient parser and may build an archive with parts that are missing or there twice; here none is built.",
  deep: "The elements of the package are nested deeper than it is followed here. The framework may read such a package or refuse it.",
  built:
    "The builder of the framework writes an archive of this spec that is not well-formed, as where an element gets an attribute twice. The framework gives such an archive to a lenient parser, and may refuse the package or install it wrongly.",
} as const;

/** Of a settings file of which it is not known what the framework reads in it. */
export function settingsDoubt(reason: Message): Doubt {
  return {
    id: "settings",
    reason,
    remedy: { text: "Mend the file, or install the package on a test system." },
  };
}

/** Of a statement that depends on what nobody knows of the database. */
export function statementDoubt({ kind, table }: DatabaseDoubt, framework: Framework): Doubt {
  const product = `${framework.product} ${framework.version}`;
  const values = { table, product };
  if (kind === "rows") {
    return {
      id: "rows",
      reason: {
        text: "It depends on the rows of the table {table}, which are not known: one of them may be against it.",
        values,
      },
      remedy: { text: "Look into the table of the system, or assume the outcome of this step.", values },
    };
  }
  if (framework.knowledge.tableNames() === undefined) {
    return {
      id: "framework-tables",
      reason: {
        text: "Nothing is known of the tables of {product}, so that {table} may be there or not.",
        values,
      },
      remedy: {
        text: "Name the home of such a framework, in which its tables are written down, or look for {table} in its database.",
        values,
      },
    };
  }
  return {
    id: "package-tables",
    reason: {
      text: "The table {table} may be one of a required package, and nothing is known of its tables.",
      values,
    },
    remedy: {
      text: "Try it with the packages of the workspace, or on a sandbox in which the required packages are installed.",
      values,
    },
  };
}
