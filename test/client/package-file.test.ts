import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBePackageFile } from "../../client/src/package-file.ts";

test("what Git, sandboxes and package managers of others write is of no package", () => {
  const others = ["/ws/.git/index", "/ws/Acme/.git/refs/tags/v1", "/ws/.sopm/Box/sandbox.data"];
  assert.deepEqual([...others, "/ws/node_modules/a/b.js"].filter(mayBePackageFile), []);
});

test("all other files may be, those of settings as well", () => {
  const files = [
    "/ws/Acme.sopm",
    "/ws/Kernel/System/Acme.pm",
    "/ws/sopm.json",
    "/ws/.gitignore",
    "/ws/a.sopm/b",
  ];
  assert.deepEqual(files.filter(mayBePackageFile), files);
});
