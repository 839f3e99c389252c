import type { EditorProxy } from "../host/web.ts";
import { isLocalHost } from "../host/web-address.ts";

/**
 * The proxy that the environment names for an address, as most programs read it: `HTTPS_PROXY` and `HTTP_PROXY`, in small
 * letters as well, which come first.
 *
 * @returns undefined when the server is asked itself, as for a proxy that is no address
 */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const variable = (name: string) => environment[name.toLowerCase()] || environment[name];
  const named = variable(url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY") || variable("ALL_PROXY");
  if (!named || isExempt(url, variable("NO_PROXY") ?? "")) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`;
  if (!URL.canParse(address)) return undefined;
  const proxy = new URL(address);
  return proxy.protocol === "http:" || proxy.protocol === "https:" ? proxy : undefined;
}

/** The proxy of an editor for an address. This computer itself is asked without it, as editors do. */
export function editorProxyFor(url: URL, { address, exceptFor }: EditorProxy): URL | undefined {
  if (isLocalHost(url.hostname)) return undefined;
  return proxyFor(url, { ALL_PROXY: address, NO_PROXY: exceptFor.join(",") });
}

/** Whether a list such as `localhost,.example.com,10.0.0.1:8080` or `*` names the server. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const actualPort = port || (protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === "") return false;
      if (entry === "*") return true;
      const [, name = "", wanted] =
        /^\[?(.*?)\]?(?::(\d+))?$/.exec(isBareNumber(entry) ? `[${entry}]` : entry) ?? [];
      if (wanted !== undefined && wanted !== actualPort) return false;
      const domain = name.replace(/^\*?\./, "");
      return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
    });
}

/** A number of IPv6 without brackets, whose colons lead to no port. */
function isBareNumber(entry: string): boolean {
  return /:.*:/.test(entry) && !entry.startsWith("[");
}
