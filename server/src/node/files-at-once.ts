import type { Home, HomeFiles } from "../system/home.ts";
import { inTurns } from "./let-others-in.ts";

/** Files that this thread looks at itself, each when it is asked for, for those who wait for them. */
export function filesAtOnce(home: Home): HomeFiles {
  return {
    lookAt: (paths) => inTurns(paths, (path) => home.entry(path)),
    list: async (folder) => home.list(folder),
    isFrameworkFile: (path) => home.isFrameworkFile(path),
  };
}
