/**
 * The version that a tag names the release of, such as `v1.2.3`, `1.2.3`, `rel-1_2_3`, `release/1.2.3` or `Acme-1.2.3`;
 * undefined for any other tag, such as that of another package or of a candidate.
 *
 * @param packageName the name of the package, which may stand in front
 */
export function versionOfTag(tag: string, packageName: string): string | undefined {
  const words = [packageName.toLowerCase(), "release", "version", "rel", "ver", "v"].filter(
    (word) => word !== "",
  );
  let rest = tag;
  for (let count = 0; count < mostWords; count++) {
    const word = words.find((each) => rest.toLowerCase().startsWith(each));
    if (word === undefined) break;
    rest = rest.slice(word.length).replace(/^[-_./ ]/, "");
  }
  const [, first = "", separator = ".", others = ""] = /^(\d+)(?:([._-])(\d+(?:\2\d+)*))?$/.exec(rest) ?? [];
  if (first === "") return undefined;
  return others === "" ? first : [first, ...others.split(separator)].join(".");
}

/** As in `Acme/release-v1.2.3`. */
const mostWords = 3;
