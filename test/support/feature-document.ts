import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { PackageSpec } from "../../server/src/model/package-spec.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

export interface Surroundings {
  /** Absent: "znuny-7". */
  readonly dialect?: DialectId;
  readonly fileName?: string;
  readonly kind?: "spec" | "archive";
  /** Facts by path; other paths are missing files. Absent: nothing is known of any path. */
  readonly disk?: Readonly<Record<string, FileFact>>;
  readonly knowledge?: Partial<Knowledge>;
}

/** A text as features get it, and what the rules find in it. */
export function featureDocument(
  text: string,
  surroundings: Surroundings = {},
): FeatureDocument & { readonly findings: readonly Finding[] } {
  const { disk, dialect = "znuny-7" } = surroundings;
  const tree = SyntaxTree.parse(text);
  const files = Object.entries(disk ?? {}).flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  const { context, findings } = lint(
    tree,
    { ...defaultLintSettings, dialect },
    {
      fileName: surroundings.fileName,
      kind: surroundings.kind ?? "spec",
      folder: {
        factOf: (path) => (disk ? (disk[path] ?? { kind: "missing" }) : undefined),
        files: () => (disk ? files : undefined),
      },
      knowledge: () => ({ ...noKnowledge, ...surroundings.knowledge }),
      today: "2024-05-02",
    },
  );
  return { tree, spec: new PackageSpec(tree), context, findings };
}

/** A regular file of some size. */
export function file(size = 100): FileFact {
  return { kind: "file", size, leavesBase: false };
}
