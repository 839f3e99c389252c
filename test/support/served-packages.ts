import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { goodPackage, goodSpec } from "./cli-package.ts";
import { testServer } from "./hostile-server.ts";
import { runHere } from "./run-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function spec(name: string, version: string, more = ""): string {
  return goodSpec
    .replace("<Name>Acme<", `<Name>${name}<`)
    .replace("<Version>1.0.0", `<Version>${version}`)
    .replace("    <Vendor>", `${more}    <Vendor>`)
    .replace("Acme.pm", `${name}.pm`);
}

/** A server with Base 1.0.0, and Top 1.0.0 and 1.1.0, which require it. What is fetched is kept in the folder of the test. */
export async function servedPackages(t: TestContext) {
  const required = '    <PackageRequired Version="1.0.0">Base</PackageRequired>\n';
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "Base.sopm": spec("Base", "1.0.0"),
    "Kernel/System/Base.pm": "package Kernel::System::Base;\n1;\n",
    "Top.sopm": spec("Top", "1.0.0", required),
    "Top2.sopm": spec("Top", "1.1.0", required),
    "Kernel/System/Top.pm": "package Kernel::System::Top;\n1;\n",
  });
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  t.after(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  });
  const repository = join(folder, "offers");
  mkdirSync(repository);
  for (const name of ["Base", "Top", "Top2"]) {
    const { code, stderr } = await runHere([
      "build",
      "--no-simulation",
      "--output",
      repository,
      join(folder, `${name}.sopm`),
    ]);
    assert.equal(code, 0, stderr);
  }
  const index = (await runHere(["index", repository])).stdout;
  const routes: Parameters<typeof testServer>[1] = {
    "/offers/otrs.xml": (_, response) => response.end(index),
  };
  for (const name of ["Base-1.0.0.opm", "Top-1.0.0.opm", "Top-1.1.0.opm"])
    routes[`/offers/${name}`] = (_, response) => response.end(readFileSync(join(repository, name)));
  const server = await testServer(t, routes);
  return { folder, repository, index, server, routes, url: `${server.url}/offers` };
}
