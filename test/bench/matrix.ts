import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { Matrix } from "../../server/src/engine/matrix.ts";
import type { PackageVersion } from "../../server/src/engine/package-version.ts";
import type { PackageReader, ReadPackage } from "../../server/src/engine/system-world.ts";
import { contentOf, type FileContent } from "../../server/src/host/file-content.ts";
import { knowledgeFor, knowledgeOf } from "../../server/src/node/knowledge.ts";
import { triedDatabases } from "../../server/src/protocol/databases.ts";
import { toTheEndOf } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/**
 * Reads the versions of a package and gives a function that makes its upgrade matrix on three databases, each time after
 * another column was typed into the last one, and tells the milliseconds of processor time.
 *
 * @param texts specs of one package, the oldest first; of these so many versions are made, in each of which every
 *   seventeenth file is another one
 */
export function matrixRunner(texts: readonly string[], count: number): () => Promise<number> {
  const files = new Map<string, FileContent>();
  const all = Array.from({ length: count + 1 }, (_, index) =>
    texts[Math.min(texts.length - 1, Math.floor((index * texts.length) / count))]!.replace(
      /<Version>[^<]*/,
      `<Version>1.${index}.0`,
    ),
  );
  const versions = all.slice(0, count).map((text, index): PackageVersion => {
    const read = readerOf(text, index, files);
    return {
      ...{ version: `1.${index}.0`, identity: String(index), read },
      source: { kind: "archive", path: `${index}.opm` },
    };
  });
  const matrix = new Matrix({ knowledge: { knowledgeFor, knowledgeOf } });
  let last = all[count]!;
  let runs = 0;
  return async () => {
    const begin = process.cpuUsage();
    const { columns, rows } = await toTheEndOf(
      matrix.run({
        ...{ read: readerOf(last, count, files), versions, products: [], databases: triedDatabases },
        ...{ since: undefined, kinds: ["straight", "step-by-step"] },
      }),
    );
    const { user, system } = process.cpuUsage(begin);
    if (columns.length < 3 || rows.length !== 2 * count) throw new Error("the matrix is not whole");
    const added = `<Column Name="bench_${runs++}" Required="false" Size="10" Type="VARCHAR"/>`;
    last = last.replace("<Column ", `${added}\n<Column `);
    return (user + system) / 1000;
  };
}

function readerOf(
  text: string,
  version: number,
  files: Map<string, FileContent>,
): PackageReader<ReadPackage> {
  const tree = SyntaxTree.parse(text);
  const fileOf = (location: string) => {
    const isOwn = location.length % 17 === version % 17;
    const code = `package Bench; # ${location}${isOwn ? version : ""}\n1;\n`;
    const known = files.get(code) ?? contentOf(new TextEncoder().encode(code));
    files.set(code, known);
    return known;
  };
  return async (release = "znuny-7") => ({
    contents: contentsOfSpec(tree, release, "Bench.sopm", fileOf),
    specText: text,
  });
}
