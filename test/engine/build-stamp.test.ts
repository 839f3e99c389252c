import assert from "node:assert/strict";
import { test } from "node:test";
import type { BuildMode } from "../../server/src/builder/build-mode.ts";
import type { Release } from "../../server/src/dialect/switches.ts";
import { buildStamp, type StampWishes } from "../../server/src/engine/build-stamp.ts";
import { PackageError } from "../../server/src/host/package-error.ts";

const local = "2024-05-02 12:00:00";
const utc = "2024-05-02 10:00:00";

function worldWith(epoch?: string) {
  return {
    clock: { now: () => local, nowInUtc: () => utc, today: () => local.slice(0, 10) },
    machine: {
      name: () => "machine",
      variable: (name: string) => (name === "SOURCE_DATE_EPOCH" ? epoch : undefined),
    },
  };
}

/** Whose builder -> the time that it writes. */
const builders: readonly (readonly [mode: BuildMode, release: Release, date: string])[] = [
  ["framework", "otrs-legacy", local],
  ["framework", "otrs-5", local],
  ["framework", { dialect: "otrs-5", version: "5.0.26" }, local],
  ["framework", "otrs-6", utc],
  ["framework", "znuny-6", utc],
  ["framework", "znuny-7", utc],
  ["framework", "otobo-10", utc],
  ["framework", "otobo-11", utc],
  ["opmbuild", "znuny-7", local],
  ["opmbuild", "otobo-11", local],
];
for (const [mode, release, date] of builders) {
  const name = typeof release === "string" ? release : release.version;
  test(`the builder of ${mode} for ${name} writes ${date === utc ? "UTC" : "the time of the machine"}`, () => {
    assert.deepEqual(buildStamp({ mode }, release, worldWith()), { date, host: "machine" });
  });
}

test("what is asked for comes before the variable, and the variable before the clock", () => {
  const stamp = (wishes: StampWishes, epoch: string) => buildStamp(wishes, "znuny-7", worldWith(epoch));
  const mode = "framework";
  assert.equal(stamp({ mode }, "981173106").date, "2001-02-03 04:05:06");
  assert.equal(stamp({ mode: "opmbuild" }, "981173106").date, "2001-02-03 04:05:06");
  assert.deepEqual(stamp({ mode, stampDate: local, stampHost: "elsewhere" }, "981173106"), {
    date: local,
    host: "elsewhere",
  });
  assert.deepEqual(stamp({ mode, stampDate: "", stampHost: "" }, ""), { date: utc, host: "machine" });
});

test("a variable that is no number of seconds is refused, unless nobody asks for it", () => {
  const mode = "framework";
  for (const epoch of ["yesterday", "-1", "1e9", "1.5", "99999999999999"]) {
    assert.throws(() => buildStamp({ mode }, "znuny-7", worldWith(epoch)), PackageError);
    assert.equal(buildStamp({ mode, stampDate: local }, "znuny-7", worldWith(epoch)).date, local);
  }
});
