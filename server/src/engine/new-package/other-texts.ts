import type { PackageNames } from "./package-names.ts";
import { labelOf } from "./wishes.ts";

/** For whoever finds the sources. */
export function readmeText(names: PackageNames): string {
  const { name, title, vendor, license } = names;
  return `# ${title}

A package for ${productList(names)}, by ${inMarkdown(vendor)}. License: ${inMarkdown(license)}.

- [${name}.sopm](${name}.sopm) says what the package is, and lists its files.
- [doc/en/${name}.md](doc/en/${name}.md) is for those who use it.

\`\`\`sh
sopm lint .
sopm dry-run install ${name}.sopm
sopm build ${name}.sopm
\`\`\`
`;
}

/** Part of the package. */
export function documentationText(names: PackageNames): string {
  const { title, table, group, has } = names;
  const made = [
    ...(has("table") ? [`the table \`${table}\``] : []),
    ...(has("setup") ? [`the group \`${group}\``] : []),
  ];
  return `# ${title}

Say here what ${title} is for, and how it is used.
${has("frontend") ? `\nAgents find the overview in the main menu under _${title}_.\n` : ""}${
  made.length > 0
    ? `
## For administrators

The installation makes ${made.join(" and ")}.${
        has("table") ? " Removing the package drops the table with all entries." : ""
      }${has("setup") ? " When the package is removed, the group becomes invalid, and stays." : ""}
`
    : ""
}`;
}

/** What is made again with every build. */
export const ignoredText = "*.opm\n";

/** The same checks on a server of GitHub. */
export function githubText(names: PackageNames): string {
  return `name: Package

on:
  push:
  pull_request:

jobs:
  package:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # Earlier versions of the package are among the commits.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes sopm lint --format github .
${dryRuns(names)
  .map((each) => `      - run: npx --yes ${each}\n`)
  .join("")}      - run: npx --yes sopm build --output . ${names.name}.sopm
`;
}

/** And on one of GitLab. */
export function gitlabText(names: PackageNames): string {
  return `package:
  image: node:22
  variables:
    # Earlier versions of the package are among the commits.
    GIT_DEPTH: 0
  script:
    - npx --yes sopm lint --format gitlab . > gl-code-quality-report.json
${dryRuns(names)
  .map((each) => `    - npx --yes ${each}\n`)
  .join("")}    - npx --yes sopm build --output . ${names.name}.sopm
  artifacts:
    when: always
    paths:
      - "*.opm"
    reports:
      codequality: gl-code-quality-report.json
`;
}

function dryRuns({ name, products }: PackageNames): readonly string[] {
  return products.flatMap((product) =>
    ["install", "uninstall"].map(
      (operation) => `sopm dry-run ${operation} --product '${labelOf(product)}' ${name}.sopm`,
    ),
  );
}

function productList({ products }: PackageNames): string {
  const labels = products.map(labelOf);
  const last = labels.at(-1)!;
  return labels.length === 1 ? last : `${labels.slice(0, -1).join(", ")} and ${last}`;
}

/** A text of somebody's as a text of Markdown. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
}
