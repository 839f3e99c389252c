import { lookup } from "node:dns";
import {
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { PackageError } from "../host/package-error.ts";
import type { Web, WebAnswer, WebRequest } from "../host/web.ts";
import { isLocalHost, shownAddress } from "../host/web-address.ts";
import { version } from "../protocol/version.ts";
import { editorProxyFor, proxyFor } from "./web-proxy.ts";

/** What Node asks of the web, over the proxy of the editor or of the environment. Node itself reads NODE_EXTRA_CA_CERTS. */
export const getOverNode: Web["get"] = async (asked) => {
  const url = new URL(asked.url);
  const address = asked.proxy ? editorProxyFor(url, asked.proxy) : proxyFor(url, process.env);
  const proxy = address && { address, authorization: asked.proxy?.authorization ?? "" };
  try {
    if (!proxy) return answerOf(await send(url, directly(asked), asked), asked);
    if (url.protocol === "http:")
      return answerOf(await send(address, throughProxy(url, proxy), asked), asked);
    const socket = await tunnel(url, proxy, asked);
    return answerOf(await send(url, { agent: false, createConnection: () => socket }, asked), asked);
  } catch (error) {
    throw unreachable(error, asked.url);
  }
};

interface Proxy {
  readonly address: URL;
  /** Empty for none. */
  readonly authorization: string;
}

function directly({ mayBeLocal }: WebRequest): RequestOptions {
  return { agent: false, ...(!mayBeLocal && { lookup: lookupElsewhere }) };
}

/** A proxy is asked for the whole address. */
function throughProxy(url: URL, proxy: Proxy): RequestOptions {
  return { agent: false, path: url.href, headers: { Host: url.host, ...proxyHeaders(proxy) } };
}

function proxyHeaders({ address, authorization }: Proxy): Record<string, string> {
  if (authorization !== "") return { "Proxy-Authorization": authorization };
  const { username, password } = address;
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "Proxy-Authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function requestTo(url: URL, options: RequestOptions): ClientRequest {
  return (url.protocol === "https:" ? requestHttps : requestHttp)(url, options);
}

function send(url: URL, options: RequestOptions, { headers, signal }: WebRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = requestTo(url, {
      ...{ ...options, signal, auth: undefined, maxHeaderSize: 32_768 },
      headers: {
        ...{ Accept: "*/*", "Accept-Encoding": "identity", "User-Agent": `sopm/${version}` },
        ...{ ...options.headers, ...headers },
      },
    });
    request.on("error", reject);
    request.on("response", resolve);
    request.end();
  });
}

/** A way through a proxy to a server that is spoken to in secret. */
function tunnel(url: URL, proxy: Proxy, { signal }: WebRequest): Promise<TLSSocket> {
  const port = url.port || "443";
  return new Promise((resolve, reject) => {
    const request = requestTo(proxy.address, {
      ...{ method: "CONNECT", path: `${url.hostname}:${port}`, agent: false, signal, auth: undefined },
      headers: { Host: `${url.hostname}:${port}`, ...proxyHeaders(proxy) },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      response.destroy();
      reject(refusedByProxy(response.statusCode ?? 0, url));
    });
    request.on("connect", (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        reject(refusedByProxy(response.statusCode ?? 0, url));
        return;
      }
      const host = url.hostname.replace(/^\[|\]$/g, "");
      const secure = connect({ socket, host, ...(isIP(host) === 0 && { servername: host }) });
      secure.on("error", reject);
      secure.on("secureConnect", () => resolve(secure));
    });
    request.end();
  });
}

function refusedByProxy(status: number, { href }: URL): PackageError {
  const url = shownAddress(href);
  if (status === 407) return new PackageError("web-proxy-unauthorized", { url });
  return new PackageError("web-status", { url, status });
}

/** Finds no number of this computer for a name that somebody else has given. */
const lookupElsewhere: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const elsewhere = error ? [] : found.filter(({ address }) => !isLocalHost(address));
    const [first] = elsewhere;
    if (error || !first) done(error ?? Object.assign(new Error("EACCES"), { code: "EACCES" }), "", 0);
    else if (options.all) done(null, elsewhere);
    else done(null, first.address, first.family);
  });
};

function answerOf(response: IncomingMessage, { url }: WebRequest): WebAnswer {
  // Whoever closes it does not hear of its end any more.
  response.on("error", () => undefined);
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: piecesOf(response, url),
    close: () => response.destroy(),
  };
}

async function* piecesOf(response: IncomingMessage, url: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response) yield piece as Uint8Array;
  } catch (error) {
    throw new PackageError("web-cut-off", { url: shownAddress(url) }, { cause: error });
  }
}

/** Codes of Node and OpenSSL that say that a certificate is not good. */
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT/;

function unreachable(error: unknown, href: string): unknown {
  if (error instanceof PackageError) return error;
  const { code, message } = Object(error) as NodeJS.ErrnoException;
  const url = shownAddress(href);
  const isCertificate = code !== undefined && certificateCodes.test(code);
  const reason = code ?? message ?? String(error);
  return new PackageError(
    isCertificate ? "web-certificate" : "web-unreachable",
    { url, reason },
    { cause: error },
  );
}
