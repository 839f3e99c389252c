import { baseSpec, type Files, toolSpec } from "./family.ts";
import { type Fault, replace } from "./fault.ts";

const archive = "repository/AcmeBase-1.2.0.opm";
const tools = "repository/AcmeTools-2.0.0.opm";
const index = "repository/otrs.xml";

/** The part of the index that is about a package. */
function entryOf(files: Files, name: string): string {
  const entry = files[index]!.match(/<Package>[\s\S]*?<\/Package>\n?/g)?.find((each) =>
    each.includes(`<Name>${name}</Name>`),
  );
  if (!entry) throw new Error(`${name} is not in the index`);
  return entry;
}

/** Mistakes in a folder of archives with its index, beside the specs that they were built from. */
export const archiveFaults: readonly Fault[] = [
  {
    what: "a content is no Base64",
    plant: (files) => {
      files[archive] = files[archive]!.replace(/(bin\/acme\.Rooms\.pl"[^>]*>)[^<]*/, "$1!!no!!");
    },
    rules: "opm-file-not-base64",
    file: archive,
    at: "bin/acme.Rooms.pl",
    beside: ["index-entry-stale", "opm-stale"],
  },
  {
    what: "an archive has the name of another version",
    plant: (files) => {
      files["repository/AcmeBase-1.1.0.opm"] = files[archive]!;
      delete files[archive];
      files[index] = files[index]!.replace("AcmeBase-1.2.0.opm", "AcmeBase-1.1.0.opm");
    },
    rules: "opm-filename-mismatch",
    file: "repository/AcmeBase-1.1.0.opm",
    at: "<Version>",
  },
  {
    what: "an archive does not say when it was built",
    plant: (files) => {
      files[archive] = files[archive]!.replace(/ *<BuildDate>.*\n/, "").replace(/ *<BuildHost>.*\n/, "");
    },
    rules: "opm-build-fields-missing",
    file: archive,
    at: "<otrs_package",
    beside: ["index-entry-stale"],
  },
  {
    what: "a file was changed after the build",
    plant: (files) => {
      files["AcmeBase/AcmeBase-1.2.0.opm"] = files[archive]!;
      replace(files, "AcmeBase/bin/acme.Rooms.pl", "print 1;", "print 2;");
    },
    rules: "opm-stale",
    file: "AcmeBase/AcmeBase-1.2.0.opm",
    at: "bin/acme.Rooms.pl",
    beside: ["opm-stale"],
  },
  {
    what: "code runs in another phase than in the spec",
    plant: (files) => {
      files["AcmeBase/AcmeBase-1.2.0.opm"] = files[archive]!.replace(
        '<CodeUninstall Type="pre">',
        '<CodeUninstall Type="post">',
      );
    },
    rules: "opm-phase-changed",
    file: "AcmeBase/AcmeBase-1.2.0.opm",
    at: "<CodeUninstall",
    beside: ["opm-stale", "code-uninstall-post-uses-package"],
  },
  {
    what: "an entry of the index is for no framework",
    plant: (files) => {
      const entry = entryOf(files, "AcmeBase");
      replace(files, index, entry, entry.replace(/ *<Framework>.*\n/, ""));
    },
    rules: "index-framework-missing",
    file: index,
    at: "<Package>",
    beside: ["index-entry-stale", "index-unresolvable"],
  },
  {
    what: "an archive of the index was deleted",
    plant: (files) => {
      delete files[archive];
    },
    rules: "index-file-missing",
    file: index,
    at: "AcmeBase-1.2.0.opm",
  },
  {
    what: "an entry of the index is older than its archive",
    plant: (files) => {
      const entry = entryOf(files, "AcmeBase");
      replace(files, index, entry, entry.replace("<Vendor>Acme Inc.</Vendor>", "<Vendor>Acme</Vendor>"));
    },
    rules: "index-entry-stale",
    file: index,
    at: "<Vendor>Acme</Vendor>",
  },
  {
    what: "a package is twice in the index",
    plant: (files) => {
      const entry = entryOf(files, "AcmeBase");
      replace(files, index, entry, entry + entry);
    },
    rules: "index-duplicate",
    file: index,
    at: "<Name>AcmeBase</Name>",
  },
  {
    what: "the index has the name that another product looks for",
    plant: (files) => {
      files["repository/otobo.xml"] = files[index]!;
      delete files[index];
    },
    rules: "index-name-dialect",
    file: "repository/otobo.xml",
    at: "otrs_package_list",
  },
  {
    what: "something else has come into the place of the index",
    plant: (files) => {
      files[index] = "<html>\n<head><title>Sign in</title></head>\n</html>\n";
    },
    rules: "index-root-unknown",
    file: index,
    at: "html>",
  },
  {
    what: "what a package requires is in no archive of the repository",
    plant: (files) => {
      replace(files, index, entryOf(files, "AcmeBase"), "");
      delete files[archive];
    },
    rules: "index-unresolvable",
    file: index,
    at: "AcmeBase</PackageRequired>",
    beside: ["package-required-unknown"],
  },
];

/** The archives of the clean family, with the specs that they are built from. */
export const builtFrom: Readonly<Record<string, string>> = { [archive]: baseSpec, [tools]: toolSpec };
export { index as indexFile };
