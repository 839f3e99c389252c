import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hostilePackage } from "../support/hostile-package.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const long = "Acme, and more of it.\n".repeat(60);

function file(location: string, content: string): string {
  return `<File Location="${location}" Permission="644" Encode="Base64">${Buffer.from(content).toString("base64")}</File>`;
}

const first = file("Kernel/First.pm", "first");
const second = file("Kernel/Second.pm", long);

interface Extracted {
  readonly code: number | null;
  readonly stderr: string;
  /** Contents by path. */
  readonly written: Readonly<Record<string, string>>;
  /** What lies beside the folder that is written into. */
  readonly beside: readonly string[];
}

async function extracted(
  t: TestContext,
  archive: string | Uint8Array,
  ...words: readonly string[]
): Promise<Extracted> {
  const folder = temporaryFolder(t);
  const path = join(folder, "Acme.opm");
  writeFileSync(path, archive);
  const out = join(folder, "out");
  const { code, stderr } = await runHere(["extract", path, "--output", out, ...words]);
  const beside = readdirSync(folder).sort();
  const paths = beside.includes("out") ? readdirSync(out, { recursive: true, withFileTypes: true }) : [];
  const written = paths
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .map((each) => [each.slice(out.length + 1), readFileSync(each, "utf8")] as const);
  return { code, stderr, written: Object.fromEntries(written), beside };
}

const whole = hostilePackage(
  `<Filelist>\n${first}\n${second}\n${file("Kernel/Third.pm", long)}\n</Filelist>`,
);
const both = { "Kernel/First.pm": "first", "Kernel/Second.pm": long };

/** Where an archive is cut off, with what is said of the file that was lost. */
const cuts: Readonly<Record<string, readonly [string, RegExp | undefined]>> = {
  "in a content": [whole.slice(0, whole.lastIndexOf("</File>") - 100), /“Kernel\/Third\.pm” is not written/],
  "in an end tag": [whole.slice(0, whole.lastIndexOf("</File>") + 3), /“Kernel\/Third\.pm” is not written/],
  "in a start tag": [
    whole.slice(0, whole.indexOf(" Permission", whole.indexOf("Third"))),
    /“Kernel\/Third\.pm” is not written/,
  ],
  "in a location": [whole.slice(0, whole.indexOf("Third")), undefined],
  "between two files": [whole.slice(0, whole.indexOf("</File>", whole.indexOf("Second")) + 7), undefined],
};
for (const [place, [archive, lost]] of Object.entries(cuts)) {
  test(`of an archive that is cut off ${place}, the files before are extracted`, async (t) => {
    const { code, stderr, written, beside } = await extracted(t, archive);
    assert.equal(code, 1);
    assert.deepEqual(written, both);
    assert.deepEqual(beside, ["Acme.opm", "out"]);
    assert.match(stderr, /Acme\.opm” ends in line \d+ in the middle\. .*what stood behind that line is lost/);
    if (lost) assert.match(stderr, lost);
  });
}

test("the line in which an archive ends is its own, though contents are not looked at", async (t) => {
  const wrapped = Buffer.from(long).toString("base64").replace(/.{76}/g, "$&\n");
  const text = hostilePackage(
    `<Filelist><File Location="a" Permission="644" Encode="Base64">${wrapped}</File>\n${first}`,
  ).replace(/\n<\/otrs_package>$/, "");
  const { stderr, written } = await extracted(t, text);
  assert.deepEqual(written, { a: long, "Kernel/First.pm": "first" });
  assert.ok(stderr.includes(` ends in line ${text.split("\n").length} `), stderr);
});

const faults: Readonly<Record<string, string>> = {
  "behind the files": `<Filelist>${first}${second}</Filelist><CodeInstall>1 < 2 && 3</CodeInstall>`,
  "before the files": `<Description Lang="en">A & B < C</Description><Filelist>${first}${second}</Filelist>`,
  "between the files": `<Filelist>${first}</Fil>${second}</Filelist>`,
  "in an element that nothing closes": `<CodeInstall><Filelist>${first}${second}</Filelist>`,
};
for (const [place, body] of Object.entries(faults)) {
  test(`of an archive with bad XML ${place}, all files are extracted`, async (t) => {
    const { code, stderr, written } = await extracted(t, hostilePackage(body));
    assert.equal(code, 1);
    assert.deepEqual(written, both);
    assert.match(stderr, /Acme\.opm” is not well-formed; the first fault is in line \d+\./);
  });
}

test("a file that is not well-formed itself is left out, with its line", async (t) => {
  const body = `<Filelist>\n${first}\n<File Location="bad" Permission=644 Encode="Base64">QQ==</File>\n${second}\n<File Permission="644" Permission="">QQ==</File></Filelist>`;
  const { code, stderr, written } = await extracted(t, hostilePackage(body));
  assert.equal(code, 1);
  assert.deepEqual(written, both);
  assert.match(stderr, /“bad” is not written\. It is not well-formed, and begins in line 5\./);
  assert.match(
    stderr,
    /A file without Location is not written\. It is not well-formed, and begins in line 7\./,
  );
});

test("of an archive that is no UTF-8, the files without such bytes are extracted", async (t) => {
  const body = `<Description Lang="en">\u00e4</Description><Filelist>${first}${second}${file("\u00e4", "a")}</Filelist>`;
  const { code, stderr, written } = await extracted(t, Buffer.from(hostilePackage(body), "latin1"));
  assert.equal(code, 1);
  assert.deepEqual(written, both);
  assert.match(stderr, /Acme\.opm” is no UTF-8; the first bytes that are none are in line 3\./);
  assert.match(
    stderr,
    /“\ufffd” is not written\. There are bytes in it that are no UTF-8, and it begins in line 3\./,
  );
});

test("the spec of an archive that is not well-formed is not made", async (t) => {
  const { code, stderr, written } = await extracted(t, cuts["in a content"]![0], "--as-source");
  assert.equal(code, 1);
  assert.deepEqual(written, both);
  assert.match(stderr, /The spec is not written/);
});

test("what an archive that is not well-formed has outside stays outside", async (t) => {
  const locations = ["../out.txt", "/tmp/out.txt", ".git/hooks/post-checkout"];
  const body = `<Filelist>${locations.map((each) => file(each, "a")).join("")}${first}`;
  const { code, written, beside, stderr } = await extracted(t, hostilePackage(body));
  assert.equal(code, 1);
  assert.deepEqual(beside, ["Acme.opm", "out"]);
  const { "tmp/out.txt": _, ...others } = written;
  assert.deepEqual(others, { "Kernel/First.pm": "first" });
  assert.match(stderr, /“\.\.\/out\.txt” is not written/);
});

test("an archive of broken elements in one another is looked through in time", async (t) => {
  const nested = Array.from({ length: 250 }, (_, index) => `<File Location="${index}">`).join("");
  const body = `<Filelist>${first}${nested}${"<File>".repeat(20_000)}${"x & ".repeat(500_000)}`;
  const { code, written } = await extracted(t, hostilePackage(body));
  assert.equal(code, 1);
  assert.deepEqual(written, { "Kernel/First.pm": "first" });
});

/** Contents, with what the frameworks decode of them. */
const damaged: Readonly<Record<string, readonly [string, string]>> = {
  "a character that is none": ["QUF*BQQ==", "AAAA"],
  "characters behind the end": ["QUE=QUFB", "AA"],
  "one character too many": ["QUFBQ", "AAA"],
  "one character too many in a long content": [`${"QUFB".repeat(200)}Q`, "AAA".repeat(200)],
  "characters behind the end of a long content": [
    `${"QUFB".repeat(200)}QUE=\nQUFB`,
    `${"AAA".repeat(200)}AA`,
  ],
};
for (const [fault, [content, decoded]] of Object.entries(damaged)) {
  test(`a content in Base64 with ${fault} is extracted as it is installed, and told`, async (t) => {
    const bad = `<File Location="bad" Permission="644" Encode="Base64">${content}</File>`;
    const { code, stderr, written } = await extracted(
      t,
      hostilePackage(`<Filelist>${first}${bad}${second}</Filelist>`),
    );
    assert.equal(code, 1);
    assert.deepEqual(written, { ...both, bad: decoded });
    assert.match(stderr, /The content of “bad” is damaged/);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
}

for (const content of [
  "",
  "0",
  "\n QUFB\r\n\tQUE= \n",
  "QUFBQQ",
  "<![CDATA[QUFB]]>",
  `${"QUFB".repeat(200)}QQ`,
]) {
  test(`nothing is wrong with the content ${JSON.stringify(content.slice(0, 20))}`, async (t) => {
    const good = `<File Location="good" Permission="644" Encode="Base64">${content}</File>`;
    const { code, stderr } = await extracted(t, hostilePackage(`<Filelist>${good}</Filelist>`));
    assert.equal(stderr, "");
    assert.equal(code, 0);
  });
}

test("a file without Location is told, and of two in one place the last is extracted", async (t) => {
  const body = `<Filelist><File Permission="644">a</File>${file("Kernel/First.pm", "earlier")}${first}${second}</Filelist>`;
  const { code, stderr, written } = await extracted(t, hostilePackage(body));
  assert.equal(code, 1);
  assert.deepEqual(written, both);
  assert.match(stderr, /A file without Location is not written\. No framework installs one without\./);
  assert.match(stderr, /“Kernel\/First\.pm” is not written\. The archive has another file in the same place/);
});

/** An archive that is not whole: name, first and last file are. */
const broken = hostilePackage(
  `<URL>R & D</URL><Filelist>\n${first}\n<File Location="bad" Permission=644 Encode="Base64">QQ==</File>\n${second}</Filelist>`,
);

test("show tells what is whole of an archive, and where it breaks", async (t) => {
  const path = join(temporaryFolder(t), "Acme.opm");
  writeFileSync(path, broken);
  const { code, stdout, stderr } = await runHere(["show", path]);
  assert.equal(code, 1);
  assert.match(stdout, /^Acme 1\.0\.0\n/);
  assert.match(stdout, /Kernel\/First\.pm[\s\S]*Kernel\/Second\.pm/);
  assert.doesNotMatch(stdout, /bad|R & D/);
  const line = broken.split("\n").findIndex((each) => each.includes("R & D")) + 1;
  const told = stderr.trim().split("\n");
  assert.equal(told.length, 3, stderr);
  assert.match(told[0]!, new RegExp(`Acme\\.opm” is not well-formed; the first fault is in line ${line}\\.`));
  assert.match(told[1]!, new RegExp(`<URL> is left out\\. .*begins in line ${line}\\.`));
  assert.match(told[2]!, new RegExp(`“bad” is left out\\. .*begins in line ${line + 2}\\.`));

  const json = JSON.parse((await runHere(["show", path, "--format", "json"])).stdout);
  assert.equal(json.name, "Acme");
  assert.equal(json.spec, null);
  assert.deepEqual(json.fault, { kind: "malformed", line });
  assert.deepEqual(
    json.lost.map(({ element, location }: Record<string, string>) => element ?? location),
    ["URL", "bad"],
  );
  const one = await runHere(["show", path, "--file", "Kernel/Second.pm"]);
  assert.equal(one.stdout, long);
  assert.equal(one.code, 1);
  assert.equal((await runHere(["show", path, "--file", "bad"])).stdout, "");
  const spec = await runHere(["show", path, "--spec"]);
  assert.deepEqual([spec.code, spec.stdout], [1, ""]);
  assert.match(spec.stderr, /The spec is not shown/);
});

test("what is whole of an archive is compared, with where it breaks", async (t) => {
  const folder = temporaryFolder(t, { "a.opm": broken, "b.opm": broken, "c.opm": whole });
  const [a, b, c] = ["a.opm", "b.opm", "c.opm"].map((name) => join(folder, name));
  const same = await runHere(["diff", a!, b!]);
  assert.equal(same.code, 0);
  assert.match(same.stdout, /a\.opm” is not well-formed[\s\S]*b\.opm” is not well-formed/);
  const { code, stdout } = await runHere(["diff", c!, a!]);
  assert.equal(code, 1);
  assert.match(stdout, /\+ .*: the archive of Acme 1\.0\.0\n {4}“.*a\.opm” is not well-formed; .*\n/);
  assert.match(stdout, /“bad” is left out/);
  assert.match(stdout, /- Kernel\/Third\.pm/);
  assert.doesNotMatch(stdout, /[-+~] Kernel\/(?:First|Second)/);
  assert.match(stdout, /At least one of them is not well-formed/);
  const json = JSON.parse((await runHere(["diff", c!, a!, "--format", "json"])).stdout);
  assert.deepEqual(json.before.damage, []);
  assert.match(json.after.damage[0], /is not well-formed/);
});
