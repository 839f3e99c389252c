import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { readStructure } from "../../server/src/model/package-structure.ts";
import { failuresByClass, installOrder } from "../../server/src/repository/install-order.ts";
import { joinSources } from "../../server/src/repository/joined-sources.ts";
import {
  fileToDownload,
  type OnlineListOptions,
  type OnlinePackage,
  onlineList,
} from "../../server/src/repository/online-list.ts";
import { comparePaths, renderIndex } from "../../server/src/repository/render-index.ts";
import type { RepositoryLogEntry, RepositoryLogId } from "../../server/src/repository/repository-log.ts";
import { requirementOverview } from "../../server/src/repository/requirement-overview.ts";
import { configuredSources, type DownloadRequest, requestFor } from "../../server/src/repository/sources.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { PackageTable } from "../../server/src/system/package-table.ts";
import { sharedFolder } from "../support/shared.ts";

const folder = sharedFolder("vectors");
const znunyFolder = sharedFolder("vectors-znuny");

interface OrderRow {
  readonly case: string;
  readonly installed: readonly { readonly Name: string; readonly Version: string }[];
  readonly online: readonly {
    readonly Name: string;
    readonly Version: string;
    readonly PackageRequired?: readonly { readonly Content: string; readonly Version?: string }[];
  }[];
  readonly result: object;
}

for (const dialect of ["otobo-11", "znuny-7"] as const) {
  test(`order of installation as ${dialect} finds it`, { skip: !folder }, () => {
    const { rows } = json<{ rows: readonly OrderRow[] }>(join(folder!, "order/order.json"));
    assert.ok(rows.length > 20);
    for (const row of rows) {
      const result = installOrder(
        new Map(row.installed.map(({ Name, Version }) => [Name, Version])),
        row.online.map(({ Name, Version, PackageRequired = [] }) => ({
          name: Name,
          version: Version,
          requiredPackages: PackageRequired.map((each) => ({ name: each.Content, version: each.Version })),
        })),
        dialect,
      );
      const failed = [...failuresByClass(result)].map(([failure, names]) => [
        failure,
        Object.fromEntries([...names].map((name) => [name, 1])),
      ]);
      assert.deepEqual(
        { Failed: Object.fromEntries(failed), InstallOrder: Object.fromEntries(result.order) },
        row.result,
        row.case,
      );
    }
  });
}

/** What the index command did with a folder of archives. */
interface IndexCase {
  readonly case: string;
  readonly exitCode: number;
  readonly messages?: readonly string[];
  /** The index: a file beside the cases, or a text; another root element makes no difference between the products. */
  readonly expected?: string;
  readonly expectedText?: string;
  readonly text?: string;
}

/** The archives of each case. */
const indexed: Readonly<Record<string, (dialect: DialectId) => ReturnType<typeof archivesIn>>> = {
  packages: (dialect) => archivesIn(join(folder!, "index/packages"), dialect),
  "odd file name": (dialect) => archivesIn(join(folder!, "index/packages-odd-name"), dialect),
  "empty directory": () => [],
  "a good archive and one that is not well-formed": (dialect) => [
    archivesIn(join(folder!, "index/packages"), dialect)[0]!,
    archive("b.opm", "<otrs_package><Name>A</otrs_package>", dialect),
  ],
  "an archive of zero bytes": (dialect) => [archive("empty.opm", "", dialect)],
};

/** What the command says of an archive that it can make nothing of; an element that it misses is the first one. */
const indexMessages = [
  /^log: C-Parser: !$/,
  /^log: XML::Parser had errors, falling back to XML::Parser::Lite\. Offending XML was: /,
  /^log: Invalid XMLParse in PackageParse\(\)!$/,
  /^log: Name not defined!$/,
  /^console: Cannot generate index entry for (?:<FILE>|<DIR>\/(.*))\.$/,
];

for (const [dialect, root, vectors] of [
  ["otobo-11", "otobo", folder],
  ["znuny-7", "otrs", znunyFolder],
] as const) {
  test(`indexes as ${dialect} writes them`, { skip: !folder || !vectors }, async () => {
    const known = json<readonly IndexCase[]>(join(folder!, "index/cases.json"));
    const cases = json<readonly IndexCase[]>(join(vectors!, "index/cases.json"));
    assert.deepEqual(
      cases.map((each) => each.case),
      Object.keys(indexed),
    );
    for (const [place, row] of cases.entries()) {
      const { expected, expectedText } = known[place]!;
      const archives = indexed[row.case]!(dialect);
      const index = await renderIndex(archives, dialect);
      const messages = row.messages ?? [];
      if (row.exitCode === 0) {
        const text =
          expected === undefined ? expectedText! : readFileSync(join(folder!, "index", expected), "utf8");
        const wanted = text.replace(/(<\/?)otobo(?=_package_list)/g, `$1${root}`);
        assert.deepEqual(index, { kind: "rendered", text: wanted });
        if (row.text !== undefined) assert.equal(wanted, row.text);
        assert.deepEqual(messages, []);
        continue;
      }
      const path = archives.at(-1)!.path;
      assert.deepEqual(index, { kind: "failed", path, missing: undefined });
      assert.equal(row.expectedText ?? row.text, "");
      const named = messages.flatMap((line) => {
        const pattern = indexMessages.find((each) => each.test(line));
        assert.ok(pattern, `a message that no pattern knows: ${line}`);
        return pattern.exec(line)![1] ?? [];
      });
      assert.deepEqual(named, dialect === "znuny-7" ? [path] : []);
    }
  });
}

function archivesIn(directory: string, dialect: DialectId) {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".opm"))
    .sort(comparePaths)
    .map((path) => archive(path, readFileSync(join(directory, path), "utf8"), dialect));
}

function archive(path: string, text: string, dialect: DialectId) {
  return { path, structure: readStructure(SyntaxTree.parse(text), dialect).structure };
}

interface RepositoryCase {
  readonly case: string;
  readonly call: keyof typeof calls;
  readonly parameters?: { readonly Source: string; readonly Lang?: string; readonly File?: string };
  readonly framework?: string;
  readonly local?: readonly { readonly name: string; readonly version: string; readonly status?: string }[];
  readonly repositoryList: unknown;
  readonly repositoryRoot: readonly string[];
  readonly requests: readonly (readonly [path: string, headers: object])[];
  readonly result: unknown;
  readonly log?: readonly string[];
  readonly died?: string;
  readonly package?: string;
}

interface Answer {
  readonly result: unknown;
  readonly log: readonly RepositoryLogEntry[];
  readonly died?: boolean;
}

test("repositories as Znuny reads them", { skip: !znunyFolder }, () => {
  const { cases, files } = json<{
    cases: readonly RepositoryCase[];
    files: Readonly<Record<string, string>>;
  }>(join(znunyFolder!, "repository/repository.json"));
  assert.ok(cases.length > 20);
  for (const row of cases) {
    const requests: DownloadRequest[] = [];
    const download = (request: DownloadRequest) => {
      requests.push(request);
      const path = request.url.replace(/^BASE\//, "");
      return Object.hasOwn(files, path) ? files[path] : undefined;
    };
    const { sources, log } = configuredSources(
      { list: row.repositoryList, roots: row.repositoryRoot },
      "znuny-7",
      download,
    );
    const packages: PackageTable = (row.local ?? []).map(({ name, version, status = "installed" }) => ({
      ...{ name, version, vendor: "V", digest: "" },
      status: status as "installed" | "not installed",
    }));
    const answer = calls[row.call](row, {
      dialect: "znuny-7",
      framework: row.framework ?? "7.1.7",
      ...{ packages, sources, download },
      ...(row.parameters?.Lang === undefined ? {} : { language: row.parameters.Lang }),
      includeSameVersion: (row.parameters as { IncludeSameVersion?: number })?.IncludeSameVersion === 1,
    });
    assert.deepEqual(plainResult({ ...row, result: answer.result }), plainResult(row), row.case);
    assert.equal(answer.died ?? false, row.died !== undefined, row.case);
    // The referee kept what it had once loaded.
    if (row.call !== "_PackageOnlineListGet") {
      const asked = requests.map(({ url, headers }) => [url.replace(/^BASE/, ""), headers]);
      assert.deepEqual(asked, row.requests, row.case);
    }
    checkLog([...log, ...answer.log], row);
  }
});

const calls = {
  RepositoryPackageListGet({ parameters }: RepositoryCase, options: OnlineListOptions): Answer {
    const { packages, log, died } = onlineList(parameters!.Source, options);
    return { result: died ? null : packages.map(toFrameworkForm), log, died };
  },
  ConfiguredRepositoryListGet(_: RepositoryCase, { sources }: OnlineListOptions): Answer {
    const rows = sources.map(({ name, url, header }) => [
      name,
      { URL: url, ...(header ? { AuthHeaderKey: header.key, AuthHeaderValue: header.value } : {}) },
    ]);
    return { result: Object.fromEntries(rows), log: [] };
  },
  _PackageOnlineListGet(_: RepositoryCase, options: OnlineListOptions): Answer {
    const { list, byName, log } = joinSources(options);
    const lookup = [...byName].map(([name, { entry, source }]) => [
      name,
      { File: entry.file, Source: source, Version: entry.version },
    ]);
    const names = list.map(({ entry }) => `${entry.name} ${entry.version}`);
    return { result: { list: names, lookup: Object.fromEntries(lookup) }, log };
  },
  PackageOnlineGet({ parameters }: RepositoryCase, options: OnlineListOptions): Answer {
    const { Source, File } = parameters!;
    const list = onlineList(Source, { ...options, includeSameVersion: true });
    const file = fileToDownload(File!, list, options.dialect);
    const result = options.download(requestFor(Source, file, options.sources, options.dialect)) ?? null;
    return { result, log: list.log };
  },
  GetRequiredPackages(row: RepositoryCase, options: OnlineListOptions): Answer {
    const { packages, log } = overview(row, options);
    const rows = packages?.map(({ name, version, isInstalled, isVersionInstalled }) => ({
      Name: name,
      Version: version,
      IsInstalled: Number(isInstalled),
      IsRequiredVersionInstalled: Number(isVersionInstalled),
    }));
    return { result: rows ?? null, log: log.filter(({ values }) => values?.element === "PackageRequired") };
  },
  GetRequiredModules(row: RepositoryCase, options: OnlineListOptions): Answer {
    const { modules, log } = overview(row, options);
    const rows = modules?.map(({ name, version, isInstalled }) => ({
      Name: name,
      Version: version,
      IsInstalled: Number(isInstalled),
    }));
    return { result: rows ?? null, log: log.filter(({ values }) => values?.element === "ModuleRequired") };
  },
};

/** Requirements come in an order of their own, and numbers of Perl may be texts. */
function plainResult({ call, result }: RepositoryCase): unknown {
  if (!call.startsWith("GetRequired") || !Array.isArray(result)) return result;
  const rows = result.map((row: Record<string, string | number | null>) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, key.startsWith("Is") ? Number(value) : (value ?? "")]),
    ),
  );
  return rows.toSorted((a, b) => (String(a.Name) < String(b.Name) ? -1 : 1));
}

function overview(row: RepositoryCase, { dialect, packages }: OnlineListOptions) {
  const { structure } = readStructure(SyntaxTree.parse(row.package!), dialect);
  const framework = { dialect, assumeModules: true, perlModules: new Map() };
  return requirementOverview(structure!, { packages, framework: framework as never });
}

/** As the framework has it: no key for what an entry does not have. */
function toFrameworkForm({ entry, isLocal, isInstalled, isUpgrade }: OnlinePackage): object {
  const fields = Object.fromEntries([...entry.fields].filter(([, value]) => value !== undefined));
  const lists = {
    Filelist: entry.documents.map(() => null),
    Framework: entry.frameworks.map(({ pattern }) => pattern),
    PackageRequired: entry.requiredPackages.map(({ name }) => name),
  };
  return {
    ...fields,
    ...(entry.description === undefined ? {} : { Description: entry.description }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(isLocal ? { Local: 1 } : {}),
    ...(isInstalled ? { Installed: 1 } : {}),
    ...(isUpgrade ? { Upgrade: 1 } : {}),
  };
}

/** Named groups are our values. */
const logPatterns: readonly [pattern: RegExp, id: RepositoryLogId][] = [
  [/^(?<priority>error): Can't perform GET on (?<url>\S+): 404 Not Found$/, "document-missing"],
  [
    /^(?<priority>notice): No packages for your framework version found in this repository, it only contains packages for other framework versions\.$/,
    "other-frameworks-only",
  ],
  [
    /^(?<priority>error): C-Parser: \nsyntax error at line (?<line>\d+), column 0, byte 0$/,
    "index-malformed",
  ],
  [
    /^(?<priority>error): XML::Parser had errors, falling back to XML::Parser::Lite\.$/,
    "index-read-leniently",
  ],
  [/^(?<priority>error): Parameter '(?<element>.*)' is needed!$/, "requirements-absent"],
];

function checkLog(log: readonly RepositoryLogEntry[], row: RepositoryCase): void {
  const expected = (row.log ?? []).map((line) => {
    const known = logPatterns.find(([pattern]) => pattern.test(line));
    assert.ok(known, `a line that no pattern knows: ${line}`);
    return { id: known[1], values: { ...known[0].exec(line)!.groups } };
  });
  // A document that could be read is parsed once by the referee, and logs nothing when it is looked at again.
  const isRead = row.died === undefined;
  const found = log.filter(
    ({ id }) => !(isRead && (id === "index-malformed" || id === "index-read-leniently")),
  );
  assert.deepEqual(
    found.map(({ id }) => id),
    expected.map(({ id }) => id),
    row.case,
  );
  for (const [place, { values }] of expected.entries()) {
    const entry = found[place]!;
    const own: Readonly<Record<string, unknown>> = { ...entry.values, priority: entry.priority };
    for (const [name, value] of Object.entries(values)) assert.equal(String(own[name]), value, row.case);
  }
}

function json<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, "utf8"));
}
