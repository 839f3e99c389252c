/** Writes an archive in a process of its own. Usage: node slow-build.ts BASE LOCATION TARGET */

import { PackageError } from "../../server/src/host/package-error.ts";
import { writeArchive } from "../../server/src/node/archive-writer.ts";
import { filePart } from "../support/archive-text.ts";

const [baseFolder, location, target] = process.argv.slice(2) as [string, string, string];
writeArchive([filePart(location)], target, { baseFolder, allowSymlinks: false }).then(
  ({ size }) => console.log(`written ${size}`),
  (error: unknown) => console.log(error instanceof PackageError ? error.code : String(error)),
);
