import type { Element } from "../../syntax/element.ts";
import type { ElementRule, Fix, Report } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { frameworkText, writingEach } from "../shared/framework-element.ts";

/** Everything but dots and x keeps its meaning in regular expressions, and what has none there stands for itself. */
export const frameworkRegexCharacters: ElementRule = {
  id: "framework-regex-characters",
  scope: "element",
  elements: ["Framework"],
  severity: "error",
  message: {
    expression:
      "“{text}” does not fit what it seems to, because the framework uses “{character}” as part of a regular expression.",
    literal: "No framework fits “{text}”, because every version begins with digits and a dot.",
    development:
      "Only versions with “{suffix}” in them fit “{text}”, which development states may have and releases have not.",
    several:
      "No framework fits “{text}”, because the whole text has to fit one version. Write one Framework for each release.",
  },
  policyPlugins: ["RequiredElements"],

  check(element, _context, parentName) {
    const framework = frameworkText(element, parentName);
    if (framework?.form !== "expression") return undefined;
    const { text, span } = framework;
    const release = /^v?(\d+\.\d+)(?:\.(?:\*|\.|\+|x)*)?$/i.exec(text)?.[1];
    return {
      span,
      ...fault(text),
      fixes: release ? [replacement(span, `${release}.x`)] : oneForEach(element, text),
    };
  },
};

function fault(text: string): Pick<Report, "variant" | "arguments" | "severity"> {
  const character = /[*+?^$|()[\]{}\\]/.exec(text)?.[0];
  if (character !== undefined) return { variant: "expression", arguments: { text, character } };
  const suffix = /^\d+\.[\d.x]*?[.\s]*([^\d.x\s].*)$/i.exec(text)?.[1];
  if (suffix === undefined) return { variant: "literal", arguments: { text } };
  // Such as CVS, git, beta1 and rc 2. More than that is a list, a range or a sentence.
  if (!/^[a-z]+[\s.-]?\d*$/i.test(suffix)) return { variant: "several", arguments: { text } };
  return { variant: "development", arguments: { text, suffix }, severity: "information" };
}

/** Where the text is a list of releases. Bounds may be meant for one of them alone. */
function oneForEach(element: Element, text: string): readonly Fix[] {
  const releases = text.split(/\s*[,;/]\s*|\s+(?:(?:or|and)\s+)?/);
  const isList = releases.length > 1 && releases.every((each) => /^\d+\.\d+\.(?:x|\d+)$/i.test(each));
  if (!isList || element.attributes.length > 0) return [];
  return [writingEach(element, releases)];
}
