/** Serves over HTTP, to this computer only. */
export interface WebServers {
  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free
   * @throws PackageError when it cannot listen there
   */
  listen(port: number, answer: (asked: AskedOf) => Promise<GivenAnswer>): Promise<RunningServer>;
}

export interface AskedOf {
  readonly method: string;
  /** As it stands in the request, such as "/otrs.xml". */
  readonly target: string;
  /** By its name in lower case. */
  readonly header: (name: string) => string | undefined;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Not read for HEAD; undefined for none. Its length stands in the headers. */
  readonly body?: AsyncIterable<Uint8Array> | undefined;
}

export interface RunningServer {
  readonly port: number;
  /** Ends the connections as well. */
  stop(): Promise<void>;
}
