import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** The administrator who looks for a setting has nothing else to go by. */
export const sysconfigDescription: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-description",
  isOfAnyFramework: true,
  severity: "warning",
  policyPlugins: ["ConfigDescription"],
  message: {
    missing:
      "The setting {name} is shown without a word on what it is for, because its Description is empty.",
    sentence:
      "The Description of the setting {name} is no whole sentence: it should begin with a capital letter and end with “.”, “?” or “!”.",
  },

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element, name, span }) {
      const description = element.child("Description");
      const { value = "", span: place = span } = description?.trimmedText ?? {};
      const values = { name };
      if (value === "") {
        yield { span: description?.nameSpan ?? span, variant: "missing", arguments: values };
        return;
      }
      const isBegun = !/^\p{Ll}/u.test(value);
      const isEnded = /[.?!]["”“')\]]*$/.test(value);
      if (isBegun && isEnded) return;
      const edits = [];
      const [first = ""] = value;
      // A name of a setting or of a file begins as it does.
      if (!isBegun && /^\p{Ll}+[\s,]/u.test(value))
        edits.push({
          span: { start: place.start, end: place.start + first.length },
          newText: first.toUpperCase(),
        });
      if (!isEnded) edits.push({ span: { start: place.end, end: place.end }, newText: "." });
      const mends = (isBegun || edits.some(({ newText }) => newText !== ".")) && isPlain(description!);
      const fixes = mends ? [{ title: "Write it as a sentence", edits }] : [];
      yield { span: place, variant: "sentence", arguments: values, fixes };
    }),
};

/** Whether the text stands in the file as it is read. */
function isPlain(description: Element): boolean {
  return [...description.children()].every(({ node }) => node.kind === "text");
}
