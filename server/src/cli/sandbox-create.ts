import { resolve } from "node:path";
import { databaseKinds } from "../database/engines.ts";
import { DryRun } from "../engine/dry-run.ts";
import { now } from "../host/node/clock.ts";
import { chosenLanguage } from "../host/node/language.ts";
import {
  type Beginning,
  cloneSandbox,
  createSandbox,
  type SandboxSpec,
} from "../host/node/sandbox/create-sandbox.ts";
import type { Sandbox } from "../host/node/sandbox/sandbox.ts";
import { readProductVersion } from "../system/product-version.ts";
import type { RepositorySetting } from "../system/sandbox-description.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readOptions, requireFolder } from "./options.ts";
import { complain, print } from "./output.ts";
import { readPackageArgument, requirePackageFile } from "./package-argument.ts";
import { openSandboxArgument, sandboxWorld } from "./sandbox-argument.ts";
import { withProgress } from "./sandbox-progress.ts";
import { say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

const options = {
  product: { type: "string" },
  framework: { type: "string" },
  from: { type: "string" },
  database: { type: "string" },
  name: { type: "string" },
  vendor: { type: "string" },
  module: { type: "string", multiple: true },
  repository: { type: "string", multiple: true },
} as const;

/** `sopm sandbox create`: makes a sandbox and installs archives in it. */
export async function sandboxCreate(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, options);
  const [folder, ...packages] = positionals;
  if (folder === undefined) throw new UsageError("There is no folder to make a sandbox in.");
  const origins = [values.product, values.framework, values.from].filter((each) => each !== undefined);
  if (origins.length !== 1) {
    throw new UsageError(
      "Say what the sandbox stands for: --product “Znuny 7.1.3”, --framework with the home of one, or --from another sandbox.",
    );
  }
  for (const path of packages) await requirePackageFile(path);
  for (const path of values.repository ?? []) await requireFolder(path);
  let isRefused = false;
  const sandbox = await make(resolve(folder), values, async (begun) => {
    for (const path of packages) {
      isRefused = !(await install(begun, path));
      if (isRefused) return;
    }
  });
  if (isRefused) return 1;
  const { product, version } = sandbox.description;
  const made = { folder: sandbox.folder, product: `${product} ${version}` };
  print(`${say({ text: "{folder}: a sandbox that stands for {product}.", values: made })}\n`);
  return 0;
}

type Values = ReturnType<typeof readOptions<typeof options>>["values"];

async function make(folder: string, values: Values, begin: Beginning): Promise<Sandbox> {
  const { name, vendor, from, product, framework } = values;
  if (from !== undefined) {
    if (values.database ?? values.module ?? values.repository ?? vendor) {
      throw new UsageError(
        "A sandbox made from another one is as that one is; only --name goes with --from.",
      );
    }
    return cloneSandbox(
      await openSandboxArgument(from),
      folder,
      name === undefined ? {} : { name },
      sandboxWorld,
      begin,
    );
  }
  await requireFolder(framework);
  const known = product === undefined ? undefined : readProductVersion(product);
  if (product !== undefined && !known) {
    throw new UsageError("“{value}” is no product that SOPM knows; write it as “Znuny 7.1.3”.", {
      value: product,
    });
  }
  const spec: SandboxSpec = {
    name,
    vendor,
    framework: known ?? resolve(framework!),
    databaseKind:
      values.database === undefined ? undefined : oneOf("--database", values.database, databaseKinds),
    perlModules: values.module && new Map(values.module.map(readModule)),
    repositories: values.repository?.map(toRepository),
  };
  return createSandbox(folder, spec, sandboxWorld, begin);
}

/** `NAME` or `NAME=VERSION`. */
function readModule(value: string): [string, string] {
  const [name = "", version = ""] = value.split("=");
  return [name, version];
}

function toRepository(location: string): RepositorySetting {
  return { name: location, location: resolve(location), vendor: undefined, root: false };
}

async function install(sandbox: Sandbox, path: string): Promise<boolean> {
  const system = await sandbox.state();
  const { contents, specText } = await readPackageArgument(path, system.framework.dialect);
  const { plan } = new DryRun({
    ...{ operation: "install", contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { now: now() },
    language: chosenLanguage(),
  });
  if (plan.verdict === "success") {
    await withProgress((work) => sandbox.apply(plan, work));
    return true;
  }
  const reason = plan.refusals.map((refusal) => say(refusal)).join(" ");
  complain("“{path}” is not installed: {reason}", { path, reason });
  return false;
}
