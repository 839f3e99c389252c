import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { familyOf, rootNames } from "../../server/src/dialect/dialect.ts";
import { dialectIn, type Release } from "../../server/src/dialect/switches.ts";
import { archiveContents } from "./memory-system.ts";

/** The oldest release of which anything is known. */
export const otrs31 = { dialect: "otrs-legacy", version: "3.1.0" } as const satisfies Release;

export interface PackageText {
  readonly name?: string;
  readonly version?: string;
  /** Elements between the metadata and the files. */
  readonly body?: string;
  /** Location -> content, or attributes written out. Contents are texts. */
  readonly files?: Readonly<Record<string, string>>;
  readonly dialect?: Release;
}

/** An archive as text: name, version, vendor, framework, and what a test adds. */
export function packageText({
  name = "Acme",
  version = "1.0.0",
  body = "",
  files = {},
  dialect = "znuny-7",
}: PackageText): string {
  const root = rootNames[familyOf(dialectIn(dialect))];
  const list = Object.entries(files).map(
    ([location, content]) =>
      `<File Location="${location}" Permission="644" Encode="Base64">${Buffer.from(content).toString("base64")}</File>`,
  );
  const fileList = list.length === 0 ? "" : `<Filelist>${list.join("")}</Filelist>`;
  return `<?xml version="1.0" encoding="utf-8" ?><${root} version="1.1"><Name>${name}</Name><Version>${version}</Version><Vendor>Acme Inc.</Vendor>${body}${fileList}</${root}>`;
}

/** The same, read. */
export function packageOf(text: PackageText): PackageContents {
  return archiveContents(packageText(text), text.dialect ?? "znuny-7");
}
