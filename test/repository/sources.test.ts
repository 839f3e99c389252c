import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { joinSources } from "../../server/src/repository/joined-sources.ts";
import {
  fileToDownload,
  type OnlineListOptions,
  onlineList,
} from "../../server/src/repository/online-list.ts";
import { configuredSources, requestFor, type SourceSettings } from "../../server/src/repository/sources.ts";

const root =
  "<list><Repository><Name>Root</Name><URL>https://a.example</URL></Repository>" +
  "<Repository><URL>https://nameless.example</URL></Repository></list>";

const [oldZnuny, newZnuny] = (["6.3.1", "6.3.2"] as const).map(
  (version) => ({ dialect: "znuny-6", version }) as const,
) as [Release, Release];

function sourcesOf(settings: Partial<SourceSettings>, dialect: Release) {
  const download = ({ url }: { readonly url: string }) => (url === "https://root.example" ? root : undefined);
  return configuredSources(
    { list: undefined, roots: ["https://root.example"], ...settings },
    dialect,
    download,
  );
}

test("a table of names by address is the form of all releases before Znuny 6.3.2 and of other products", () => {
  const list = { "https://b.example": "Mine", "https://a.example": "Also mine" };
  const expected = [
    { name: "Root", url: "https://a.example", header: undefined },
    { name: "Mine", url: "https://b.example", header: undefined },
  ];
  for (const release of ["otrs-6", oldZnuny, "otobo-11"] as const) {
    assert.deepEqual(sourcesOf({ list }, release).sources, expected, "the root document wins");
  }
  for (const release of [newZnuny, "znuny-6", "znuny-7"] as const) {
    assert.deepEqual(sourcesOf({ list }, release).sources, [expected[0]]);
  }
});

test("a list of tables is the form of Znuny 6.3.2 and later", () => {
  const list = [
    { Name: "Root", URL: "https://own.example", AuthHeaderKey: "X", AuthHeaderValue: "" },
    { Name: "B", URL: "https://b.example", AuthHeaderKey: "X", AuthHeaderValue: "y" },
    "rubbish",
  ];
  const { sources } = sourcesOf({ list }, "znuny-7");
  assert.deepEqual(sourcesOf({ list }, newZnuny).sources, sources);
  assert.deepEqual(
    sources.filter(({ name }) => name !== ""),
    [
      { name: "B", url: "https://b.example", header: { key: "X", value: "y" } },
      { name: "Root", url: "https://own.example", header: undefined },
    ],
  );
  assert.deepEqual(requestFor("B", "otrs.xml", sources, "znuny-7"), {
    url: "https://b.example/otrs.xml",
    headers: { X: "y" },
  });
  assert.deepEqual(requestFor("https://b.example", "otrs.xml", sources, "znuny-7").headers, {});
  assert.deepEqual(sourcesOf({ list }, "otobo-11").sources.length, 1, "other products pass over it");
});

test("root documents that cannot be loaded are logged, and the next is tried", () => {
  const { sources, log } = sourcesOf({ roots: ["https://gone.example", "https://root.example"] }, "otobo-11");
  assert.deepEqual([sources.length, log.map(({ id }) => id)], [1, ["document-missing"]]);
});

function options(dialect: DialectId, texts: Readonly<Record<string, string>>): OnlineListOptions {
  const urls = Object.keys(texts).map((url) => url.replace(/\/[^/]+$/, ""));
  return {
    dialect,
    framework: dialect === "otobo-11" ? "11.0.5" : "7.1.7",
    packages: [],
    sources: urls.map((url) => ({ name: `name of ${url}`, url, header: undefined })),
    download: ({ url }) => texts[url],
  };
}

function index(...packages: readonly string[]): string {
  const entries = packages.map((line) => {
    const [name, version, framework] = line.split(" ");
    return `<Package><Name>${name}</Name><Version>${version}</Version><Framework>${framework}</Framework><File>${name}-${version}.opm</File></Package>`;
  });
  return `<otobo_package_list version="1.0">${entries.join("")}</otobo_package_list>`;
}

test("OTOBO reads its own index, and has an empty list where it cannot", () => {
  const list = onlineList(
    "u",
    options("otobo-11", { "u/otobo.xml": index("A 1.0.0 11.0.x", "B 1.0.0 7.1.x") }),
  );
  assert.deepEqual(
    list.packages.map(({ entry }) => entry.name),
    ["A"],
  );
  const broken = onlineList("u", options("otobo-11", { "u/otobo.xml": "<a>&</a>" }));
  assert.deepEqual([broken.died, broken.packages.length], [false, 0]);
  assert.deepEqual(
    broken.log.map(({ id }) => id),
    ["index-malformed", "index-refused"],
  );
  assert.equal(onlineList("u", options("znuny-7", { "u/otrs.xml": "<a>" })).died, true);
});

test("only Znuny 7 finds the file of a package by its name", () => {
  const texts = { "u/otrs.xml": index("A 1.0.0 7.1.x"), "u/otobo.xml": index("A 1.0.0 11.0.x") };
  for (const [dialect, file] of [
    ["znuny-7", "A-1.0.0.opm"],
    ["otobo-11", "A"],
  ] as const) {
    const list = onlineList("u", options(dialect, texts));
    assert.equal(list.packages.length, 1);
    assert.equal(fileToDownload("A", list, dialect), file);
    assert.equal(fileToDownload("A-1.0.0.opm", list, dialect), "A-1.0.0.opm");
  }
});

test("between sources the last one counts, not the newest version", () => {
  const texts = {
    "a/otobo.xml": index("A 2.0.0 11.0.x", "B 1.0.0 11.0.x"),
    "b/otobo.xml": index("A 1.0.0 11.0.x"),
  };
  const joined = joinSources(options("otobo-11", texts));
  assert.equal(joined.list.length, 3);
  assert.equal(joined.byName.get("A")!.entry.version, "1.0.0");
  assert.equal(joined.byName.get("B")!.source, "a");
});
