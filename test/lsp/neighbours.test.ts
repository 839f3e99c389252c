import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { nodeWorld } from "../../server/src/node/world.ts";
import { filesOf } from "../support/bare-world.ts";
import { packageText } from "../support/known-packages.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";

const icon = "var/httpd/htdocs/icon.png";
const one = "file:///one/One.sopm";
const two = "file:///two/Two.sopm";
const textOne = packageText("One", "1.0.0", { files: [icon, "Kernel/System/One.pm"] });
const textTwo = packageText("Two", "1.0.0", { files: [icon, "Kernel/System/Two.pm"] });
const owned = "file-owned-by-other";
const bothFolders = {
  workspaceFolders: [
    { uri: "file:///one", name: "one" },
    { uri: "file:///two", name: "two" },
  ],
};

/** Timers of a server keep no process alive; its connection does, which is only memory here. */
function keepAlive(context: TestContext): void {
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
}

function disk(files: Readonly<Record<string, string>> = {}): MemoryWorkspace {
  return new MemoryWorkspace({
    "/one/One.sopm": textOne,
    "/two/Two.sopm": textTwo,
    ...Object.fromEntries(["/one", "/two"].map((folder) => [`${folder}/${icon}`, "x"])),
    ...files,
  });
}

const isOwned = (server: TalkingServer, uri: string) => server.published(uri)?.includes(owned) === true;

async function type(server: TalkingServer, uri: string, version: number, text: string): Promise<void> {
  await server.client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });
}

test("two closed packages with one file in two folders are found fault with, each with the place in the other", async (t) => {
  keepAlive(t);
  const server = await serverInProcess(t, memoryWorld(filesOf(disk())), bothFolders);
  await server.until(() => isOwned(server, one) && isOwned(server, two));
  const found = server.last(one)?.diagnostics.find(({ code }) => code === owned);
  assert.deepEqual(
    found?.relatedInformation?.map(({ location, message }) => [location.uri, message]),
    [[two, `Two lists “${icon}” here.`]],
  );
});

test("a closed package hears of a file that is typed into an open one, and that it is gone again", async (t) => {
  keepAlive(t);
  const without = textTwo.replace(icon, "var/httpd/htdocs/other.png");
  const server = await serverInProcess(
    t,
    memoryWorld(filesOf(disk({ "/two/Two.sopm": without }))),
    bothFolders,
  );
  await server.open(two, without);
  await server.until(() => server.published(one) !== undefined && server.published(two) !== undefined);
  assert.ok(!isOwned(server, one) && !isOwned(server, two));
  await type(server, two, 2, textTwo);
  await server.until(() => isOwned(server, one) && isOwned(server, two));
  await type(server, two, 3, without);
  await server.until(() => !isOwned(server, one) && !isOwned(server, two));
});

test("two open packages hear of each other, and of the disk again when one is closed", async (t) => {
  keepAlive(t);
  const without = textTwo.replace(icon, "var/httpd/htdocs/other.png");
  const server = await serverInProcess(
    t,
    memoryWorld(filesOf(disk({ "/two/Two.sopm": without }))),
    bothFolders,
  );
  await server.open(one, textOne);
  await server.open(two, textTwo);
  await server.until(() => isOwned(server, one) && isOwned(server, two));
  await server.client.sendNotification("textDocument/didClose", { textDocument: { uri: two } });
  await server.until(() => !isOwned(server, one) && !isOwned(server, two));
});

test("what the settings name is known, and forgotten when they name it no more", async (t) => {
  keepAlive(t);
  const index =
    "<otrs_package_list><Package><Name>Core</Name><Version>1.0.0</Version><Framework>7.1.x</Framework></Package></otrs_package_list>";
  const needing = packageText("One", "1.0.0", {
    more: '<PackageRequired Version="2.0.0">Core</PackageRequired>',
  });
  let named: readonly string[] = ["../repository"];
  const server = await serverInProcess(
    t,
    memoryWorld(filesOf(new MemoryWorkspace({ "/one/One.sopm": needing, "/repository/otrs.xml": index }))),
    { workspaceFolders: [{ uri: "file:///one", name: "one" }] },
    {
      get knownPackages() {
        return named;
      },
    },
  );
  await server.open(one, needing);
  await server.until(() => server.published(one)?.includes("package-required-too-new") === true);
  named = [];
  await server.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await server.until(() => server.published(one)?.includes("package-required-too-new") === false);
});

test("an archive beside a spec is known, whatever is in it", async (t) => {
  keepAlive(t);
  const archive = textOne.replace("<Filelist>", `<Filelist><File Location="${icon}" Encode="Base64">`);
  const server = await serverInProcess(
    t,
    memoryWorld(
      filesOf(
        disk({
          "/one/One.sopm": "",
          "/two/One-1.0.0.opm": archive.replace(
            'Encode="Base64">',
            `Encode="Base64">${"QUJD\n".repeat(5_000)}</File>`,
          ),
          "/two/Cut-1.0.0.opm": archive.slice(0, 200),
          "/two/Empty-1.0.0.opm": "",
          "/two/Bomb-1.0.0.opm": `<!DOCTYPE a [<!ENTITY b "${"x".repeat(1_000)}">]><a>${"&b;".repeat(10_000)}</a>`,
        }),
      ),
    ),
    { workspaceFolders: [{ uri: "file:///two", name: "two" }] },
  );
  await server.until(() => isOwned(server, two));
  const found = server.last(two)?.diagnostics.find(({ code }) => code === owned);
  assert.equal(found?.relatedInformation?.[0]?.location.uri, "file:///two/One-1.0.0.opm");
});

test("packages that name a table hear that another one makes it no more, open and closed", async (t) => {
  keepAlive(t);
  const column = '<Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/>';
  const making = (table: string) =>
    textOne.replace(
      "</otrs_package>",
      `<DatabaseInstall><TableCreate Name="${table}">${column}</TableCreate></DatabaseInstall></otrs_package>`,
    );
  const key = `<ForeignKey ForeignTable="one_contract"><Reference Local="id" Foreign="id"/></ForeignKey>`;
  const naming = (text: string, table: string) =>
    text.replace(
      "</otrs_package>",
      `<DatabaseInstall><TableCreate Name="${table}">${column}${key}</TableCreate></DatabaseInstall></otrs_package>`,
    );
  const three = "file:///two/Three.sopm";
  const textThree = naming(packageText("Three", "1.0.0"), "three_line");
  const server = await serverInProcess(
    t,
    memoryWorld({
      // Whether the framework has a table must be known.
      knowledge: nodeWorld().knowledge,
      ...filesOf(
        disk({
          "/one/One.sopm": making("one_contract"),
          "/two/Two.sopm": naming(textTwo, "two_line"),
          "/two/Three.sopm": textThree,
        }),
      ),
    }),
    bothFolders,
  );
  const says = (uri: string, what: RegExp) =>
    server
      .last(uri)
      ?.diagnostics.some(({ code, message }) => code === "fk-table-unknown" && what.test(String(message))) ===
    true;
  await server.open(one, making("one_contract"));
  await server.open(three, textThree);
  await server.until(() => says(two, /One is missing/) && says(three, /One is missing/));
  await type(server, one, 2, making("one_agreement"));
  await server.until(() => says(two, /neither/) && says(three, /neither/));
  await type(server, one, 3, making("one_contract"));
  await server.until(() => says(two, /One is missing/) && says(three, /One is missing/));
});
