import assert from "node:assert/strict";
import { test } from "node:test";
import { hover } from "../../server/src/features/hover.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { featureDocument } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const asked = "/ws/acme/Acme.sopm";
const acme = `<otrs_package>
<Name>Acme</Name><Version>1.3.0</Version>
<PackageRequired>Base</PackageRequired>
<DatabaseInstall Type="post">
<TableCreate Name="acme_item"><Column Name="id"/><Column Name="owner_id"/></TableCreate>
<Insert Table="base"/>
</DatabaseInstall>
<DatabaseUpgrade Type="post">
<TableCreate Name="acme" Version="1.1.0"><Column Name="id"/></TableCreate>
<TableAlter Name="acme" Version="1.2.0"><ColumnAdd Name="owner"/></TableAlter>
<TableAlter NameOld="acme" NameNew="acme_item" Version="1.3.0"><ColumnChange NameOld="owner" NameNew="owner_id"/><ColumnChange NameOld="id" NameNew="id"/></TableAlter>
</DatabaseUpgrade>
<DatabaseUninstall Type="pre"><TableDrop Name="acme_item"/></DatabaseUninstall>
</otrs_package>`;
const others = {
  "/ws/base/Base.sopm":
    '<otrs_package><Name>Base</Name><Version>2.0.0</Version><Framework>7.1.x</Framework><Framework>7.0.x</Framework><DatabaseInstall><TableCreate Name="base"/></DatabaseInstall></otrs_package>',
  "/ws/base/Base-1.9.0.opm": "<otrs_package><Name>Base</Name><Version>1.9.0</Version></otrs_package>",
  "/ws/base/Base-1.10.0.opm": "<otrs_package><Name>Base</Name><Version>1.10.0</Version></otrs_package>",
  "/ws/two/Two.sopm":
    '<otrs_package><Name>Two</Name><DatabaseInstall><Insert Table="acme_item"/></DatabaseInstall></otrs_package>',
};

function shown(from: string): string | undefined {
  const { caret, text } = withCaret(acme.replace(from.replace("|", ""), from));
  const { known } = namedWorkspace({ ...others, [asked]: text }, asked);
  return hover(featureDocument(text), caret, english, known)?.markdown;
}

test("a table tells its life under all of its names, and who else names it", () => {
  assert.ok(
    shown('TableDrop Name="acme|_item"')!.startsWith(`- Install: created, with 2 columns
- Upgrade from below \`1.1.0\`: created, with 1 column
- Upgrade from below \`1.2.0\`: column \`owner\` added
- Upgrade from below \`1.3.0\`: renamed to \`acme_item\`
- Upgrade from below \`1.3.0\`: column \`owner\` renamed to \`owner_id\`
- Upgrade from below \`1.3.0\`: column \`id\` changed
- Uninstall: dropped

Named in other documents (1): \`Two.sopm\`.`),
  );
});

test("a column tells its life", () => {
  assert.ok(
    shown('Column Name="owner|_id"')!.startsWith(`- Install: created with its table
- Upgrade from below \`1.2.0\`: column \`owner\` added
- Upgrade from below \`1.3.0\`: column \`owner\` renamed to \`owner_id\`
- Uninstall: dropped with its table`),
  );
});

test("a table of another package tells who creates it", () => {
  assert.match(shown('Insert Table="ba|se"')!, /^Created in `Base\.sopm`\./);
});

test("a package tells what is known of it, the newest version first", () => {
  assert.equal(
    shown("<PackageRequired>Ba|se"),
    `Known of \`Base\`:

- \`2.0.0\`, spec \`Base.sopm\`, for framework \`7.1.x\`, \`7.0.x\`
- \`1.10.0\`, archive \`Base-1.10.0.opm\`
- \`1.9.0\`, archive \`Base-1.9.0.opm\``,
  );
  assert.equal(shown("<Name>Ac|me"), undefined, "of itself nothing is known elsewhere");
});

test("a package that nobody knows is said to be none", () => {
  const text = "<otrs_package><Name>Acme</Name><PackageRequired>None</PackageRequired></otrs_package>";
  const { known } = namedWorkspace({ ...others, [asked]: text }, asked);
  const markdown = hover(featureDocument(text), text.indexOf("None"), english, known)?.markdown;
  assert.equal(markdown, "No package `None` is known in the workspace.");
  const alone = namedWorkspace({ [asked]: text }, asked).known;
  assert.equal(hover(featureDocument(text), text.indexOf("None"), english, alone), undefined);
});

test("any offset of any beginning of a spec is answered", () => {
  for (let end = 0; end < acme.length; end += 17) {
    const text = acme.slice(0, end);
    const { known } = namedWorkspace({ ...others, [asked]: text }, asked);
    const document = featureDocument(text);
    for (let offset = 0; offset <= end; offset += 5) hover(document, offset, english, known);
  }
});
