/** Files of a kind that pages load. */
export interface LoaderKind {
  readonly ending: RegExp;
  /** What is told of where they are. */
  readonly folder: string;
  /** Listed files of the kind, with the name that the loader has for each. */
  readonly listed: RegExp;
  readonly places: readonly string[];
}

export const scripts: LoaderKind = {
  ending: /\.js$/,
  folder: "var/httpd/htdocs/js",
  listed: /^(?:Custom\/)?var\/httpd\/htdocs\/js\/(.+\.js)$/,
  places: ["var/httpd/htdocs/js/"],
};

export const styles: LoaderKind = {
  ending: /\.css$/,
  folder: "var/httpd/htdocs/skins",
  listed: /^(?:Custom\/)?var\/httpd\/htdocs\/skins\/\w+\/[^/]+\/css\/(.+\.css)$/,
  places: ["var/httpd/htdocs/skins/Agent/default/css/", "var/httpd/htdocs/skins/Customer/default/css/"],
};

/** Whether a setting names files that pages load. */
export function isLoaderSetting(name: string): boolean {
  return /^Loader::(?:Module::|(?:Agent|Customer)::\w*(?:JS|CSS)###)/.test(name);
}

/**
 * What the items of such a setting name.
 *
 * @param keys of the hashes that the item stands in, the outermost first
 */
export function loaderKind(name: string, keys: readonly string[]): LoaderKind | undefined {
  const part = name.startsWith("Loader::Module::") ? (keys[0] ?? "") : name;
  if (part.includes("JavaScript") || /JS###/.test(part)) return scripts;
  return part.includes("CSS") ? styles : undefined;
}

/** What the loader calls a file of a package; undefined for one that is not of the kind. */
export function loadedName(path: string, { listed }: LoaderKind): string | undefined {
  return listed.exec(path)?.[1];
}
