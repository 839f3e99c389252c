import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import { isAtLeast } from "../../server/src/model/version.ts";
import { explainOrder, orderViolations } from "../../server/src/repository/explain-order.ts";
import {
  failuresByClass,
  installOrder,
  type OrderedPackage,
} from "../../server/src/repository/install-order.ts";
import { randomFrom } from "../support/random.ts";

/** Reads "A 1.0.1: B 1.0.0, C" as a package that is offered, with what it requires. */
function offers(...lines: readonly string[]): OrderedPackage[] {
  return lines.map((line) => {
    const [own = "", required = ""] = line.split(":");
    const [name = "", version = "1.0.1"] = own.trim().split(" ");
    const requiredPackages = required
      .split(",")
      .filter((each) => each.trim() !== "")
      .map((each) => {
        const [required = "", version] = each.trim().split(" ");
        return { name: required, version };
      });
    return { name, version, requiredPackages };
  });
}

function installed(...names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    names.map((each) => {
      const [name = "", version = "1.0.0"] = each.split(" ");
      return [name, version];
    }),
  );
}

function checkOrder(
  present: ReadonlyMap<string, string>,
  online: readonly OrderedPackage[],
  order: Readonly<Record<string, number>>,
  failed: Readonly<Record<string, readonly string[]>> = {},
): void {
  const result = installOrder(present, online, "znuny-7");
  assert.deepEqual(Object.fromEntries(result.order), order);
  const classes = [...failuresByClass(result)].map(([failure, names]) => [failure, [...names].sort()]);
  assert.deepEqual(Object.fromEntries(classes), failed);
}

test("numbers count the ways to a package", () => {
  checkOrder(installed("C"), offers("C: B 1", "B: A 1", "A"), { A: 3, B: 2, C: 1 });
  checkOrder(installed("A", "B", "C", "D"), offers("A", "B: A 1", "C: A 1", "D: B 1, C 1"), {
    A: 5,
    B: 2,
    C: 2,
    D: 1,
  });
});

test("each failure has its class, and dependents fail with it", () => {
  checkOrder(
    installed("A", "B"),
    offers("A: B 1", "B: A 1"),
    {},
    {
      Cyclic: ["A", "B"],
      DependencyFail: ["A", "B"],
    },
  );
  checkOrder(installed("A", "X"), offers("A: M 1"), {}, { NotFound: ["M", "X"], DependencyFail: ["A"] });
  checkOrder(
    installed("A 2.0.0", "B"),
    offers("A 1.0.0", "B: C 2.0.0", "C 1.0.0"),
    {},
    {
      WrongVersion: ["A", "C"],
      DependencyFail: ["B"],
    },
  );
});

test("the explanation names the requirement that led to a class", () => {
  const present = installed("A", "B", "C", "D", "M 3.0.0");
  const online = offers("A: M 1.0.0", "B: C 1.0", "C 1.0.0", "D: C");
  const explanations = explainOrder(installOrder(present, online, "znuny-7"), present, "znuny-7");
  assert.deepEqual(
    explanations.map(({ reason, remark }) =>
      [reason, remark].map((text) => text && english(text.text, text.values)),
    ),
    [
      [
        "“A” requires “M”, which no repository offers.",
        "It is installed in version 3.0.0, which would do, but the framework wants it to be offered as well.",
      ],
      ["“A” requires packages that cannot be had: M.", undefined],
      [
        "“B” requires “C” 1.0, but 1.0.0 is offered.",
        "It is installed in version 1.0.0, which would do, but the framework wants it to be offered as well.",
      ],
      ["“B” requires packages that cannot be had: C.", undefined],
      [
        "“D” requires “C” without a version, which none is good enough for.",
        "It is installed in version 1.0.0, which would do, but the framework wants it to be offered as well.",
      ],
      ["“D” requires packages that cannot be had: C.", undefined],
      ["“M” is installed, but no repository offers it.", undefined],
    ],
  );
  const [circle] = explainOrder(
    installOrder(installed("A"), offers("A: B 1", "B: C 1", "C: B 1"), "znuny-7"),
    new Map(),
    "znuny-7",
  );
  assert.equal(english(circle!.reason.text, circle!.reason.values), "“B” requires itself: B → C → B.");
});

test("numbers that put a package before what it requires are told", () => {
  const online = offers("A: Q 1", "B: C 1", "C: D 1", "D: E 1", "E: T 1", "Q", "T: Q 1");
  const result = installOrder(installed("A", "B"), online, "znuny-7");
  assert.deepEqual([result.order.get("T"), result.order.get("Q")], [5, 3]);
  assert.deepEqual(orderViolations(result, online), [{ name: "T", required: "Q" }]);
});

test("it comes to the same as following every way", () => {
  const { below } = randomFrom(7);
  const chance = (probability: number) => below(1000) < probability * 1000;
  for (let round = 0; round < 2000; round++) {
    const names = [..."ABCDEFGH"].slice(0, 2 + below(7));
    const density = below(500) / 1000;
    const mayCircle = chance(0.4);
    const shift = below(names.length);
    const online = names
      .filter(() => chance(0.93))
      .map((name, index) => ({
        name: names[(index + shift) % names.length]!,
        version: chance(0.95) ? "1.0.1" : "1.0.0",
        requiredPackages: names
          .filter((other) => (mayCircle || other > name) && chance(density))
          .map((other) => ({
            name: names[(names.indexOf(other) + shift) % names.length]!,
            version: chance(0.95) ? "1.0.0" : "1.0.2",
          })),
      }));
    const present = installed(...names.filter(() => chance(0.6)));
    const expected = everyWay(present, online);
    checkOrder(present, online, expected.order, expected.failed);
  }
});

/** The plain recursion, which takes for ever where there are many ways. */
function everyWay(present: ReadonlyMap<string, string>, online: readonly OrderedPackage[]) {
  const offered = new Map(online.map((each) => [each.name, each]));
  const order: Record<string, number> = {};
  const failed: Record<string, string[]> = {};
  const fail = (failure: string, name: string) => {
    failed[failure] = [...new Set([...(failed[failure] ?? []), name])].sort();
    return false;
  };
  const resolve = (targets: ReadonlyMap<string, string | undefined>, callers: readonly string[]): boolean => {
    let success = true;
    for (const [name, wanted = ""] of [...targets].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const offer = offered.get(name);
      if (callers.includes(name)) success = fail("Cyclic", name);
      else if (!offer) success = fail("NotFound", name);
      else if (offer.version !== wanted && isAtLeast(wanted, offer.version, "znuny-7"))
        success = fail("WrongVersion", name);
      else if (
        !resolve(new Map(offer.requiredPackages.map((each) => [each.name, each.version])), [...callers, name])
      ) {
        success = fail("DependencyFail", name);
        if (callers.length > 0) break;
      } else if (order[name] === undefined) order[name] = callers.length > 0 ? callers.length + 1 : 1;
      else if (callers.length > 0) order[name]++;
    }
    return success;
  };
  resolve(present, []);
  return { order, failed };
}

test("requirements without end are followed to an end", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const name = (index: number) => `p${String(index).padStart(6, "0")}`;
  const diamonds = numbers(3000).map((index) => ({
    name: name(index),
    version: "2",
    requiredPackages: [1, 2].flatMap((step) =>
      index + step < 3000 ? [{ name: name(index + step), version: "1" }] : [],
    ),
  }));
  const everything = new Map(diamonds.map((each) => [each.name, "1"]));
  const found = installOrder(everything, diamonds, "otobo-11");
  assert.deepEqual([found.order.size, found.failures.length], [3000, 0]);

  const chain = numbers(20_000).map((index) => ({
    name: name(index),
    version: "2",
    requiredPackages: [{ name: name(index + 1), version: "1" }],
  }));
  const failures = failuresByClass(installOrder(new Map([[name(0), "1"]]), chain, "otobo-11"));
  assert.equal(failures.get("DependencyFail")!.size, 20_000);

  const ring = (count: number) =>
    numbers(count).map((index) => ({
      name: name(index),
      version: "2",
      requiredPackages: [{ name: name((index + 1) % count), version: "1" }],
    }));
  const around = (count: number) =>
    installOrder(new Map(ring(count).map((each) => [each.name, "1"])), ring(count), "otobo-11");
  const small = around(300);
  assert.deepEqual([small.gaveUp, failuresByClass(small).get("Cyclic")!.size], [false, 300]);
  const large = around(2000);
  assert.equal(large.gaveUp, true, "all ways around are more than anybody waits for");
  assert.equal(failuresByClass(large).get("DependencyFail")!.size, 2000);
});
