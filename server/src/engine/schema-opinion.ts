import { type DialectId, familyOf } from "../dialect/dialect.ts";
import { PackageError } from "../host/package-error.ts";
import type { OpinionOptions, SchemaOpinion } from "../host/schema-validator.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";

export interface SchemaOpinionNotes {
  readonly kind: SchemaOpinion["kind"];
  /** What the validator has against the spec, or why it was not asked; nothing when it agrees. */
  readonly notes: readonly Message[];
  /** What to do about them when they keep the archive from being written. */
  readonly hint: Message;
}

/**
 * What the second validator has against a spec.
 *
 * @param spec absolute path
 * @throws PackageError when it was cancelled
 */
export async function schemaOpinion(
  spec: string,
  dialect: DialectId,
  options: OpinionOptions,
  { schemaValidator }: Pick<World, "schemaValidator">,
): Promise<SchemaOpinionNotes> {
  const opinion = await schemaValidator.ask(spec, familyOf(dialect), options);
  const { kind } = opinion;
  switch (kind) {
    case "valid":
      return agreement;
    case "invalid":
      return {
        kind,
        notes: opinion.messages.map((message) => ({
          text: "The schema's validator says: {message}",
          values: { message },
        })),
        hint: { text: "Mend what it names, or set the strict schema check to “auto” or “off”." },
      };
    case "too-slow": {
      const text = "The schema's validator was ended, because Java gave no answer within {seconds} seconds.";
      return { kind, notes: [{ text, values: { seconds: opinion.seconds } }], hint: javaHint };
    }
    case "failed":
      return { kind, notes: [opinion.message], hint: javaHint };
    case "not-asked":
      return { kind, notes: [notAskedTexts[opinion.reason]], hint: noJavaHint };
    case "cancelled":
      throw new PackageError("cancelled");
  }
}

/** Nobody has anything against it. */
export const agreement: SchemaOpinionNotes = { kind: "valid", notes: [], hint: { text: "" } };

const javaHint: Message = {
  text: "Look at the Java installation, or set the strict schema check to “auto” or “off”.",
};

const noJavaHint: Message = {
  text: "Make a Java of your own available on the PATH or in JAVA_HOME, or set the strict schema check to “auto” or “off”.",
};

const notAskedTexts = {
  "no-java": { text: "The schema's validator was not asked, because no Java was found." },
  "java-untrusted": {
    text: "The schema's validator was not asked: the Java that was found lies in the repository of the spec, in a folder of the workspace, in the current folder or in node_modules, and no program is started from there.",
  },
  "no-validator": {
    text: "The schema's validator was not asked, because it is not part of this installation of SOPM.",
  },
} as const;
