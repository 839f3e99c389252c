import type { Paths } from "../../server/src/host/paths.ts";

/** Paths with `/`, as a computer has them that knows no drives. There is no current folder but the root. */
export const posixPaths: Paths = {
  isAbsolute: (path) => path.startsWith("/"),
  join: (...parts) => plain(parts.filter((part) => part !== "").join("/")),
  resolve: (...parts) => plain(`/${parts.slice(parts.findLastIndex(startsAtRoot)).join("/")}`),
  dirname: (path) => path.slice(0, Math.max(path.lastIndexOf("/"), 1)),
  basename: (path) => path.slice(path.lastIndexOf("/") + 1),
  below(folder, path) {
    if (path === folder) return [];
    const start = folder === "/" ? folder : `${folder}/`;
    return path.startsWith(start) ? path.slice(start.length).split("/") : undefined;
  },
  toUri: (path) => `file://${path.split("/").map(encodeURIComponent).join("/")}`,
  // A slash or a NUL within a name is one that no system has a path for.
  fromUri(uri) {
    if (!uri.startsWith("file:///") || /%(?:2f|00)/i.test(uri)) return undefined;
    try {
      return decodeURIComponent(uri.slice("file://".length));
    } catch {
      return undefined;
    }
  },
};

function startsAtRoot(path: string): boolean {
  return path.startsWith("/");
}

function plain(path: string): string {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `${path.startsWith("/") ? "/" : ""}${names.join("/")}`;
}
