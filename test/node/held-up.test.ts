import assert from "node:assert/strict";
import { test } from "node:test";
import { systemError } from "../../server/src/host/file-system.ts";
import { renameWhenNotHeldUp, whenNotHeldUp } from "../../server/src/node/held-up.ts";

/** Something that fails a number of times before it works. */
function failing(code: string, times: number): { readonly work: () => string; readonly tries: () => number } {
  let tries = 0;
  return {
    work() {
      tries++;
      if (tries <= times) throw systemError(code, "Acme.opm");
      return "done";
    },
    tries: () => tries,
  };
}

interface Row {
  readonly code: string;
  readonly platform: string;
  readonly times: number;
  /** How often it is tried; undefined when it works in the end. */
  readonly givenUpAfter: number | undefined;
}

const rows: readonly Row[] = [
  { code: "EPERM", platform: "win32", times: 3, givenUpAfter: undefined },
  { code: "EBUSY", platform: "win32", times: 9, givenUpAfter: undefined },
  { code: "EACCES", platform: "win32", times: 1, givenUpAfter: undefined },
  { code: "EPERM", platform: "win32", times: 1_000, givenUpAfter: 10 },
  { code: "ENOENT", platform: "win32", times: 1, givenUpAfter: 1 },
  { code: "EPERM", platform: "linux", times: 1, givenUpAfter: 1 },
];

for (const { code, platform, times, givenUpAfter } of rows) {
  const outcome = givenUpAfter === undefined ? "works in the end" : `is given up after ${givenUpAfter}`;
  test(`what fails ${times} times with ${code} on ${platform} ${outcome}`, async () => {
    let waited = 0;
    const pause = async (milliseconds: number) => {
      waited += milliseconds;
    };
    const { work, tries } = failing(code, times);
    const done = whenNotHeldUp(work, { platform, pause });
    if (givenUpAfter === undefined) assert.equal(await done, "done");
    else await assert.rejects(done, { code });
    assert.equal(tries(), givenUpAfter ?? times + 1);
    assert.ok(waited < 2_000, `${waited} ms`);

    const { work: rename, tries: renames } = failing(code, times);
    const renamed = () => renameWhenNotHeldUp("a", "b", rename, { platform, pause });
    if (givenUpAfter === undefined) renamed();
    else assert.throws(renamed, { code });
    assert.equal(renames(), givenUpAfter ?? times + 1);
  });
}
