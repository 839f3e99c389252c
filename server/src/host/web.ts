/** The web, of which nothing is asked unless somebody wants it at that moment. */
export interface Web {
  /**
   * Asks a server once. Redirects are not followed.
   *
   * @throws PackageError when there is no answer
   */
  get(request: WebRequest): Promise<WebAnswer>;
  /** What was fetched, for the next time. @throws PackageError when nothing can be kept */
  cache(): Promise<WebCache>;
}

export interface WebRequest {
  /** With `http:` or `https:`, and without name and password. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether this computer itself may be asked, whatever the name of the server turns out to mean. */
  readonly mayBeLocal: boolean;
  /** Absent: the environment says which one is asked, if any. */
  readonly proxy?: EditorProxy | undefined;
  /** Ends the request, and the body that is being read. */
  readonly signal: AbortSignal;
}

/** The proxy that an editor is set up with. */
export interface EditorProxy {
  readonly address: string;
  /** Servers that are asked without it, as `NO_PROXY` has them. */
  readonly exceptFor: readonly string[];
  /** The value of the header `Proxy-Authorization`, a secret; empty for none. */
  readonly authorization: string;
}

export interface WebAnswer {
  readonly status: number;
  /** By its name in lower case; undefined where there is none. */
  readonly header: (name: string) => string | undefined;
  /** Throws PackageError when the connection ends before all is there. Who does not read it to its end closes it. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads no more. */
  readonly close: () => void;
}

/** Files of SOPM's own that are made again when they are lost. Names are file names without folders. */
export interface WebCache {
  /** Undefined when there is none, or none that can be read. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Bytes; undefined when there is none. */
  size(name: string): Promise<number | undefined>;
  /**
   * Writes a file in place of the one that is there. What cannot be read to its end leaves nothing behind.
   *
   * @throws what reading the pieces throws, and PackageError when it cannot be written
   */
  write(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Gives a file another name, replacing what has it. */
  rename(from: string, to: string): Promise<void>;
  /** Where a file lies or would, as an absolute path. */
  path(name: string): string;
}
