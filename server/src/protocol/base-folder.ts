import { request } from "./request.ts";

/**
 * The command of the extension that a fix names: it sets the base folder of a spec in the settings. Its argument is a
 * {@link BaseFolderParams}.
 */
export const setBaseFolderCommand = "sopm.setBaseFolder";

/**
 * Client to server: looks for the files of a spec in another folder as long as the server runs. The result is the
 * setting that would do the same, as JSON.
 */
export const setBaseFolderRequest = request<
  BaseFolderParams,
  { readonly kind: "set"; readonly setting: string }
>("sopm/setBaseFolder");

export interface BaseFolderParams {
  /** Of the spec. */
  readonly uri: string;
  /** Absolute. */
  readonly folder: string;
}
