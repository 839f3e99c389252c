import { request } from "./request.ts";

/** Client to server: the texts for administrators of an open spec or archive. Null for a document that is not open. */
export const introPreviewRequest = request<{ readonly uri: string }, IntroPreviewResult | null>(
  "sopm/introPreview",
);

export interface IntroPreviewResult {
  readonly kind: "intros";
  /** HTML for the body of a page, in the reader's language. What comes from the package is sanitised. */
  readonly html: string;
  /** The style that belongs to it. */
  readonly style: string;
  /** False when the spec cannot be read just now; what was shown before is then worth more than `html`. */
  readonly isReadable: boolean;
}
