// The module that the editor's extension host loads: it runs mocha and reports one JSON object a line.
import { appendFileSync } from "node:fs";
import Mocha from "mocha";
import { version } from "vscode";
import { type HostTestEvent, resultsVariable } from "../../editor/host-test-event.ts";
import { buildTests } from "./build.ts";
import { dryRunTests } from "./dry-run.ts";
import { editingTests } from "./editing.ts";
import { manifestTests } from "./manifest.ts";
import { showingTests } from "./showing.ts";
import { sqlPreviewTests } from "./sql-preview.ts";
import { taskTests } from "./tasks.ts";

/** Resolves when all tests have passed, rejects otherwise: that becomes the exit code of the editor. */
export function run(): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 20_000,
    ...(process.env.SOPM_TEST_GREP ? { grep: process.env.SOPM_TEST_GREP } : {}),
    reporter: class {} as unknown as Mocha.ReporterConstructor,
  });
  // The tests are in this bundle; mocha would otherwise load files and set its globals for each.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "", mocha);
  manifestTests();
  editingTests();
  buildTests();
  taskTests();
  dryRunTests();
  sqlPreviewTests();
  showingTests();
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      report({ event: "end", failures, vscode: version, node: process.version });
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
    runner.on("pass", (test) =>
      report({ event: "pass", title: test.fullTitle(), milliseconds: test.duration ?? 0 }),
    );
    runner.on("pending", (test) => report({ event: "pending", title: test.fullTitle() }));
    runner.on("fail", (test, error) =>
      report({ event: "fail", title: test.fullTitle(), error: String(error.stack ?? error) }),
    );
  });
}

function report(event: HostTestEvent): void {
  const file = process.env[resultsVariable];
  if (file) appendFileSync(file, `${JSON.stringify(event)}\n`);
}
