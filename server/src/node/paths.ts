import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Paths } from "../host/paths.ts";
import { isInside } from "./is-inside.ts";

export const paths: Paths = {
  ...{ isAbsolute, join, resolve, dirname, basename: (path) => basename(path) },
  below: (folder, path) =>
    isInside(folder, path)
      ? relative(folder, path)
          .split(sep)
          .filter((name) => name !== "")
      : undefined,
  toUri: (path) => pathToFileURL(path).href,
  fromUri(uri) {
    if (!uri.startsWith("file:")) return undefined;
    try {
      const path = fileURLToPath(uri);
      return path.includes("\0") ? undefined : path;
    } catch {
      return undefined;
    }
  },
};
