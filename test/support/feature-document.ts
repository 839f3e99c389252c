import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { schemaFor } from "../../server/src/dialect/schema.ts";
import { admittedRange } from "../../server/src/engine/admitted-releases.ts";
import type { FeatureDocument } from "../../server/src/features/feature-document.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import type { RuleContext } from "../../server/src/rules/rule-context.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

export interface Surroundings {
  /** Absent: "znuny-7". */
  readonly dialect?: DialectId;
  readonly fileName?: string;
  readonly kind?: "spec" | "archive";
  /** Facts by path; other paths are missing files. Absent: nothing is known of any path. */
  readonly disk?: Readonly<Record<string, FileFact>>;
  /** What is written in files; others are empty. Absent: nothing is known of any. */
  readonly texts?: Readonly<Record<string, string>>;
  /** True while the disk has not told what is in files. */
  readonly unread?: boolean;
  readonly knowledge?: Partial<Knowledge>;
}

/** A text as features get it. */
export function featureDocument(text: string, surroundings: Surroundings = {}): FeatureDocument {
  const { disk, texts, dialect = "znuny-7" } = surroundings;
  const tree = SyntaxTree.parse(text);
  const spec = specOf(tree);
  const files = Object.entries(disk ?? {}).flatMap(([path, { kind }]) => (kind === "file" ? [path] : []));
  const releases = admittedRange(spec, dialect);
  const context: RuleContext = {
    dialect,
    releases,
    schema: schemaFor(dialect, releases),
    product: productOf(dialect),
    profile: "framework",
    licenseHeader: undefined,
    keptTables: {},
    kind: surroundings.kind ?? "spec",
    fileName: surroundings.fileName,
    packageName: spec.name,
    packageVersion: spec.version,
    folder: {
      factOf: (path) => (disk ? (disk[path] ?? { kind: "missing" }) : undefined),
      files: () => (disk ? files : undefined),
      ...(surroundings.unread ? { textOf: () => undefined } : {}),
      ...(texts ? { textOf: (path: string) => texts[path] ?? "" } : {}),
    },
    perl: undefined,
    knowledge: { ...noKnowledge, ...surroundings.knowledge },
    today: "2024-05-02",
    configured: {},
  };
  return { tree, spec, context };
}

/** A regular file of some size. */
export function file(size = 100): FileFact {
  return { kind: "file", size, leavesBase: false };
}
