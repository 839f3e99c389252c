import { PackageError } from "./package-error.ts";

/** Whether a text is an address in the web, in contrast to a folder. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * Reads an address that somebody has named or that a repository gives.
 *
 * @throws PackageError when it is none of the web, or has a name or password in it
 */
export function readWebAddress(text: string): URL {
  const url = isWebAddress(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.hostname === "") throw new PackageError("web-address", { url: shownAddress(text) });
  if (url.username !== "" || url.password !== "") {
    throw new PackageError("web-password-in-address", { url: shownAddress(text) });
  }
  url.hash = "";
  return url;
}

/** An address as it is shown: names, passwords and what stands behind a question mark may be secrets. */
export function shownAddress(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:)?(\/\/)[^/?#]*@/i, (_, scheme = "", slashes) => `${scheme}${slashes}`)
    .replace(/\?.*$/s, "?…");
}

/**
 * The address of a file of a repository.
 *
 * @param base of the repository
 * @param file its path, as an index has it
 * @throws PackageError when it leads elsewhere, or the address is none
 */
export function addressBelow(base: string, file: string): URL {
  const root = readWebAddress(base.endsWith("/") ? base : `${base}/`);
  // Frameworks put both together as texts.
  const url = readWebAddress(`${base}/${file}`);
  if (!isBelow(url, root)) throw new PackageError("web-file-elsewhere", { file, url: shownAddress(base) });
  return url;
}

/** Whether an address is another one, or lies below it on the same server. */
export function isBelow(url: URL, base: URL): boolean {
  const folder = base.pathname.endsWith("/") ? base.pathname : `${base.pathname}/`;
  if (url.origin !== base.origin) return false;
  // A server may take these for what they stand for.
  if (/%2f|%5c/i.test(url.pathname.slice(folder.length))) return false;
  return url.pathname === base.pathname || url.pathname.startsWith(folder);
}

/**
 * Where a redirect leads. From `https:` it leads to `https:` only, and from elsewhere never to this computer or to
 * addresses that only the network beside it has.
 *
 * @param location as the server has it
 * @throws PackageError when it is not followed
 */
export function redirectTarget(from: URL, location: string | undefined): URL {
  const refused = (to: string) =>
    new PackageError("web-redirect", { url: shownAddress(from.href), target: shownAddress(to) });
  if (location === undefined || !URL.canParse(location, from.href)) throw refused(location ?? "");
  const to = new URL(location, from);
  const isWeb = to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:");
  if (!isWeb || to.username !== "" || to.password !== "") throw refused(to.href);
  if (isLocalHost(to.hostname) && !isLocalHost(from.hostname)) throw refused(to.href);
  to.hash = "";
  return to;
}

/**
 * Whether a host is this computer by its name or number, or one that only a network of its own knows by number, such
 * as a service of the cloud that it runs in.
 *
 * @param host as an address has it, IPv6 in brackets or without
 */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$|\.$/g, "");
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  if (name.includes(":")) {
    const mapped = /^::ffff:(?:([0-9.]+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/.exec(name);
    if (mapped?.[1]) return isLocalNumber(mapped[1]);
    if (mapped?.[2])
      return isLocalNumber(`${Number.parseInt(mapped[2], 16) >> 8}.${Number.parseInt(mapped[2], 16) & 255}`);
    return name === "::1" || name === "::" || /^fe[89ab]/.test(name);
  }
  return isLocalNumber(name);
}

function isLocalNumber(number: string): boolean {
  return /^(?:0|127)\.[0-9.]*$|^169\.254(?:\.|$)/.test(number);
}
