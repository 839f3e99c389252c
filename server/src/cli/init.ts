import { type NewFile, newPackage } from "../engine/new-package/new-package.ts";
import type { PackageWishes } from "../engine/new-package/wishes.ts";
import { objectionToFolder, writeNewPackage } from "../engine/new-package/write-new-package.ts";
import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import { packageParts } from "../protocol/new-package.ts";
import type { ExitCode, Given } from "./command.ts";
import { oneOf } from "./one-of.ts";
import { printResult } from "./print-result.ts";
import { readProductArgument } from "./product-argument.ts";
import type { initParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm init`: makes a new package, or lists what it would be. */
export async function init(given: Given<typeof initParameters>, shell: Shell): Promise<ExitCode> {
  const metadata = given["from-json"];
  if (metadata !== undefined)
    return (await import("./init-from-json.ts")).initFromJson(given, metadata, shell);
  const { world, complain } = shell;
  const plan = newPackage(wishesOf(given), world.clock.now(), world.knowledge.knowledgeFor);
  if (plan.kind === "objection") throw new UsageError(plan.reason.text, plan.reason.values);
  const folder = world.paths.resolve(given.folder);
  try {
    const write = given.yes ? writeNewPackage : objectionToFolder;
    const objection = await write(plan.files, folder, world);
    if (objection) {
      complain(objection);
      return 1;
    }
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    complain("“{path}” cannot be written: {reason}.", { path: folder, reason });
    return 1;
  }
  tell(plan.files, folder, given, shell);
  return 0;
}

/** @throws UsageError when something that has to be said is not */
function wishesOf(given: Given<typeof initParameters>): PackageWishes {
  const { name, vendor, url, license } = given;
  if (name === undefined) throw new UsageError("Say with --name how the package is called.");
  if (given.product.length === 0) {
    throw new UsageError("Say with --product what the package is for, such as “Znuny 7.1”.");
  }
  if (vendor === undefined) throw new UsageError("Say with --vendor who makes the package.");
  const parts = given.with.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
  return {
    ...{ name, vendor, url, license },
    products: given.product.map(readProductArgument),
    parts: new Set(parts.map((each) => oneOf("--with", each, packageParts))),
  };
}

function tell(
  files: readonly NewFile[],
  folder: string,
  { yes, format, url }: Given<typeof initParameters>,
  shell: Shell,
): void {
  const { lineOf } = shell;
  const paths = files.map(({ path }) => path);
  const spec = shell.world.paths.join(folder, paths[0]!);
  const first = yes
    ? { text: "{folder}: a new package of {count} files.", values: { folder, count: paths.length } }
    : {
        text: "{folder}: nothing is written yet. With --yes these {count} files are.",
        values: { folder, count: paths.length },
      };
  const next = [
    ...(url === undefined ? [{ text: "Its URL leads nowhere; put in your own." }] : []),
    { text: "Then say in Description what it is for. “sopm lint” checks it, “sopm build” builds it." },
  ];
  printResult(shell, format, {
    data: { folder, spec, files: paths, isWritten: yes },
    text: [
      lineOf(first),
      ...paths.map((path) => `  ${path}`),
      ...(yes ? next.map((each) => lineOf(each)) : []),
      "",
    ].join("\n"),
  });
}
