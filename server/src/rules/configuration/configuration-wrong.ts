import type { ComparisonRule } from "../rule.ts";

/** A configuration says something that does not hold, or cannot be read. */
export const configurationWrong = {
  id: "configuration-wrong",
  scope: "comparison",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    unreadable: "The configuration cannot be read: {reason}. None of it takes effect.",
    "no-file":
      "The configuration is a link or no file. Links are not followed, so that none of it takes effect.",
    "too-large": "The configuration has more than {size} KB. None of it takes effect.",
    "utf-16": "The configuration is written in UTF-16. None of it takes effect until it is saved as UTF-8.",
    "not-utf-8":
      "The configuration has bytes that belong to no character of UTF-8. None of it takes effect until it is saved as UTF-8.",
    "too-deep":
      "The configuration has brackets that are nested more than {most} deep. None of it takes effect.",
    "no-object": "The configuration is no object: it has to stand in braces. None of it takes effect.",
    "missing-sign": "“{wanted}” is missing here. Keys that can still be read take effect.",
    "missing-value": "A value is missing here. Keys that can still be read take effect.",
    "missing-key": "A key in double quotes is missing here. Keys that can still be read take effect.",
    "bad-text":
      "The text is written wrongly: it has no closing quote on its line, or a character or an escape that JSON does not know. Keys that can still be read take effect.",
    "open-comment": "The comment has no end. Keys that can still be read take effect.",
    "bad-sign": "“{text}” cannot be read here. Keys that can still be read take effect.",
    duplicate: "The key “{key}” is said more than once. The last one counts.",
    "unknown-key": "There is no key “{key}”. What it says has no effect.",
    "unknown-key-near": "There is no key “{key}”. Did you mean “{near}”?",
    "user-key":
      "The key “{key}” is a setting of each user, and has no effect here. Set it in the editor, or in a file that {variable} names.",
    "user-key-in-editor":
      "The key “{key}” is a setting of each user, and has no effect here. Set it in the editor.",
    "editor-key": "The key “{key}” is a setting of editors alone. It has no effect here.",
    "unknown-rule": "There is no rule “{rule}”. What is said of it has no effect.",
    "unknown-rule-near": "There is no rule “{rule}”. Did you mean “{near}”?",
    "wrong-choice": "“{value}” is no value of “{key}”. It takes {allowed}.",
    "wrong-flag": "The value of “{key}” is neither true nor false. It has no effect.",
    "wrong-text": "The value of “{key}” is no text in double quotes. It has no effect.",
    "no-reason": "No reason is given for “{key}”, so that it does not count. Say why.",
    "wrong-form": "“{value}” is no value of “{key}”. An example: {example}.",
    "wrong-list": "The value of “{key}” is no list of texts in square brackets. It has no effect.",
    "wrong-object": "The value of “{key}” is no object in braces. It has no effect.",
    "no-operation":
      "The scenario “{scenario}” has no operation, so that it cannot be tried. Say what is done to the package.",
    "many-systems":
      "The scenario “{scenario}” names several systems: productVersion, frameworkHome and sandbox exclude each other. It cannot be tried.",
    "extends-missing": "“{path}” is not there, or is no regular file. None of it takes effect.",
    "extends-outside":
      "“{path}” lies outside of “{root}”. It is not read, because a configuration builds only on what lies below the same folder.",
    "extends-circle": "“{path}” leads back here. It is read once.",
    "extends-many": "The configurations that build on each other are more than {most}. “{path}” is not read.",
    outside:
      "“{path}” leads out of “{root}”. It is not used, because files of somebody else would decide what is read and written elsewhere. Say it on the command line, or in the editor, whose user trusts the workspace.",
    untrusted:
      "The key “{key}” is not used, because files of somebody else would lower a guard. Say it on the command line, or in the editor, whose user trusts the workspace.",
  },
} as const satisfies ComparisonRule;
