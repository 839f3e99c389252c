import sanitizeHtml from "sanitize-html";
import { severalLines, shortened } from "../text/visible.ts";

/**
 * The HTML of a stranger with nothing left in it that loads, runs, submits, looks like something else or leads
 * anywhere but to https. Headings become small ones, so that they do not pass for those of the report.
 */
export function sanitiseIntro(html: string): string {
  return severalLines(sanitizeHtml(shortened(html, longestIntro), options));
}

/** Characters; nobody reads more than this before an installation. */
const longestIntro = 100_000;

const smallHeading = "h4";

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["p", "br", "hr", "div", "span", "blockquote", "pre", "code", "kbd", "samp"],
    ...["b", "strong", "i", "em", "u", "s", "small", "sub", "sup"],
    ...["ul", "ol", "li", "dl", "dt", "dd"],
    ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
    ...["a", smallHeading],
  ],
  allowedAttributes: { a: ["href", "rel"], th: ["colspan", "rowspan"], td: ["colspan", "rowspan"] },
  allowedSchemes: ["https"],
  allowProtocolRelative: false,
  disallowedTagsMode: "discard",
  nestingLimit: 40,
  parseStyleAttributes: false,
  transformTags: {
    ...Object.fromEntries(["h1", "h2", "h3", "h5", "h6"].map((name) => [name, smallHeading])),
    a: (tagName, { href }) => ({
      tagName,
      // A relative link would lead into whatever shows the report.
      attribs: href !== undefined && /^https:\/\//i.test(href) ? { href, rel: "noopener noreferrer" } : {},
    }),
  },
};
