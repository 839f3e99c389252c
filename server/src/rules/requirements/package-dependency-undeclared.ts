import type { KnownPackage, OtherPackages } from "../../host/known-packages.ts";
import { codeFamilies, type PackageSpec } from "../../model/package-spec.ts";
import { perlFile } from "../../perl/perl-file.ts";
import { codeHolds, moduleMentions } from "../../symbols/code-section.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { NeighbourRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { foreignPackages } from "../shared/foreign-packages.ts";
import { bringerOf, fitting, type OwnPackage, ownPackage, placeIn } from "../shared/other-packages.ts";
import { hasModule, perlFiles } from "../shared/perl-files.ts";
import { packageRequirement } from "../shared/requirement-fix.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Without the other package what loads its module fails, and nothing keeps a system from having one alone. */
export const packageDependencyUndeclared: NeighbourRule = {
  id: "package-dependency-undeclared",
  scope: "neighbours",
  elements: [...codeFamilies, "Filelist"],
  severity: "information",
  isOfAnyFramework: true,
  message: {
    code: "{module} of {name} is named here, and this package can be installed without {name}, because no PackageRequired asks for it.",
    file: "“{path}” names {module} of {name}, and this package can be installed without {name}, because no PackageRequired asks for it.",
  },

  *check(spec, context, others) {
    const own = ownPackage(spec);
    if (!own || context.kind === "archive") return;
    const owners = new Owners(spec, own, context, others);
    for (const section of spec.sections(codeFamilies)) {
      if (!codeHolds(section, /Kernel::|var::packagesetup::/)) continue;
      for (const { module, span } of moduleMentions(section, own.name)) {
        const owner = owners.newOf(module);
        if (!owner) continue;
        const { name } = owner;
        yield {
          span,
          variant: "code",
          arguments: { module, name },
          related: placeIn(owner, owner.place, "{name} gets its name here.", { name }),
          fixes: packageRequirement(spec, owner),
        };
      }
    }
    for (const file of perlFiles(spec, context)) {
      for (const { module, start, end } of perlFile(file.text).mentions) {
        const owner = owners.newOf(module);
        const entry = owner && fileList(spec).withPath(file.path);
        if (!entry) continue;
        const { name } = owner;
        yield {
          span: fileElement(spec, entry).attribute("Location")!.valueSpan,
          variant: "file",
          arguments: { path: file.path, module, name },
          related: [
            { message: "It is named here.", file, span: { start, end } },
            ...placeIn(owner, owner.place, "{name} gets its name here.", { name }),
          ],
          fixes: packageRequirement(spec, owner),
        };
      }
      yield undefined;
    }
  },
};

/** Far more than any package requires by way of others. */
const mostRequired = 10_000;

/** The packages whose modules are used, each told once. */
class Owners {
  readonly #known = new Map<string, KnownPackage | undefined>();
  /** Names of the packages that need not be told: those that are required or absorbed, and those told already. */
  readonly #done: Set<string>;
  /** Names of those that are required by others; undefined before somebody asks. */
  #required: ReadonlySet<string> | "cut-off" | undefined;
  readonly #spec: PackageSpec;
  readonly #context: RuleContext;
  readonly #others: OtherPackages;
  readonly #fits: (other: KnownPackage) => boolean;

  constructor(spec: PackageSpec, own: OwnPackage, context: RuleContext, others: OtherPackages) {
    this.#spec = spec;
    this.#context = context;
    this.#others = others;
    this.#fits = fitting(own, context);
    this.#done = new Set([own.name, ...foreignPackages(spec)]);
  }

  /** The package that alone brings a module; undefined where there is none, or it was told or asked for. */
  newOf(module: string): KnownPackage | undefined {
    if (!this.#known.has(module)) this.#known.set(module, this.#ownerOf(module));
    const owner = this.#known.get(module);
    if (!owner || this.#done.has(owner.name)) return undefined;
    this.#done.add(owner.name);
    this.#required ??= this.#requiredByOthers();
    // Of what was not looked at to the end nothing is said.
    return this.#required === "cut-off" || this.#required.has(owner.name) ? undefined : owner;
  }

  #requiredByOthers(): ReadonlySet<string> | "cut-off" {
    const merges = rootChildren(this.#spec, "PackageMerge").map((element) => element.value("Name"));
    const notFollowed = new Set([this.#spec.name, ...merges]);
    const required = new Set(
      rootChildren(this.#spec, "PackageRequired").map(({ text }) => text.value.trim()),
    );
    // What is added to a set on the way is visited as well.
    for (const name of required) {
      if (notFollowed.has(name)) continue;
      for (const each of this.#others.named(name)) for (const next of each.required) required.add(next.name);
      if (required.size > mostRequired) return "cut-off";
    }
    return required;
  }

  #ownerOf(module: string): KnownPackage | undefined {
    // Asked first, because most modules are in no other package.
    const bringer = bringerOf(module, this.#others, this.#fits);
    if (!bringer || this.#context.knowledge.isFrameworkModule(module) === true) return undefined;
    return hasModule(this.#spec, module, this.#context) === false ? bringer : undefined;
  }
}
