import { sandboxServers } from "../../server/src/engine/sandbox-servers.ts";
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { planWhenKnown } from "../../server/src/lifecycle/plan-when-known.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import { createSandbox } from "../../server/src/sandbox/create-sandbox.ts";
import type { DoneOperation, Sandbox, SandboxWorld } from "../../server/src/sandbox/sandbox.ts";
import { packageOf } from "./package-text.ts";
import { testWorld, znuny } from "./sandbox-work.ts";

/** A world with one server, called “here”, and frameworks without tables, which are made at once. */
export function servedWorld(settings: DatabaseSettings): SandboxWorld {
  const server = namedServer(settings, undefined, { answer: 300_000, statement: 300_000 });
  return {
    ...testWorld(),
    knowledgeFor: () => noKnowledge,
    servers: sandboxServers(async (name) => (name === "here" ? server : undefined)),
  };
}

const column = (name: string) => `<Column Name="${name}" Required="false" Type="SMALLINT"/>`;

function acme(version: string) {
  return packageOf({
    version,
    body: `<Framework>7.1.x</Framework>
<DatabaseInstall>
  <TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>${column("a")}</TableCreate>
  <Insert Table="acme"><Data Key="a">1</Data></Insert>
</DatabaseInstall>
<DatabaseUpgrade><TableAlter Name="acme" Version="2.0.0">${column("b").replace("<Column", "<ColumnAdd")}</TableAlter></DatabaseUpgrade>`,
  });
}

/** A sandbox with a package in it that has a table with one row. */
export function servedSandbox(folder: string, world: SandboxWorld): Promise<Sandbox> {
  return createSandbox(folder, { framework: znuny, server: "here" }, world, async (begun) => {
    await begun.apply(await planWhenKnown("install", acme("1.0.0"), await begun.state()));
  });
}

/** Gives the table another column. */
export async function upgradeServed(sandbox: Sandbox): Promise<DoneOperation> {
  const done = await sandbox.apply(await planWhenKnown("upgrade", acme("2.0.0"), await sandbox.state()));
  return done!;
}
