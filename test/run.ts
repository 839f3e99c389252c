import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "node:test";

/**
 * Runs all tests: those of the core and of the protocol with Node's runner, then those inside a real workbench.
 * Words on the command line choose files by a part of their path; then, and with "--core", the workbench is left out.
 * The last line is the plain count.
 */
const words = process.argv.slice(2);
const chosen = words.filter((word) => word !== "--core");
const root = join(import.meta.dirname, "..");

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
/** What was left out and why, and the files that said so. */
const leftOut = new Map<string, Set<string>>();
add(await runFiles(testFiles()));
if (words.length === 0) {
  const { default: runExtensionTests } = await import("./extension/run.ts");
  const result = await runExtensionTests();
  if (result.note) leftOut.set(result.note, new Set());
  add(result);
}
if (leftOut.size > 0) console.log("\nLeft out:");
for (const [what, { size }] of leftOut)
  console.log(`  ${what}${size > 1 ? ` (${size} files of tests)` : ""}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function add(counts: Counts): void {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

function testFiles(): string[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !/^(extension|editor|bench)\b/.test(file))
    .filter((file) => chosen.length === 0 || chosen.some((word) => file.includes(word)))
    .map((file) => join(import.meta.dirname, file))
    .sort();
}

/** Runs test files, two at a time in processes of their own, and prints what fails and what files say. */
async function runFiles(files: string[]): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const perFile = new Map<string, number>();
  for await (const event of run({ files, concurrency: 2 })) {
    switch (event.type) {
      case "test:pass": {
        if (event.data.details.type === "suite") break;
        const file = event.data.file ?? "";
        if (event.data.skip !== undefined) counts.skipped++;
        else counts.passed++;
        perFile.set(file, (perFile.get(file) ?? 0) + 1);
        break;
      }
      case "test:fail": {
        if (event.data.details.type === "suite") break;
        counts.failed++;
        const { error } = event.data.details;
        const cause =
          error.cause instanceof Error
            ? (error.cause.stack ?? error.cause.message)
            : String(error.cause ?? error);
        console.log(`FAILED ${relative(root, event.data.file ?? "")}: ${event.data.name}\n${indent(cause)}`);
        break;
      }
      case "test:stdout":
      case "test:stderr":
        process.stdout.write(withoutLeftOut(event.data.message, event.data.file ?? ""));
        break;
    }
  }
  for (const [file, passed] of perFile)
    console.log(`  ${String(passed).padStart(5)} passed  ${relative(root, file)}`);
  return counts;
}

/** Keeps what a file says was left out, for the end, and gives what else it says. */
function withoutLeftOut(message: string, file: string): string {
  return message.replace(/^left out: (.*)\n?/gm, (_, what: string) => {
    const files = leftOut.get(what) ?? new Set();
    leftOut.set(what, files.add(file));
    return "";
  });
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
