// `npm run test:desktop`
import { runDesktopTests } from "./desktop.ts";
import { countEvents } from "./run.ts";

const { passed, failed, skipped } = countEvents(await runDesktopTests());
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
