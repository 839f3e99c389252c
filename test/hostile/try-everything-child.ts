import { tryEverything } from "../support/try-everything.ts";

// usage: node program.cjs FOLDER; prints how each thing ended
tryEverything(process.argv[2]!).then(
  (ends) => process.stdout.write(JSON.stringify(ends)),
  (error: Error) => process.stderr.write(String(error.stack)),
);
