import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFragment } from "parse5";
import { type DrawnDiagram, drawDiagram } from "../../server/src/engine/draw-diagram.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { DiagramModel } from "../../server/src/report/diagram-model.ts";
import { renderDiagramList } from "../../server/src/report/render-diagram-list.ts";
import { renderDiagramMermaid } from "../../server/src/report/render-diagram-mermaid.ts";
import { renderDiagramSvg, renderDiagramView } from "../../server/src/report/render-diagram-svg.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { escapeXml } from "../../server/src/text/escape.ts";
import { databaseText, diagramOf } from "../support/diagram-of.ts";
import { memoryWorld } from "../support/memory-world.ts";

/** Names that want to be something else. */
const hostileNames = [
  ...[
    '"><script>alert(1)</script>',
    "]]></style><svg onload=x>",
    "a\"b'c&amp;d",
    "%%{init: {}}%%",
    "} erDiagram {",
  ],
  ...[
    "a\nb\r\0c",
    "\u202eevil\u2066",
    "# ; ` \\ ~",
    "PK",
    "to",
    "x".repeat(5000),
    "表".repeat(60),
    " ",
    "[a]",
    "--",
    "title",
  ],
  ...["</title>", "javascript:alert(1)", "url(http://example.com)", "\ud800", "&quot;"],
];

const hostile = databaseText(
  `<DatabaseInstall Type="post">${hostileNames
    .map((name, index) => {
      const other = escapeXml(hostileNames[(index + 3) % hostileNames.length]!);
      const own = escapeXml(name);
      return `<TableCreate Name="${own}"><Column Name="${own}" Type="${own}" Size="${own}" Required="false"/><Column Name="plain" PrimaryKey="true" Type="DECIMAL" Size="10,2"/><ForeignKey ForeignTable="${other}"><Reference Local="${own}" Foreign="${other}"/></ForeignKey><ForeignKey ForeignTable="away ${own}"><Reference Local="plain" Foreign="${own}"/></ForeignKey></TableCreate>`;
    })
    .join("")}</DatabaseInstall>`,
  '1"<>',
  "<b>&amp;",
);

const draw = (model: DiagramModel): Promise<DrawnDiagram> => drawDiagram(model, memoryWorld());

/** The elements and attributes that we write, so that anything else has come from a name. */
const elements = new Set(["svg", "title", "style", "rect", "text", "path", "g"]);
const attributes = new Set([
  ...["xmlns", "width", "height", "viewBox", "role", "aria-label", "class", "x", "y", "rx", "d", "tabindex"],
  ...["data-start", "data-end", "data-table"],
]);

function assertOurs(svg: string): void {
  const tree = SyntaxTree.parse(svg);
  assert.deepEqual(tree.problems, []);
  const waiting = [tree.root!];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    assert.ok(elements.has(element.name), element.name);
    for (const { name } of element.attributes) assert.ok(attributes.has(name), name);
    if (element.name === "style") assert.doesNotMatch(element.text.value, /url|import|expression/i);
    if (element.name === "text") assert.doesNotMatch(element.text.value, /[\n\u202e\ud800-\udfff]/);
    waiting.push(...element.elements);
  }
}

for (const theme of ["auto", "light", "dark"] as const) {
  test(`a picture with hostile names is well-formed and holds nothing but ours, ${theme}`, async () => {
    const { model, drawn, placed } = await draw(diagramOf(hostile));
    assert.ok(model.tables.length > hostileNames.length);
    const svg = renderDiagramSvg(model, drawn, placed, theme, english);
    assertOurs(svg);
    assert.match(
      svg,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/,
    );
    assert.equal(/prefers-color-scheme/.test(svg), theme === "auto");
    assert.doesNotMatch(svg, /tabindex|data-start/);
  });
}

test("the picture and the list of a page are harmless, too", async () => {
  const { model, drawn, placed } = await draw(diagramOf(hostile));
  const svg = renderDiagramView(model, drawn, placed, english);
  assertOurs(svg);
  assert.equal(svg.match(/tabindex="0"/g)?.length, model.tables.length);
  const list = renderDiagramList(model, english);
  const names = new Set<string>();
  const waiting: unknown[] = [parseFragment(list)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { nodeName, childNodes = [] } = node as { nodeName: string; childNodes?: unknown[] };
    names.add(nodeName);
    waiting.push(...childNodes);
  }
  const ours = ["#document-fragment", "#text", "h2", "p", "ul", "li", "button", "b"];
  assert.deepEqual(
    [...names].filter((name) => !ours.includes(name)),
    [],
  );
});

test("texts stay within their boxes, as wide letters as there may be", async () => {
  const { model, drawn, placed } = await draw(diagramOf(hostile));
  const svg = renderDiagramSvg(model, drawn, placed, "light", english);
  const boxes = [
    ...svg.matchAll(/<rect class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ];
  assert.equal(boxes.length, model.tables.length);
  for (const [, ...sides] of boxes) {
    const [x, y, width, height] = sides.map(Number) as [number, number, number, number];
    for (const [, left, top, text] of svg.matchAll(/<text class="\w+" x="([\d.]+)" y="([\d.]+)">([^<]*)</g)) {
      const [textX, textY] = [Number(left), Number(top)];
      if (textX < x || textX > x + width || textY < y || textY > y + height) continue;
      const letters = [...text!.replace(/&\w+;/g, "x")].reduce(
        (sum, letter) => sum + (letter > "\u1100" ? 2 : 1),
        0,
      );
      assert.ok(textX + letters * 7.3 <= x + width, text);
    }
  }
});

test("the list says all that the picture shows", () => {
  const model = diagramOf(
    databaseText(
      '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/><Column Name="owner" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>',
    ),
    { "/Acme-1.0.0.opm": databaseText("", "1.0.0") },
  );
  const words = renderDiagramList(model, english)
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|");
  assert.equal(
    words,
    "|Database tables of Acme 2.0.0|New is what version 1.0.0 does not have.|acme|: own table, new|id|: BIGINT, required, primary key|owner|: INTEGER, may be empty, reference|owner refers to users.id|users|: framework: Znuny 7.1.7|id|: INTEGER, required, primary key|further columns: 10|",
  );
});

/** What Mermaid takes in an `erDiagram`, line by line, by its grammar. */
const word = String.raw`(?!(?:PK|FK|UK)\b)[A-Za-z_][A-Za-z0-9\-_\[\]()]*`;
const quotedName = String.raw`"(?=[^"]*[^\s"])[^"%\r\n\v\b\\]+"`;
const mermaidLines = [
  /^\s*%%(?!\{).*$/,
  /^erDiagram$/,
  new RegExp(`^ {4}${quotedName}(?:\\[${quotedName}\\])?(?: \\{)?$`),
  new RegExp(`^ {8}${word} ${word}(?: (?:PK|FK|UK)(?:, (?:PK|FK|UK))*)?(?: "[^"]*")?$`, "i"),
  /^ {4}\}$/,
  new RegExp(`^ {4}${quotedName} (?:\\|o|\\|\\|)--(?:o\\{|o\\|) ${quotedName} : "[^"]*"$`),
];

test("a text for Mermaid follows its grammar, whatever the names, and each table has a name of its own", () => {
  const model = diagramOf(hostile);
  const lines = renderDiagramMermaid(model, english).trimEnd().split("\n");
  for (const line of lines)
    assert.ok(
      mermaidLines.some((each) => each.test(line)),
      line,
    );
  const heads = lines.filter((line) => /^ {4}"[^"]+"(?:\[|$| \{)/.test(line));
  assert.equal(heads.length, model.tables.length);
  assert.equal(new Set(heads.map((line) => /"([^"]+)"/.exec(line)![1])).size, heads.length);
});

test("a text for Mermaid says what is referred to, whose it is, and what is new", () => {
  const text = renderDiagramMermaid(
    diagramOf(
      databaseText(
        '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/><Column Name="owner" Required="true" Type="INTEGER"/><Column Name="deputy" Type="DECIMAL" Size="10,2"/><ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/><Reference Local="deputy" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>',
      ),
      {
        "/Acme-1.0.0.opm": databaseText(
          '<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Type="BIGINT"/><Column Name="owner" Type="INTEGER"/><ForeignKey ForeignTable="users"><Reference Local="owner" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>',
          "1.0.0",
        ),
      },
    ),
    english,
  );
  assert.equal(
    text,
    `%% Database tables of Acme 2.0.0
%% New is what version 1.0.0 does not have.
erDiagram
    "acme" {
        BIGINT id PK "required"
        INTEGER owner FK "required"
        DECIMAL(10_2) deputy FK "DECIMAL(10,2), + new"
    }
    "users"["users · framework: Znuny 7.1.7"] {
        INTEGER id PK "required"
    }
    %% users: further columns: 10
    "users" ||--o{ "acme" : "owner"
    "users" |o--o{ "acme" : "+ deputy"
`,
  );
});

test("a package without tables has a picture and texts that say so", async () => {
  const model = diagramOf(databaseText(""));
  const { drawn, placed } = await draw(model);
  assert.match(
    renderDiagramSvg(model, drawn, placed, "auto", english),
    /The package makes and changes no tables\./,
  );
  assert.match(renderDiagramMermaid(model, english), /^%% .*\n%% The package makes.*\nerDiagram\n$/);
  assert.match(renderDiagramList(model, english), /makes and changes no tables/);
});
