import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryFolder } from "./temporary-folder.ts";

/** A home of a framework whose console plays one, see `framework-console.cjs`. */
export interface FrameworkBox {
  /** Absolute. */
  readonly home: string;
  /** What the console does wrongly from now on. */
  plant(planted: object): void;
  read(path: string): string | undefined;
  write(path: string, text: string): void;
}

export interface BoxOptions {
  readonly product?: string;
  readonly version?: string;
  /** Where its console is, from the home on; false for none. */
  readonly console?: string | false;
}

/** One that is gone after the test. */
export function frameworkBox(context: TestContext, options: BoxOptions = {}): FrameworkBox {
  return makeFrameworkBox(temporaryFolder(context), options);
}

/** @param home absolute; made with what it needs */
export function makeFrameworkBox(
  home: string,
  { product = "Znuny", version = "7.1.7", console = "bin/znuny.Console.pl" }: BoxOptions = {},
): FrameworkBox {
  const box: FrameworkBox = {
    home,
    plant: (planted) => box.write("var/planted.json", JSON.stringify(planted)),
    read: (path) => (existsSync(join(home, path)) ? readFileSync(join(home, path), "utf8") : undefined),
    write(path, text) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    },
  };
  box.write("RELEASE", `PRODUCT = ${product}\nVERSION = ${version}\n`);
  box.write("var/tables.txt", "users\tid\n");
  if (console !== false) {
    const script = readFileSync(join(import.meta.dirname, "framework-console.cjs"), "utf8");
    box.write(console, `#!${process.execPath}\n${script}`);
    chmodSync(join(home, console), 0o755);
  }
  return box;
}
