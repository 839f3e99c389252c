import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { type PreparedRelease, prepareRelease } from "../../server/src/engine/release/prepare-release.ts";
import {
  type ReleaseJournal,
  ReleaseJournals,
  type ReleaseStep,
} from "../../server/src/engine/release/release-journal.ts";
import type { ReleaseRequest } from "../../server/src/engine/release/release-request.ts";
import {
  digestPath,
  type ReleaseWorld,
  type RunOptions,
  runRelease,
  sbomPath,
  undoRelease,
} from "../../server/src/engine/release/run-release.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { memoryRecords } from "../support/memory-records.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

interface Scene {
  readonly repository: GitRepository;
  readonly world: ReleaseWorld;
  readonly request: ReleaseRequest;
  readonly options: RunOptions;
}

/** A package with one release behind it, and a folder with an index to release into. */
function scene(t: TestContext, own: Partial<ReleaseRequest> = {}): Scene {
  const repository = new GitRepository(t);
  repository.git("config", "user.name", "Acme");
  repository.git("config", "user.email", "acme@acme.example");
  repository.commit(
    {
      "Acme.sopm": smallSpec("1.0.0", { inside: "" }).replace(
        "    <Filelist>",
        '    <ChangeLog Version="1.0.0" Date="2024-01-01">First.</ChangeLog>\n    <Filelist>',
      ),
      "Kernel/System/Acme.pm": "package Kernel::System::Acme;\n\n1;\n",
    },
    "rel-1_0_0",
  );
  repository.commit({
    "Kernel/System/Acme.pm": "package Kernel::System::Acme;\n\nsub Run { return 1; }\n\n1;\n",
  });
  const output = temporaryFolder(t);
  writeFileSync(join(output, "otrs.xml"), '<otrs_package_list version="1.0">\n</otrs_package_list>\n');
  const git = { untrustedFolders: [] };
  return {
    repository,
    world: { ...nodeWorld(), records: memoryRecords() },
    options: { lint: defaultLintSettings, git },
    request: {
      ...{ spec: join(repository.folder, "Acme.sopm"), settings: defaultLintSettings, git },
      ...{ baseFolder: repository.folder, outputFolder: output, mode: "framework", allowSymlinks: false },
      ...{ stampDate: "2024-02-02 10:00:00", stampHost: "host", databases: [], upgradesSince: "" },
      ...{ knownPackages: [], raise: "minor", changeLog: undefined, tag: true, index: false },
      ...own,
    },
  };
}

async function prepared({ request, world }: Scene): Promise<PreparedRelease> {
  const result = await prepareRelease(request, world);
  assert.equal(result.kind, "prepared");
  return result as PreparedRelease & { kind: "prepared" };
}

/** All that a release may change, as text. */
function stateOf({ repository, request: { outputFolder } }: Scene): string {
  return JSON.stringify([
    readFileSync(join(repository.folder, "Acme.sopm"), "utf8"),
    repository.git("log", "--format=%H %s"),
    repository.git("tag", "-l"),
    repository.git("status", "--porcelain"),
    readdirSync(outputFolder)
      .sort()
      .map((name) => [name, readFileSync(join(outputFolder, name), "base64")]),
  ]);
}

testWithGit("a release checks, and does everything that it said", async (t) => {
  const made = scene(t);
  const before = stateOf(made);
  const { journal, objections, doubts, changeLog, triedFrom } = await prepared(made);
  assert.equal(stateOf(made), before, "nothing is changed by checking");
  assert.deepEqual([...objections, ...doubts], []);
  assert.equal(changeLog, "Day 2");
  assert.deepEqual(triedFrom, ["1.0.0"]);
  assert.deepEqual(journal.steps, ["spec", "commit", "build", "digest", "sbom", "index", "tag"]);
  assert.equal(journal.tag?.name, "rel-1_1_0");
  const heard: string[] = [];
  const result = await runRelease(journal, made.world, {
    ...made.options,
    onStep: (step, state) => state === "noted" && heard.push(step),
  });
  assert.equal(result.kind, "done");
  assert.deepEqual(heard, journal.steps);
  const { repository, request } = made;
  const spec = readFileSync(request.spec, "utf8");
  assert.match(spec, /<Version>1\.1\.0<\/Version>/);
  assert.match(spec, /<ChangeLog Version="1\.1\.0" Date="[^"]+">Day 2<\/ChangeLog>/);
  assert.equal(repository.git("status", "--porcelain"), "");
  assert.equal(repository.git("rev-parse", "rel-1_1_0^{commit}"), repository.git("rev-parse", "HEAD"));
  assert.equal(repository.git("show", "HEAD:Acme.sopm"), spec.trimEnd());
  assert.equal(
    repository.git("show", "--format=%an %s", "--name-only", "HEAD"),
    "Acme Acme 1.1.0\n\nAcme.sopm",
  );
  const archive = readFileSync(join(request.outputFolder, "Acme-1.1.0.opm"));
  const digest = createHash("sha256").update(archive).digest("hex");
  assert.equal(
    readFileSync(join(request.outputFolder, "Acme-1.1.0.opm.sha256"), "utf8"),
    `${digest}  Acme-1.1.0.opm\n`,
  );
  const bom = JSON.parse(readFileSync(join(request.outputFolder, "Acme-1.1.0.cdx.json"), "utf8"));
  assert.equal(bom.bomFormat, "CycloneDX");
  assert.deepEqual(bom.metadata.component.hashes, [{ alg: "SHA-256", content: digest }]);
  assert.match(
    bom.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.deepEqual(
    bom.components.map(({ name, hashes }: { name: string; hashes: { content: string }[] }) => [
      name,
      hashes[0]!.content,
    ]),
    [
      [
        "Kernel/System/Acme.pm",
        createHash("sha256")
          .update(readFileSync(join(repository.folder, "Kernel/System/Acme.pm")))
          .digest("hex"),
      ],
    ],
  );
  assert.match(readFileSync(join(request.outputFolder, "otrs.xml"), "utf8"), /<Version>1\.1\.0<\/Version>/);
  assert.equal(await new ReleaseJournals(made.world).of(request.spec), undefined);
});

class Killed extends Error {}

/** Runs a release until it is killed at a moment. */
async function killAt(
  made: Scene,
  journal: ReleaseJournal,
  at: readonly [ReleaseStep, "begins" | "performed" | "noted"],
): Promise<void> {
  const onStep: RunOptions["onStep"] = (step, state) => {
    if (step === at[0] && state === at[1]) throw new Killed();
  };
  await assert.rejects(runRelease(journal, made.world, { ...made.options, onStep }), Killed);
}

const moments = (["begins", "performed", "noted"] as const).flatMap((state) =>
  (["spec", "commit", "build", "digest", "sbom", "index", "tag"] as const).map(
    (step) => [step, state] as const,
  ),
);

for (const moment of moments) {
  testWithGit(
    `killed when ${moment.join(" ")}, a release goes on, or is taken back without a trace`,
    async (t) => {
      const made = scene(t);
      const journals = new ReleaseJournals(made.world);
      const { journal } = await prepared(made);
      const before = stateOf(made);
      const undone = async () => {
        const begun = await journals.of(made.request.spec);
        assert.ok(begun);
        assert.equal((await undoRelease(begun, made.world, made.options)).kind, "done");
        assert.equal(stateOf(made), before);
        assert.equal(await journals.of(made.request.spec), undefined);
      };
      await killAt(made, journal, moment);
      await undone();
      await killAt(made, journal, moment);
      const begun = await journals.of(made.request.spec);
      assert.ok(begun);
      assert.deepEqual(await runRelease(begun, made.world, made.options).then(({ kind }) => kind), "done");
      const after = stateOf(made);
      assert.match(after, /rel-1_1_0/);
      assert.equal(made.repository.git("status", "--porcelain"), "");
      assert.equal(await journals.of(made.request.spec), undefined);
      // The same as a release that nobody has killed.
      rmSync(join(made.repository.folder, ".git/logs"), { recursive: true });
      assert.equal(made.repository.git("log", "--format=%s"), "Acme 1.1.0\nDay 2\nDay 1");
    },
  );
}

testWithGit("a step that is refused is told, and the release goes on when that is mended", async (t) => {
  const made = scene(t);
  const { journal } = await prepared(made);
  const file = join(made.repository.folder, "Kernel/System/Acme.pm");
  const kept = readFileSync(file);
  rmSync(file);
  const result = await runRelease(journal, made.world, made.options);
  assert.ok(result.kind === "stopped");
  assert.equal(result.step, "build");
  assert.ok(result.reasons.some(({ values }) => JSON.stringify(values ?? {}).includes("Acme.pm")));
  writeFileSync(file, kept);
  const begun = await new ReleaseJournals(made.world).of(made.request.spec);
  assert.deepEqual(begun?.done, ["spec", "commit"]);
  assert.equal((await runRelease(begun!, made.world, made.options)).kind, "done");
});

testWithGit("what Git says in several lines is told as one text", async (t) => {
  const made = scene(t);
  const { journal } = await prepared(made);
  writeFileSync(join(made.repository.folder, ".git", "index.lock"), "");
  const result = await runRelease(journal, made.world, made.options);
  assert.ok(result.kind === "stopped" && result.step === "commit");
  const reason = String(result.reasons[0]!.values?.reason);
  assert.match(reason, /index\.lock': File exists\. Another git process/);
  assert.doesNotMatch(reason, /\n/);
});

testWithGit("what somebody has changed since is never taken back", async (t) => {
  const made = scene(t);
  const { journal } = await prepared(made);
  await killAt(made, journal, ["commit", "noted"]);
  const journals = new ReleaseJournals(made.world);
  const spec = readFileSync(made.request.spec, "utf8");
  writeFileSync(made.request.spec, `${spec}<!-- mine -->\n`);
  made.repository.git("commit", "-qam", "Mine");
  const begun = await journals.of(made.request.spec);
  const head = made.repository.git("rev-parse", "HEAD");
  const goingOn = await runRelease(begun!, made.world, made.options);
  assert.ok(goingOn.kind === "stopped" && goingOn.step === "build");
  const back = await undoRelease((await journals.of(made.request.spec))!, made.world, made.options);
  assert.ok(back.kind === "done");
  assert.deepEqual(
    back.left.map(({ text }) => text),
    ["Other commits have been made since, so that the commit {commit} of the release stays."],
  );
  assert.equal(await journals.of(made.request.spec), undefined);
  assert.equal(made.repository.git("rev-parse", "HEAD"), head);
  assert.match(readFileSync(made.request.spec, "utf8"), /mine/);
});

testWithGit("files that somebody has changed since stay, and all else is taken back", async (t) => {
  const made = scene(t);
  const { journal } = await prepared(made);
  const spec = readFileSync(made.request.spec, "utf8");
  await killAt(made, journal, ["sbom", "noted"]);
  const [changed, taken] = [digestPath(journal), sbomPath(journal)];
  writeFileSync(changed, "mine\n");
  const journals = new ReleaseJournals(made.world);
  const back = await undoRelease((await journals.of(made.request.spec))!, made.world, made.options);
  assert.ok(back.kind === "done");
  assert.deepEqual(
    back.left.map(({ values }) => values),
    [{ path: changed }],
  );
  assert.equal(readFileSync(changed, "utf8"), "mine\n");
  for (const path of [taken, journal.archive]) assert.ok(!existsSync(path), path);
  assert.equal(readFileSync(made.request.spec, "utf8"), spec);
});

testWithGit("a version that cannot be released is told for what it is", async (t) => {
  const said = async (to: string) => {
    const made = scene(t, { raise: { to } });
    const result = await prepareRelease(made.request, made.world);
    assert.ok(result.kind === "impossible", JSON.stringify(result));
    return result.reason.text;
  };
  // A build puts the version in; it is made of plain numbers.
  assert.match(await said("0.0.0"), /still to be given/);
  assert.match(await said("1.1.0-beta"), /not made of plain numbers/);
});

testWithGit("what is against a release is told, each thing by itself", async (t) => {
  const textsOf = async (made: Scene) => {
    const { objections, doubts } = await prepared(made);
    return { objections: objections.map(({ text }) => text), doubts: doubts.map(({ text }) => text) };
  };
  const said = async (own: Partial<ReleaseRequest>, prepare: (made: Scene) => void = () => {}) => {
    const made = scene(t, own);
    prepare(made);
    return textsOf(made);
  };
  assert.match((await said({ raise: undefined })).objections.join(), /has been released already/);
  assert.match((await said({ raise: { to: "0.9.0" } })).objections.join(), /is older than/);
  assert.match((await said({ changeLog: "" })).objections.join(), /would be empty/);
  assert.match(
    (await said({ outputFolder: "/nowhere/at/all", tag: false })).objections.join(),
    /There is no folder/,
  );
  const dirty = await said({}, ({ repository }) => repository.write({ "Kernel/System/Acme.pm": "1;\n" }));
  assert.match(dirty.doubts.join(), /is not committed as it is/);
  const spec = await said({}, ({ repository }) =>
    repository.write({
      "Acme.sopm": readFileSync(join(repository.folder, "Acme.sopm"), "utf8").replace("Acme.<", "Acme!<"),
    }),
  );
  assert.match(spec.doubts.join(), /is not committed as it is/);
  const both = scene(t, {});
  both.repository.write({
    "Acme.sopm": readFileSync(join(both.repository.folder, "Acme.sopm"), "utf8").replace("Acme.<", "Acme!<"),
    "Kernel/System/Acme.pm": "1;\n",
  });
  const { doubts } = await prepared(both);
  assert.deepEqual(
    doubts.map(({ values }) => values),
    [{ count: 2, files: "Acme.sopm, Kernel/System/Acme.pm" }],
  );
  const missing = await said({}, ({ repository }) =>
    repository.write({ "Kernel/System/Acme.pm": undefined }),
  );
  assert.match(missing.objections.join(), /The package has errors/);
  const there = await said({}, ({ request }) =>
    writeFileSync(join(request.outputFolder, "Acme-1.1.0.cdx.json"), ""),
  );
  assert.match(there.objections.join(), /is there already/);
  const tagged = await said({}, ({ repository }) => repository.git("tag", "rel-1_1_0", "HEAD~1"));
  assert.match(tagged.objections.join(), /There is a tag/);
});

testWithGit("a change log that no XML can have is refused as such", async (t) => {
  const made = scene(t, { changeLog: "Mends\u001b[31m it." });
  const result = await prepareRelease(made.request, made.world);
  assert.ok(result.kind === "impossible");
  assert.deepEqual(result.reason.values, { character: "\\u001b" });
});

testWithGit("what the builder would refuse is not even begun", async (t) => {
  const specWith = async (from: string, to: string, own: Partial<ReleaseRequest> = {}) => {
    const made = scene(t, own);
    const spec = readFileSync(made.request.spec, "utf8").replace(from, to);
    made.repository.commit({ "Acme.sopm": spec });
    return made;
  };
  const objectionsTo = async (from: string, to: string) =>
    (await prepared(await specWith(from, to))).objections.map(({ text }) => text).join("\n");
  assert.match(await objectionsTo("<Name>Acme<", "<Name>../Acme<"), /The archive would be called/);
  assert.match(
    await objectionsTo("<License>", "<PackageIsDownloadable>0</PackageIsDownloadable><License>"),
    /PackageIsDownloadable is not true/,
  );
  // Whatever the builder calls it, nobody looks for another file.
  const settings = { ...defaultLintSettings, rules: { "name-characters": "off" } as const };
  const blank = await specWith("<Name>Acme<", "<Name>Acme <", { settings });
  const { journal, objections } = await prepared(blank);
  assert.deepEqual(objections, []);
  const options = { ...blank.options, lint: settings };
  assert.equal((await runRelease(journal, blank.world, options)).kind, "done");
  assert.ok(existsSync(join(blank.request.outputFolder, "Acme -1.1.0.opm.sha256")));
});

testWithGit(
  "a tag that somebody else has made meanwhile keeps no release from being taken back",
  async (t) => {
    const made = scene(t);
    const { journal } = await prepared(made);
    const before = readFileSync(made.request.spec, "utf8");
    await killAt(made, journal, ["index", "noted"]);
    const journals = new ReleaseJournals(made.world);
    made.repository.git("tag", "rel-1_1_0", "HEAD~1");
    const stopped = await runRelease((await journals.of(made.request.spec))!, made.world, made.options);
    assert.ok(stopped.kind === "stopped" && stopped.step === "tag");
    const back = await undoRelease((await journals.of(made.request.spec))!, made.world, made.options);
    assert.ok(back.kind === "done");
    assert.deepEqual(back.left, [
      {
        text: "The tag “{name}” leads to another commit, and stays as it is.",
        values: { name: "rel-1_1_0" },
      },
    ]);
    assert.equal(made.repository.git("tag", "-l"), "rel-1_0_0\nrel-1_1_0");
    assert.equal(readFileSync(made.request.spec, "utf8"), before);
  },
);

test("without Git a release has no tag, and asks for what is new", async (t) => {
  const folder = temporaryFolder(t);
  const example = join(import.meta.dirname, "../../examples/AcmeContracts");
  cpSync(example, folder, { recursive: true });
  const output = join(folder, "out");
  mkdirSync(output);
  const git = { untrustedFolders: [] };
  const world: ReleaseWorld = { ...nodeWorld(), records: memoryRecords() };
  const request: ReleaseRequest = {
    ...{ spec: join(folder, "AcmeContracts.sopm"), settings: defaultLintSettings, git },
    ...{ baseFolder: folder, outputFolder: output, mode: "framework", allowSymlinks: false },
    ...{ stampDate: undefined, stampHost: undefined, databases: [], upgradesSince: "" },
    ...{ knownPackages: [], raise: "patch", changeLog: "Mended.", tag: false, index: true },
  };
  const result = await prepareRelease(request, world);
  assert.ok(result.kind === "prepared");
  assert.deepEqual(result.objections, []);
  assert.deepEqual(result.journal.steps, ["spec", "build", "digest", "sbom", "index"]);
  assert.equal((await runRelease(result.journal, world, { lint: defaultLintSettings, git })).kind, "done");
  assert.ok(existsSync(join(output, "otrs.xml")));
  assert.deepEqual(readdirSync(output).sort(), [
    "AcmeContracts-1.2.1.cdx.json",
    "AcmeContracts-1.2.1.opm",
    "AcmeContracts-1.2.1.opm.sha256",
    "otrs.xml",
  ]);
});
