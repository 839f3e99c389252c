import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HostileBox } from "../support/hostile-box.ts";
import { type Fate, locations } from "../support/hostile-locations.ts";
import { archiveOf, fileList, hostilePackage } from "../support/hostile-package.ts";
import { disksFor, type TriedDisk } from "../support/tried-disk.ts";

/** Windows keeps these for itself; there the sandbox refuses the operation as a whole. */
const onlyElsewhere = /[<>:"|?*\\\u0001-\u001f]|[. ](?:\/|$)|^(?:con|nul)(?:\.|$)/i;

const possible = locations.filter(
  ([location, fate]) =>
    process.platform !== "win32" || typeof fate !== "object" || !onlyElsewhere.test(location),
);
const fates = ["is left out", "fails", "is written below the home"] as const;

/** With SOPM_FULL=1 each location gets a package and a sandbox of its own. */
const isFull = process.env.SOPM_FULL === "1";
const packages = isFull ? possible.map((row) => [row]) : fates.map((fate) => possible.filter(isOf(fate)));

for (const rows of packages) {
  const [first] = rows as [(typeof rows)[number]];
  const fate = fateName(first[1]);
  const name =
    rows.length > 1
      ? `each of ${rows.length} files`
      : `a file called ${JSON.stringify(first[0].slice(0, 40))}`;
  // What a name may be is for the system to say, so that all are tried on the real disk as well.
  for (const disk of disksFor(true))
    test(`${name} ${fate}, through all operations, ${disk.name}`, async (context) => {
      const box = await HostileBox.make(context, disk);
      const names = rows.map(([location]) => location);
      const contents = archiveOf(hostilePackage(fileList(...names, "Kernel/Acme.pm")));
      const empty = disk.tree(join(box.folder, "home"));
      const places = rows.flatMap(([, fate]) => (typeof fate === "object" ? [fate.at] : []));
      for (const operation of ["install", "reinstall", "upgrade"] as const) {
        const { steps } = await box.operate(operation, contents);
        const log = steps.flatMap((step) =>
          step.log.flatMap(({ id, values }) => (id === "forbidden-location" ? [values?.location] : [])),
        );
        // The framework keeps what it has read, so that it is told once.
        const isTold = fate === "is left out" && operation === "install";
        assert.deepEqual(new Set(log), new Set(isTold ? names : []));
        const written = steps.filter(
          (step) => step.kind === "write-file" && step.location !== "Kernel/Acme.pm",
        );
        assert.equal(written.length, fate === "is left out" ? 0 : names.length);
        for (const { outcome, reason } of written) {
          assert.equal(outcome, fate === "fails" ? "fails" : "runs");
          assert.equal(reason !== undefined, fate === "fails");
        }
        assert.deepEqual(filesBelow(join(box.folder, "home"), disk), [...places, "Kernel/Acme.pm"].sort());
      }
      await box.assertSound();
      await box.operate("uninstall", contents);
      assert.deepEqual(filesBelow(join(box.folder, "home"), disk), []);
      await box.sandbox.undo(0);
      assert.deepEqual(disk.tree(join(box.folder, "home")), empty);
      await box.assertSound();
    });
}

function isOf(name: (typeof fates)[number]) {
  return ([, fate]: (typeof locations)[number]) => fateName(fate) === name;
}

function fateName(fate: Fate): (typeof fates)[number] {
  return typeof fate === "object" ? "is written below the home" : fate;
}

/** Paths with `/`, sorted; each holds what the package has. */
function filesBelow(folder: string, disk: TriedDisk): readonly string[] {
  const paths = disk.filesBelow(folder);
  for (const path of paths) assert.equal(disk.read(`${folder}/${path}`).toString(), "Acme");
  return paths;
}

const clashes: readonly (readonly [name: string, locations: readonly string[], files: readonly string[]])[] =
  [
    ["the same file twice", ["a/b", "a/b"], ["a/b", "a/b.save"]],
    ["one file under two names", ["a/b", "a//b"], ["a/b", "a/b.save"]],
    ["a file, then one below it", ["a", "a/b"], ["a"]],
    ["a file below, then the folder as a file", ["a/b", "a"], ["a/b"]],
    ["a file and its own place to save", ["a", "a.save", "a"], ["a", "a.save"]],
    ["names that differ in case alone", ["a/B", "A/b"], ["A/b", "a/B"]],
  ];
for (const [name, locations, files] of clashes) {
  for (const disk of disksFor(!name.includes("case") || process.platform === "linux"))
    test(`a package with ${name} can be installed, checked and taken back, ${disk.name}`, async (context) => {
      const box = await HostileBox.make(context, disk);
      const contents = archiveOf(hostilePackage(fileList(...locations)));
      await box.operate("install", contents);
      assert.deepEqual(filesBelow(join(box.folder, "home"), disk), files);
      await box.operate("reinstall", contents);
      await box.operate("upgrade", contents);
      await box.assertSound();
      await box.operate("uninstall", contents);
      await box.sandbox.undo(0);
      assert.deepEqual(disk.tree(join(box.folder, "home")), []);
      await box.assertSound();
    });
}
