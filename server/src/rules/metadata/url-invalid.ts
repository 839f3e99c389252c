import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** The text goes into a link as it stands. */
export const urlInvalid: ElementRule = {
  id: "url-invalid",
  scope: "element",
  elements: ["URL"],
  severity: "information",
  message: "The link in the list of packages leads nowhere, because “{url}” is no http or https address.",

  check(element, _context, parentName) {
    const { value, span } = element.trimmedText;
    if (!isRootName(parentName) || value === "" || isPlaceholder(value) || /^https?:\/\/\S+$/i.test(value))
      return undefined;
    const isHost = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(value);
    return {
      span,
      arguments: { url: value },
      fixes: isHost ? [replacement(span, `https://${value}`)] : [],
    };
  },
};
