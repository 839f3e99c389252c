import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { MatrixPath, MatrixResult, MatrixSystem } from "../../../../server/src/protocol/matrix.ts";
import { type VerifyResult, verifyRequest } from "../../../../server/src/protocol/verify.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { offerEngines } from "../../session/engines.ts";
import { runWithProgress } from "../../with-progress.ts";
import type { ChosenDatabase } from "../verify/choose-run.ts";
import type { MeasuredCell } from "./view-messages.ts";

/** One path whose statements were executed. */
export interface MeasuredPath extends MeasuredCell {
  readonly result: Extract<VerifyResult, { readonly kind: "verified" }>;
}

/** What came of it: some paths when it was given up. */
export interface MeasuredPaths {
  readonly paths: readonly MeasuredPath[];
  /** Why it ended before all were tried; undefined where it did not. */
  readonly problem: string | undefined;
}

interface Wanted {
  readonly row: number;
  readonly column: number;
  readonly path: MatrixPath;
  readonly system: MatrixSystem;
}

/** What is executed, and where. */
export interface PathsToVerify {
  readonly matrix: MatrixResult;
  /** The path and the product; undefined for all of them. */
  readonly cell: { readonly row: number; readonly column: number } | undefined;
  readonly database: ChosenDatabase;
  readonly cancellation: vscode.CancellationTokenSource;
}

/** Has the statements of paths executed on a database, one path after the other. */
export async function verifyPaths(
  client: LanguageClient,
  uri: vscode.Uri,
  { matrix, cell, database, cancellation }: PathsToVerify,
): Promise<MeasuredPaths> {
  const wanted = cell ? wantedAt(matrix, cell, database) : allOf(matrix, database);
  const paths: MeasuredPath[] = [];
  let problem: string | undefined;
  await runWithProgress(
    vscode.l10n.t("Executing the statements of the package"),
    async (report, token) => {
      for (const [done, each] of wanted.entries()) {
        report({ message: nameOf(each), increment: done === 0 ? 0 : 100 / wanted.length });
        const result = await verify(client, uri, each, database, token);
        if (result.kind === "failed") problem = [result.message, result.hint].join(" ").trim();
        if (result.kind === "not-installed") offerEngines();
        if (result.kind !== "verified") return;
        paths.push(measuredPath(each, result));
      }
    },
    cancellation,
  );
  return { paths, problem };
}

function verify(
  client: LanguageClient,
  uri: vscode.Uri,
  { path: { start, isStepByStep }, system }: Wanted,
  { name }: ChosenDatabase,
  token: vscode.CancellationToken,
): Promise<VerifyResult> {
  const of = client.code2ProtocolConverter.asUri(uri);
  const isFresh = start === null;
  const params = {
    ...{ uri: of, operations: [isFresh ? ("install" as const) : ("upgrade" as const)] },
    ...(name === undefined ? {} : { database: name }),
    system: { kind: "product", product: system.product } as const,
    ...(isFresh ? {} : { from: { kind: "found", of, version: start, isStepByStep } as const }),
  };
  return ask(client, verifyRequest, params, token);
}

/** The same path in the column of the database that statements are executed on, if there is one. */
function wantedAt(
  matrix: MatrixResult,
  { row, column }: { readonly row: number; readonly column: number },
  { served }: ChosenDatabase,
) {
  const path = matrix.paths[row];
  const product = matrix.systems[column]?.product;
  const own = matrix.systems.findIndex((each) => each.product === product && each.database === served);
  const place = own < 0 ? column : own;
  const system = matrix.systems[place];
  return path && system ? [{ row, column: place, path, system }] : [];
}

function allOf(matrix: MatrixResult, database: ChosenDatabase): readonly Wanted[] {
  const products = new Map(matrix.systems.map(({ product }, column) => [product, column]));
  return matrix.paths.flatMap((_path, row) =>
    [...products.values()].flatMap((column) => wantedAt(matrix, { row, column }, database)),
  );
}

function nameOf({ path, system }: Wanted): string {
  return oneLine(`${path.title}, ${system.product}`);
}

function measuredPath(wanted: Wanted, result: MeasuredPath["result"]): MeasuredPath {
  const isGood = result.verdict.kind === "good";
  const database = oneLine(result.server);
  return {
    ...{ row: wanted.row, column: wanted.column, isGood, result },
    mark: isGood
      ? vscode.l10n.t("✓ executed on {0}", database)
      : vscode.l10n.t("✗ executed on {0}: fails", database),
    sentence: `${isGood ? "✓" : "✗"} ${nameOf(wanted)}: ${oneLine(result.verdict.sentence)}`,
  };
}
