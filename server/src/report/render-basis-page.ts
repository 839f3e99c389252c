import { databaseKinds, engines } from "../database/engines.ts";
import { behaviourAreas, type Certainty, type Ground, groundOf } from "../dialect/certainty.ts";
import { type DialectId, dialectIds, productOf } from "../dialect/products.ts";
import { lineOf, releases } from "../knowledge/releases.ts";
import { english } from "../l10n/translate.ts";
import { databaseTitles } from "../protocol/databases.ts";
import { areaTitles } from "./basis-line.ts";

/** The page that says of each release line what our statements rest on: Markdown, LF line ends. */
export function renderBasisPage(): string {
  const columns = [...behaviourAreas, "files", "tables"] as const;
  return `${[
    "# What is known, and how",
    "",
    "<!-- Made by npm run generate from the rows in server/src/dialect and server/src/knowledge; do not edit. -->",
    "",
    "What SOPM says of a release rests on one of four things:",
    "",
    "| | |",
    "| --- | --- |",
    ...Object.entries(words).map(([word, meaning]) => `| **${word}** | ${meaning} |`),
    "",
    "Every report has a line *Basis* that says the same of the release that it is about, and as JSON each step and each",
    "finding has its `certainty`: that of the weakest thing that has a say in it. Whether a step goes well can be open all the",
    "same, because it depends on what nobody can see from here: the verdict counts such steps, and each says what would",
    "settle it. See [dry runs](dry-run.md).",
    "",
    "## Releases",
    "",
    "What stands behind a word is the release that was looked at, where it is another one or one of several.",
    "",
    `| Release | ${columns.map((area) => english(areaTitles[area].text)).join(" | ")} |`,
    `| --- |${" --- |".repeat(columns.length)}`,
    ...dialectIds.flatMap((dialect) =>
      productOf(dialect).releaseLines.flatMap((line) => lineRows(dialect, line)),
    ),
    "",
    "*SQL* are the statements that the framework makes; what a database does with them is in the next table.",
    "",
    "## Databases",
    "",
    "| Database | What it does with a statement |",
    "| --- | --- |",
    ...databaseKinds.map((kind) => {
      const { certainty, release } = engines[kind].ground;
      const ground = certainty === "run" ? `${release} was run` : `the manual of ${release} was read`;
      return `| ${databaseTitles[kind]} | **${certainty}**: ${ground} |`;
    }),
    "",
  ].join("\n")}`;
}

const words: Readonly<Record<Certainty | "unknown", string>> = {
  run: "the code of a release of the line was run, and did what is said here",
  read: "the code of the line was read wherever it might do otherwise than its neighbours; it was not run",
  assumed:
    "nobody has looked at the code, or only at a change log; it is taken to do what another release does",
  unknown: "nothing is known, and nothing is claimed",
};

/** One row for each release of the line that something was read of, and one for a line without any. */
function lineRows(dialect: DialectId, line: string): readonly string[] {
  const { product } = productOf(dialect);
  const known = releases.filter((each) => each.product === product && lineOf(each.version) === line);
  return (known.length > 0 ? known : [undefined]).map((facts) => {
    const first = facts?.patches.first ?? 0;
    const version = first > 0 ? `${line}.${first}` : `${line}.x`;
    const name = `${product} ${first > 0 ? `${version} and later` : line}`;
    const read = (isKnown: boolean | undefined) =>
      facts && isKnown
        ? cellOf({ certainty: "read", release: `${product} ${facts.version}` }, name)
        : "unknown";
    const cells = [
      ...behaviourAreas.map((area) => cellOf(groundOf(area, { dialect, version }), name)),
      read(facts?.tablesOnly === false),
      read(true),
    ];
    return `| ${name} | ${cells.join(" | ")} |`;
  });
}

/** The release is left out where it is the one of the row. */
function cellOf({ certainty, release }: Ground, name: string): string {
  return release === name ? certainty : `${certainty}: ${release}`;
}
