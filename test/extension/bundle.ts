import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..");

/** The extension under test: this project, built. */
export const extensionFolder = root;

/** The folder that the tests open a copy of. */
export const fixtureFolder = join(import.meta.dirname, "fixture");

/** Packages beside the example package, for what is told of several. */
export const storiesFolder = join(import.meta.dirname, "stories");

/** Stands in for an extension that knows Perl. */
export const perlExtension = join(import.meta.dirname, "perl-extension");

/** A package with code, for what such an extension says of it. */
export const perlFolder = join(import.meta.dirname, "perl-package");

/** A package with many tables, an archive of the version before, and another package that it refers to. */
export const diagramFolder = join(import.meta.dirname, "diagram");

/** Two packages, one of which requires the other and lists a file that is not there. */
export const viewsFolder = join(import.meta.dirname, "views");

/** A package whose upgrade lacks a column, with the archives of two versions before. */
export const matrixFolder = join(import.meta.dirname, "matrix");

/** A package whose upgrade lacks a column, with the archive of the version before, a scenario and a Perl test. */
export const trialsFolder = join(import.meta.dirname, "trials");

/** A package of which a statement fails on every database. */
export const verifyFolder = join(import.meta.dirname, "verify");

/** The example package, of which the browser-driven pass opens a copy. */
export const exampleFolder = join(root, "examples", "AcmeContracts");

/** Bundles the tests that run inside the editor. Its ending tells the editor that the module is CommonJS. */
export async function bundleHostTests(): Promise<string> {
  const outfile = join(root, ".cache", "extension-tests", "index.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "suite", "index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Mocha reads its own files at run time, so it is loaded from node_modules.
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}
