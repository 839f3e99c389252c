import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { floatingPromises } from "./support/floating-promises.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const root = join(import.meta.dirname, "..");

test("every promise is awaited, or somebody hears of its failure", () => {
  const folders = [join(root, "server/src"), join(root, "client/src")];
  assert.deepEqual(floatingPromises(join(root, "tsconfig.json"), folders), []);
});

test("promises that nobody awaits are found", (context) => {
  const folder = temporaryFolder(context, {
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, target: "ES2022", types: [], noEmit: true },
      include: ["src"],
    }),
    "src/some.ts": `
declare function work(): Promise<void>;
declare function later(then: () => void): void;
declare function each(then: (...words: any[]) => any): void;
declare function waits(then: () => Promise<void>): void;
let kept: Promise<void>;
export async function good() {
  await work();
  kept = work();
  work().catch(() => {});
  work().then(() => {}, () => {});
  waits(work);
  const soon = work();
  await soon;
  const handled = work();
  handled.catch(() => {});
  await work();
  await handled;
  later(() => {});
  return kept;
}
export function bad(maybe: boolean) {
  work();
  void work();
  work().then(() => {});
  work().finally(() => {});
  maybe && work();
  later(work);
  each(async () => {});
}
export async function late() {
  const promise = work();
  await work();
  await promise;
}
`,
  });
  const found = floatingPromises(join(folder, "tsconfig.json"), [join(folder, "src")]);
  assert.deepEqual(
    found.map((each) => each.replace(/^[^ ]* /, "")),
    [
      ...[
        "work();",
        "void work()",
        "work().then(() => {});",
        "work().finally(() => {});",
        "maybe && work();",
      ],
      ...["work", "async () => {}", "promise = work()"],
    ],
  );
});
