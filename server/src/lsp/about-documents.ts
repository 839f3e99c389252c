import {
  type CancellationToken,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
} from "vscode-languageserver";

interface AboutDocument {
  readonly textDocument: TextDocumentIdentifier;
}

type Answer<P, R> = (
  params: P,
  cancellation: CancellationToken,
) => Promise<R | null | ResponseError<undefined>>;

/**
 * Makes the answer to a question about a document of a function that is given the document. A document that is not
 * open has none, and for a question that the editor has withdrawn nothing is done.
 */
export function aboutDocuments<Document>(documentOf: (uri: string) => Document | undefined) {
  return <P extends AboutDocument, R>(
    answer: (document: Document, params: P) => R | null | Promise<R | null>,
  ): Answer<P, R> =>
    async (params, cancellation) => {
      if (cancellation.isCancellationRequested) return withdrawn();
      const document = documentOf(params.textDocument.uri);
      const answered = document ? await answer(document, params) : null;
      return cancellation.isCancellationRequested ? withdrawn() : answered;
    };
}

/** The answer to a question that the editor does not ask any more. */
export function withdrawn(): ResponseError<undefined> {
  return new ResponseError<undefined>(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}
