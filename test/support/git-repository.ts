import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { temporaryFolder } from "./temporary-folder.ts";

const hasGit = spawnSync("git", ["--version"]).status === 0;
if (!hasGit) console.log("Left out: tests of histories, because there is no Git on the path.");

/** A test that needs Git: on a machine without it there is none, and one line says so. */
export const testWithGit: (name: string, work: (t: TestContext) => Promise<void>) => void = hasGit
  ? test
  : () => {};

/** The day of the first commit, in seconds since 1970; each commit and tag comes a day later. */
const firstDay = Date.UTC(2024, 0, 1) / 1000;

/** A repository that is made for a test with the real Git, with nothing of whoever runs the test. */
export class GitRepository {
  readonly folder: string;
  #days = 0;

  /** @param place the test, for a folder that goes with it; or the path of one that is there */
  constructor(place: TestContext | string, ...init: readonly string[]) {
    this.folder = typeof place === "string" ? place : temporaryFolder(place);
    this.git("init", "-q", "-b", "main", ...init);
  }

  /** @returns what it prints, without the last line break */
  git(...words: readonly string[]): string {
    const date = `${firstDay + this.#days * 86_400} +0000`;
    const who = {
      GIT_AUTHOR_NAME: "T",
      GIT_AUTHOR_EMAIL: "t@t",
      GIT_COMMITTER_NAME: "T",
      GIT_COMMITTER_EMAIL: "t@t",
    };
    return execFileSync("git", ["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", ...words], {
      cwd: this.folder,
      stdio: "pipe",
      encoding: "utf8",
      env: {
        ...{
          PATH: process.env.PATH,
          HOME: this.folder,
          GIT_CONFIG_GLOBAL: "/dev/null",
          GIT_CONFIG_NOSYSTEM: "1",
        },
        ...{ ...who, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      },
    }).replace(/\n$/, "");
  }

  /** Writes files; undefined for one that goes. */
  write(files: Readonly<Record<string, string | undefined>>): void {
    for (const [path, content] of Object.entries(files)) {
      const place = join(this.folder, path);
      mkdirSync(dirname(place), { recursive: true });
      if (content === undefined) rmSync(place);
      else writeFileSync(place, content);
    }
  }

  /** Commits these files as they are written, and with a tag of its own if there is one. @returns the object name */
  commit(files: Readonly<Record<string, string | undefined>>, tag?: string): string {
    this.write(files);
    this.#days++;
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", `Day ${this.#days}`);
    if (tag !== undefined) this.git("tag", "-a", "-m", tag, tag);
    return this.git("rev-parse", "HEAD");
  }
}

/** A spec of a package with one file. */
export function smallSpec(version: string, { name = "Acme", inside = "" } = {}): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>${name}</Name>
    <Version>${version}</Version>
    <Vendor>Acme</Vendor>
    <URL>https://example.org/</URL>
    <License>GPL</License>
    <Description Lang="en">Acme.</Description>
    <Framework>7.1.x</Framework>
    <Filelist>
        <File Permission="660" Location="Kernel/System/Acme.pm"/>
    </Filelist>
${inside}</otrs_package>
`;
}
