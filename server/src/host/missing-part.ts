/** A file of SOPM itself cannot be read, such as after an update has removed the version that runs. */
export class MissingPart extends Error {
  override readonly name = "MissingPart";
  /** Absolute. */
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    super(`a part of SOPM cannot be read: ${path}`, options);
    this.path = path;
  }
}

/** The file of SOPM itself that an error is about; undefined for other errors. */
export function missingPart(error: unknown): string | undefined {
  if (error instanceof MissingPart) return error.path;
  const { code, message, path } = Object(error) as { code?: string; message: string; path?: string };
  const isModule = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
  return isModule ? (/'([^']+)'/.exec(message)?.[1] ?? path ?? message) : undefined;
}
