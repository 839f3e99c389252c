import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** The licence texts of the packages that these files belong to, as these licences ask for. */
export function licensesOf(files) {
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const { name: packageName, license, repository: source } = about;
      const text = name ? readFileSync(join(folder, name), "utf8").trim() : `Licence: ${license}`;
      const address = (source?.url ?? source ?? "").replace(/^git\+/, "");
      const available = address === "" ? "" : `Source code: ${address}, under ${license}\n\n`;
      return `${packageName ?? basename(folder)}\n\n${available}${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
