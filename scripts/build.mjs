// Bundles client, server and command line into dist/ and puts beside them the data that they read at run time.
// usage: node scripts/build.mjs [--watch]
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import ts from "typescript";
import { extensionPage } from "./extension-page.mjs";
import { licensesOf } from "./licenses.mjs";

const require = createRequire(import.meta.url);
process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));

/** Large libraries that few sessions need. They are read when a module that imports them is. */
const librariesApart = ["fast-xml-parser", "mysql2", "pg", "sanitize-html", "vscode-html-languageservice"];

/** The part of them that nobody uses: what lays out HTML. */
const unused = /[\\/]beautify[\\/]beautify-html\.js$/;

/**
 * What is started or imported by itself. Each has a bundle of what it alone needs, and those that are started a loader in
 * front of it, under the name that is known outside. What several need is in one engine.
 */
const programs = [
  { name: "server", from: "server/src/main.ts", loader: { to: "dist/server.js" } },
  {
    name: "cli",
    from: "server/src/cli.ts",
    loader: { to: "dist/cli.js", banner: "#!/usr/bin/env node" },
  },
  // What programs import; see `exports` in the manifest.
  { name: "library", from: "server/src/library.ts" },
];

/**
 * One file each, so that start-up reads few files. The client's ending tells the editor that it is CommonJS although the
 * package is not; for the others dist/package.json does, because their names are known outside.
 */
const bundles = [
  { from: "client/src/extension.ts", to: "dist/client.cjs", external: ["vscode"] },
  // What pages run in the editor's views of them.
  { from: "client/src/webview/report-view.ts", to: "dist/webview/report-view.js", page: true },
  { from: "client/src/webview/diagram-view.ts", to: "dist/webview/diagram-view.js", page: true },
  { from: "client/src/webview/verify-view.ts", to: "dist/webview/verify-view.js", page: true },
  { from: "client/src/webview/matrix-view.ts", to: "dist/webview/matrix-view.js", page: true },
  { from: "client/src/webview/intro-view.ts", to: "dist/webview/intro-view.js", page: true },
  { from: "server/src/node/build-worker-entry.ts", to: "dist/build-worker-entry.js" },
  { from: "server/src/node/perl-worker-entry.ts", to: "dist/perl-worker-entry.js" },
  { from: "server/src/node/embedded-worker-entry.ts", to: "dist/embedded-worker-entry.js" },
  { from: "server/src/node/diagram-worker-entry.ts", to: "dist/diagram-worker-entry.js" },
  // Kept apart: only some commands want them.
  ...librariesApart.map((name) => ({ from: name, to: `dist/libraries/${name}.js` })),
];

/** Data: every file of a folder whose name ends so. A folder that is absent has nothing to copy. */
const copies = [
  { from: "server/src/knowledge/data", ending: "", to: "dist/knowledge" },
  { from: "l10n", ending: ".json", to: "dist/l10n" },
  { from: "server/src/rules", ending: ".json", to: "dist/rules" },
  { from: "schemas", ending: ".xsd", to: "dist/schemas" },
  // Under EPL-2.0: a file of its own, as it was published. Licence and the way to its source are in LICENSES.txt.
  { from: "node_modules/elkjs/lib", ending: "elk.bundled.js", to: "dist/libraries" },
  {
    // The only thing of this package that is used: a class for Java.
    from: "node_modules/xsd-schema-validator/support",
    ending: ".class",
    to: "dist/xsd-schema-validator/support",
  },
];

/** A library that is copied as it is. */
const libraryAsItIs = "elkjs/lib/elk.bundled.js";

/** Lets the bundles load these libraries from dist/ when they are wanted. */
const librariesFromFiles = {
  name: "libraries-from-files",
  setup(bundler) {
    const filter = new RegExp(`^(?:${librariesApart.join("|")})$`);
    bundler.onResolve({ filter }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: `./libraries/${path}.js`, external: true },
    );
    bundler.onResolve({ filter: new RegExp(`^${libraryAsItIs}$`) }, ({ path }) => ({
      path: `./libraries/${basename(path)}`,
      external: true,
    }));
  },
};

/** Leaves out what nobody uses. */
const withoutUnused = {
  name: "without-unused",
  setup(bundler) {
    bundler.onLoad({ filter: unused }, () => ({ contents: "export const html_beautify = undefined;" }));
  },
};

/** Large libraries in CommonJS. For each file that imports one, the bundler would copy all that it exports. */
const librariesByName = {
  name: "libraries-by-name",
  setup(bundler) {
    bundler.onResolve({ filter: /^vscode-languageserver(?:\/node)?$/ }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: "by-name" } : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: "by-name" }, ({ path }) => ({
      contents: [
        `const library = require(${JSON.stringify(path)});`,
        // As it is called pure, it is left out where nobody wants the name.
        ...Object.keys(require(path)).map(
          (name) => `export const ${name} = /* @__PURE__ */ (() => library.${name})();`,
        ),
      ].join("\n"),
      resolveDir: ".",
    }));
  },
};

const watch = process.argv.includes("--watch");
const engine = await engineAndPrograms();
const wanted = [...bundles, ...engine];
// What an earlier build made under another name would be packed with the rest.
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
copyData();
const { repository } = JSON.parse(readFileSync("package.json", "utf8"));
writeFileSync("dist/README.md", extensionPage(readFileSync("README.md", "utf8"), repository.url));
if (watch) {
  for (const bundle of wanted) await (await context({ ...options(bundle), logLevel: "info" })).watch();
} else {
  const results = await buildAll(wanted.map(options));
  for (const { to } of engine) writeFileSync(to, compiledAtOnce(readFileSync(to, "utf8")));
  writeFileSync(
    "dist/LICENSES.txt",
    licensesOf([
      ...results.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
      ...copies.map(({ from }) => `${from}/`).filter((from) => existsSync(from)),
    ]),
  );
}
writeLibraryEntry();
for (const { loader } of programs) if (loader) await makeLoader(loader);
// In it the programs of a checkout keep what they have compiled. Users have it in their own folders.
mkdirSync("dist/code-cache", { mode: 0o700 });

/** All or none: esbuild has printed what is wrong, with its place, and it does not like to be left in the middle. */
async function buildAll(wanted) {
  const results = await Promise.allSettled(wanted.map((each) => build(each)));
  if (results.some(({ status }) => status === "rejected")) process.exit(1);
  return results.map(({ value }) => value);
}

/** The engine, and each program without it. */
async function engineAndPrograms() {
  const looks = programs.map(({ from }) => ({
    ...options({ from, to: "none" }),
    write: false,
    minify: false,
  }));
  const graphs = (await buildAll(looks)).map(
    ({ metafile: { inputs } }) =>
      new Map(Object.entries(inputs).filter(([path]) => path.startsWith("server/src/"))),
  );
  const isShared = (path) => graphs.filter((graph) => graph.has(path)).length > 1;
  const wanted = graphs
    .flatMap((graph) => [...graph].filter(([path]) => !isShared(path)))
    .flatMap(([, { imports }]) => imports.map(({ path }) => path))
    .filter(isShared);
  const shared = await exportsOf([...new Set(wanted)].sort());
  const code = [...shared.keys()]
    .map((path) => `exports[${JSON.stringify(path)}] = () => require("./${path}");`)
    .join("\n");
  return [
    { code, to: "dist/engine.js" },
    ...programs.map(({ name, from }) => ({ from, to: `dist/${name}-bundle.js`, shared })),
  ];
}

/** The names that each of these modules exports. */
async function exportsOf(paths) {
  const [{ metafile }] = await buildAll([
    { entryPoints: paths, outdir: "none", format: "esm", write: false, metafile: true },
  ]);
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
}

/** Lets a bundle take modules from the engine, each when it is wanted. */
function fromEngine(shared) {
  return {
    name: "from-engine",
    setup(bundler) {
      bundler.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind, namespace }) => {
        if (namespace === "engine") return { path, external: true };
        const module = relative(process.cwd(), join(resolveDir, path)).replaceAll("\\", "/");
        return kind !== "entry-point" && shared.has(module)
          ? { path: module, namespace: "engine" }
          : undefined;
      });
      bundler.onLoad({ filter: /./, namespace: "engine" }, ({ path }) => ({
        // Taken out at once: they never change, and looking them up at each use would cost more than the use.
        contents: `export const { ${shared.get(path).join(", ")} } = require("./engine.js")[${JSON.stringify(path)}]();`,
      }));
    },
  };
}

/**
 * The same bundle with parentheses around the functions that its modules are in. Without them V8 looks through a module
 * when the bundle is read, and again when it is run, which most are at once.
 */
function compiledAtOnce(bundle) {
  const { statements } = ts.createSourceFile("bundle.js", bundle, ts.ScriptTarget.Latest);
  const modules = statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => declarationList.declarations)
    .map(({ initializer }) => initializer)
    .filter((value) => value && ts.isCallExpression(value) && value.arguments.length === 1)
    .flatMap((value) => value.arguments)
    .filter((value) => ts.isArrowFunction(value) && !value.modifiers && ts.isBlock(value.body));
  let text = "";
  let end = 0;
  for (const { pos, parameters, body } of modules) {
    const names = parameters.map((parameter) => bundle.slice(parameter.pos, parameter.end)).join();
    text += `${bundle.slice(end, pos)}(function(${names})${bundle.slice(body.pos, body.end)})`;
    end = body.end;
  }
  return text + bundle.slice(end);
}

/** Puts a loader in front of a program. */
async function makeLoader({ to, banner = "" }) {
  // What is rebuilt while somebody works has nothing that could be kept of it.
  const bundles = watch ? "" : digestOf(engine.map((bundle) => bundle.to));
  await build({
    ...{ entryPoints: ["scripts/loader.cjs"], outfile: to, bundle: true, minify: true },
    ...{ platform: "node", target: "node20", format: "cjs", banner: { js: banner } },
    define: { "process.env.SOPM_BUNDLES": JSON.stringify(bundles) },
  });
  chmodSync(to, 0o755);
}

function digestOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** What `import … from "sopm"` finds, with its types. */
function writeLibraryEntry() {
  const source = readFileSync("server/src/library.ts", "utf8");
  const names = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
  writeFileSync(
    "dist/index.mjs",
    `import { createRequire } from "node:module";

export const { ${names.join(", ")} } = createRequire(import.meta.url)("./library-bundle.js");
`,
  );
  const { outputText } = ts.transpileDeclaration(source, { fileName: "index.mts" });
  writeFileSync("dist/index.d.mts", outputText);
}

/** The options of esbuild for one row of the table. */
function options({ from, code, to, external = [], shared = new Map(), page = false }) {
  if (page) return pageOptions({ from, to });
  return {
    ...(code ? { stdin: { contents: code, resolveDir: "." } } : { entryPoints: [from] }),
    outfile: to,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // The UMD builds that some packages name as "main" hide their imports from the bundler.
    mainFields: ["module", "main"],
    minify: !watch,
    sourcemap: watch ? "inline" : false,
    legalComments: "none",
    external,
    metafile: true,
    // Sources find their data by `import.meta.url`, which CommonJS does not have.
    define: { "import.meta.url": "importMetaUrl" },
    banner: {
      js: 'const importMetaUrl=require("node:url").pathToFileURL(__filename).href;',
    },
    plugins: [fromEngine(shared), librariesFromFiles, librariesByName, withoutUnused],
  };
}

/** The options for a script that runs in a page. */
function pageOptions({ from, to }) {
  return {
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    minify: !watch,
    sourcemap: watch ? "inline" : false,
    legalComments: "none",
    metafile: true,
  };
}

function copyData() {
  for (const { from, ending, to } of copies) {
    const names = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith(ending)) : [];
    if (names.length === 0) console.log(`left out: there is nothing in ${from}`);
    else mkdirSync(to, { recursive: true });
    for (const name of names) copyFileSync(join(from, name), join(to, name));
  }
}
