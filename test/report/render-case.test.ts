import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComparedPromise } from "../../server/src/report/promise-report.ts";
import { renderCase } from "../../server/src/report/render-case.ts";

test("names in any script are replaced in what is given to others", () => {
  const subjects = [
    "Kernel/System/Привет.pm",
    "Müller",
    "müller_größe.straße",
    "秘密###Cafe\u0301",
    "Acme-💥::Mode",
  ];
  const text = renderCase({
    ...{ system: "box", product: "Znuny 7.1.7", operation: "install" },
    package: { name: "Müller", version: "1.0.0" },
    ...{
      installedBefore: undefined,
      foretold: "success",
      steps: [],
      failing: [],
      errors: [],
      succeeded: true,
      lastWords: "geheim",
    },
    promises: subjects.map(
      (subject): ComparedPromise => ({
        ...{ kind: "file", subject, isKept: false },
        foretold: { text: "the value “{value}”", values: { value: "geheim" } },
        found: { text: "no file" },
      }),
    ),
    ...{ left: [], assumptions: [], log: ["geheim"], placeOf: () => undefined },
  });
  assert.deepEqual(
    JSON.parse(text).differences.map(({ subject }: { subject: string }) => subject),
    ["Kernel/System/name1.pm", "name2", "name3.name4", "name5###name6", "name7::name8"],
  );
  assert.doesNotMatch(text, /[^\x00-\x7f“”]|geheim|box/);
});
