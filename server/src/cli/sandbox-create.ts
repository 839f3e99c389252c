import { createSandbox as createSandboxWith } from "../engine/create-sandbox.ts";
import type { Shell } from "../host/shell.ts";
import { hasFailedStatements } from "../report/verify-report.ts";
import { type Beginning, cloneSandbox, createSandbox, type SandboxSpec } from "../sandbox/create-sandbox.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { RepositorySetting } from "../system/sandbox-description.ts";
import type { ExitCode, Given } from "./command.ts";
import { ConfiguredRun, optionsLayer } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { measuredText } from "./measured-text.ts";
import { databaseNamed, namedDatabases } from "./named-databases.ts";
import { readPackageArgument, requirePackageFile } from "./package-argument.ts";
import { readProductArgument } from "./product-argument.ts";
import { repositoryNamed } from "./repositories-argument.ts";
import { openSandboxArgument, worldFor } from "./sandbox-argument.ts";
import { createParameters } from "./sandbox-commands.ts";
import { withProgress } from "./sandbox-progress.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm sandbox create`: makes a sandbox and installs archives in it. */
export async function sandboxCreate(
  options: Given<typeof createParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, complain, lineOf } = shell;
  const { folder, packages } = options;
  const run = new ConfiguredRun(optionsLayer(createParameters, options), shell);
  const given = await withConfigured(options, run);
  const origins = [given.product, given.framework, given.from].filter((each) => each !== undefined);
  if (origins.length !== 1) {
    throw new UsageError(
      "Say what the sandbox stands for: --product “Znuny 7.1.3”, --framework with the home of one, or --from another sandbox. A sopm.json in the current folder or above may say it, too, with productVersion or frameworkHome.",
    );
  }
  for (const path of packages) await requirePackageFile(path, shell);
  const repositories = await Promise.all(given.repository.map((each) => repositoryNamed(each, shell)));
  const done = await createSandboxWith(
    {
      make: (begin) => make(shell.world.paths.resolve(folder), { ...given, repositories }, begin, shell),
      packages: packages.map(
        (path) => async (release) => readPackageArgument(path, release, shell, await run.filesOf(path)),
      ),
      withProgress: (work) => withProgress(shell, work),
    },
    shell.world,
  );
  if (done.kind === "not-installed") {
    const reason = done.reasons.map((each) => lineOf(each)).join(" ");
    complain("“{path}” is not installed: {reason}", { path: packages[done.index]!, reason });
    return 1;
  }
  const { sandbox } = done;
  const { product, version, served } = sandbox.description;
  const made = { folder: sandbox.folder, product: `${product} ${version}` };
  print(`${lineOf({ text: "{folder}: a sandbox that stands for {product}.", values: made })}\n`);
  if (served) {
    const text =
      "Statements are executed on the server “{server}” as well, in databases whose names begin with “{database}”.";
    print(`${lineOf({ text, values: { ...served } })}\n`);
  }
  for (const measured of done.measured) print(measuredText(measured, shell));
  return done.measured.some(hasFailedStatements) ? 1 : 0;
}

/** Takes from the configurations of the current folder what options leave open of the system. */
async function withConfigured(
  given: Given<typeof createParameters>,
  run: ConfiguredRun,
): Promise<Given<typeof createParameters>> {
  if (given.from !== undefined) return given;
  const configured = await run.of(undefined);
  run.tell(configured);
  const { productVersion, frameworkHome, database } = configured.settings.system;
  const product = given.product ?? (given.framework === undefined ? productVersion || undefined : undefined);
  const framework = given.framework ?? (product === undefined ? frameworkHome || undefined : undefined);
  // The home of a framework says itself which database it has.
  return { ...given, product, framework, database: product === undefined ? given.database : database };
}

async function make(
  folder: string,
  given: Given<typeof createParameters> & { readonly repositories: readonly RepositorySetting[] },
  begin: Beginning,
  shell: Shell,
): Promise<Sandbox> {
  const { name, vendor, from, product, framework, database, module, repositories } = given;
  const server = given["database-server"];
  if (from !== undefined) {
    if (server !== undefined) {
      throw new UsageError(
        "The database of another sandbox is not copied: --database-server does not go with --from.",
      );
    }
    if (database !== undefined || vendor !== undefined || module.length > 0 || repositories.length > 0) {
      throw new UsageError(
        "A sandbox made from another one is as that one is; only --name goes with --from.",
      );
    }
    const original = await openSandboxArgument(from, shell);
    if (original.description.served) {
      shell.complain("The new sandbox has no database on a server: that of “{folder}” is not copied.", {
        folder: original.folder,
      });
    }
    return cloneSandbox(original, folder, name === undefined ? {} : { name }, worldFor(given, shell), begin);
  }
  await requireFolder(framework, shell);
  // Whoever has named none that there is hears which there are.
  if (server !== undefined) databaseNamed(server, await namedDatabases(given.databases, shell));
  const known = product === undefined ? undefined : readProductArgument(product);
  const spec: SandboxSpec = {
    name,
    vendor,
    framework: known ?? shell.world.paths.resolve(framework!),
    ...{ databaseKind: database, server },
    perlModules: module.length > 0 ? new Map(module.map(readModule)) : undefined,
    repositories,
  };
  return createSandbox(folder, spec, worldFor(given, shell), begin);
}

/** `NAME` or `NAME=VERSION`. */
function readModule(value: string): [string, string] {
  const [name = "", version = ""] = value.split("=");
  return [name, version];
}
