/*
 * What the schema of SARIF 2.1.0 (OASIS, sarif-schema-2.1.0.json) says of the objects that we write, in our own order: the
 * properties that we use with their types, which of them have to be there, and the values that an enumeration has.
 * Everything that is not named here is a problem, whether the schema knows it or not.
 */

const text = { type: "string" };
const index = { type: "integer", minimum: 0 };
const count = { type: "integer", minimum: 1 };
const level = { enum: ["none", "note", "warning", "error"] };
const list = (items: object) => ({ type: "array", items });
const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
});
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

export const sarifSchema = {
  ...object({ $schema: text, version: { const: "2.1.0" }, runs: list(ref("run")) }, ["version", "runs"]),
  $defs: {
    run: object(
      {
        tool: object({ driver: ref("toolComponent") }, ["driver"]),
        invocations: list(ref("invocation")),
        results: list(ref("result")),
        language: text,
        columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      },
      ["tool"],
    ),
    toolComponent: object({ name: text, semanticVersion: text, rules: list(ref("reportingDescriptor")) }, [
      "name",
    ]),
    reportingDescriptor: object(
      {
        id: text,
        shortDescription: ref("multiformatMessageString"),
        fullDescription: ref("multiformatMessageString"),
        help: ref("multiformatMessageString"),
        helpUri: text,
        defaultConfiguration: object({ level }),
        properties: object({ tags: list(text) }),
      },
      ["id"],
    ),
    multiformatMessageString: object({ text, markdown: text }, ["text"]),
    message: object({ text }),
    invocation: object(
      { executionSuccessful: { type: "boolean" }, toolExecutionNotifications: list(ref("notification")) },
      ["executionSuccessful"],
    ),
    notification: object({ level, message: ref("message"), locations: list(ref("location")) }, ["message"]),
    result: object(
      {
        ruleId: text,
        ruleIndex: index,
        level,
        message: ref("message"),
        locations: list(ref("location")),
        relatedLocations: list(ref("location")),
        fixes: list(ref("fix")),
        partialFingerprints: object({ "sopm/v1": text }),
        properties: object({ severity: text, certainty: text }),
      },
      ["message"],
    ),
    location: object({ id: index, physicalLocation: ref("physicalLocation"), message: ref("message") }),
    physicalLocation: object({ artifactLocation: ref("artifactLocation"), region: ref("region") }),
    artifactLocation: object({ uri: text, uriBaseId: text }),
    region: object({ startLine: count, startColumn: count, endLine: count, endColumn: count }),
    fix: object({ description: ref("message"), artifactChanges: list(ref("artifactChange")) }, [
      "artifactChanges",
    ]),
    artifactChange: object(
      { artifactLocation: ref("artifactLocation"), replacements: list(ref("replacement")) },
      ["artifactLocation", "replacements"],
    ),
    replacement: object({ deletedRegion: ref("region"), insertedContent: object({ text }) }, [
      "deletedRegion",
    ]),
  },
};
