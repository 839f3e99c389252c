import type { Condition, ReleasePart, Spread } from "../dialect/switches.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import type { Message, MessageArguments } from "../l10n/translate.ts";
import type { PackageSpec } from "../model/package-spec.ts";
import type { Element } from "../syntax/element.ts";
import type { TextEdit } from "../text/edit.ts";
import type { LineColumn } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import type { RuleContext } from "./rule-context.ts";

export const severities = ["error", "warning", "information", "hint"] as const;

/**
 * How much a finding matters. An error means that the package fails or silently does not do what it says,
 * provably from the files at hand.
 */
export type Severity = (typeof severities)[number];

/** A change that takes a finding away. */
export interface Fix {
  /** English template for the menu, such as "Rename to {name}". */
  readonly title: string;
  readonly arguments?: MessageArguments;
  /** Spans refer to the same text as the finding's. */
  readonly edits: readonly TextEdit[];
  /**
   * True when it takes away what the author may want. Its title says “Remove”. It is asked for one by one: it never
   * belongs to a fix of all findings, and is never the one that is taken when nobody chooses. What is removed may go
   * with its whole line.
   */
  readonly removes?: true;
  /**
   * True when it writes what only the author can know, as an example or a guess, or decides what only they may. Whoever
   * takes it sees what it writes; it is never made unasked.
   */
  readonly asks?: true;
  /**
   * What mends all findings of the kind at once, where their edits do not go together; empty where nothing does. Each of
   * them has the same. Absent where the edits of all can be made side by side.
   */
  readonly together?: readonly TextEdit[];
  /** A name for the file of the document, which stays in its folder; such a fix changes no text. */
  readonly fileName?: string;
  /** A folder to set as the base folder of the spec, from the present one on; such a fix changes no text. */
  readonly baseFolder?: string;
}

/** A file that a document names. */
export interface NamedText {
  /** Relative to the base folder, with `/`. */
  readonly path: string;
  /** What is written in it. */
  readonly text: string;
}

/** A place that a report speaks of beside its own: in the document, unless it says where else. */
export type Related = {
  /** What is there: a sentence as an English template, such as "The first one is here." */
  readonly message: string;
  readonly arguments?: MessageArguments;
} & (PlaceInPackage | PlaceElsewhere);

interface PlaceInPackage {
  readonly span: Span;
  /** The file of the package that the span lies in; absent for the document itself. */
  readonly file?: NamedText;
}

/** A place in a document of another package. */
export interface PlaceElsewhere {
  /** The absolute path of the document. */
  readonly document: string;
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** What a rule yields: one problem at one place. */
export interface Report {
  readonly span: Span;
  /** Another file of the package that it is about, and in which the span lies; absent for the document itself. */
  readonly file?: NamedText;
  /** Which of the rule's messages; absent for rules with one message. */
  readonly variant?: string;
  readonly arguments?: MessageArguments;
  /** Why it is so, where another sentence says that, such as what a database answers; absent where the message does. */
  readonly reason?: Message;
  /** When the evidence at hand proves less or more than the rule's severity says. */
  readonly severity?: Severity;
  /** The other places it speaks of, the most important first; absent means none. */
  readonly related?: readonly Related[];
  /** The first is the one to prefer. */
  readonly fixes?: readonly Fix[];
  /** For how much of the admitted releases it holds; absent where the rule's own condition says so. */
  readonly releases?: Spread;
  /** True for text without any effect, which editors grey out. */
  readonly unnecessary?: boolean;
}

/** What a check of one element comes to: nothing, as for nearly all of them, one report or several. */
export type Found = Report | Iterable<Report> | undefined;

/** A report with its rule. Plain data: it can be printed, sent, or stored. Texts are made at the border. */
export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
  /** The English template of the message. */
  readonly message: string;
  /** Of the admitted releases those it holds for, with the product, as in "Znuny 7.1"; absent where it holds for all. */
  readonly part?: ReleasePart;
  /** The release that is known, such as "Znuny 7.1.7", where nothing is known of any that is admitted; else absent. */
  readonly assumed?: string;
}

/**
 * What runs, and what it says. What is said about it stands in a file of the same name beside it; see `RuleText`.
 *
 * A condition names the releases that it holds for. Without one it holds for all.
 */
interface RuleFacts extends Condition {
  /** Stable, kebab-case, never reused. */
  readonly id: string;
  /** The default; settings may say otherwise. */
  readonly severity: Severity;
  /** What happens to the user, then why: English templates with `{placeholders}`, by variant where there are several. */
  readonly message: string | Readonly<Record<string, string>>;
  /**
   * True when what it says is so whatever framework there is: it speaks of the form of a text, of files on the disk or of
   * what readers see.
   */
  readonly isOfAnyFramework?: true;
  /** Last parts of the names of code policy plugins whose `nofilter(…::SOPM::Name)` switches the rule off for a file. */
  readonly policyPlugins?: readonly string[];
}

/**
 * A rule about the package as a whole. It runs after every edit of what it looks at, so it should not look at every
 * file twice.
 */
export interface PackageRule extends RuleFacts {
  readonly scope: "package";
  /**
   * Names of elements without any of which it has nothing to say, as `PackageSpec.all` takes them; `"any"` for one that
   * speaks of what is missing, too, or of the document as it is written.
   */
  readonly elements: readonly string[] | "any";
  /** Undefined in between says that the next edit may cut in here; each report says that, too. */
  check(spec: PackageSpec, context: RuleContext): Iterable<Report | undefined>;
}

/**
 * A rule about elements one by one. What it finds depends on the element's own text and the context alone, so it is
 * kept until one of them changes. The element it is given stands at offset 0 and has no parent.
 */
export interface ElementRule extends RuleFacts {
  readonly scope: "element";
  /** Names of the elements to check; `"any"` for every element. */
  readonly elements: readonly string[] | "any";
  /**
   * True when it follows from names alone whether there is anything to say of an element that has its end and holds no
   * others: from those of the element, of its attributes and of the element around it. Of all with the same names one is
   * then asked about.
   */
  readonly goesByNames?: boolean;
  /**
   * @param parentName the name of the element around it; undefined for the root, and for what cannot stand in the
   * element around it and may seem to do so only because a tag is missing or wrong
   */
  check(element: Element, context: RuleContext, parentName: string | undefined): Found;
}

/**
 * A rule about what comes of the package where it is tried on systems. It finds nothing by itself: whoever tries the
 * package makes its reports.
 */
export interface SimulationRule extends RuleFacts {
  readonly scope: "simulation";
}

/**
 * A rule about the package beside others that are known. It runs after every edit of what it looks at and when what is
 * known of others changes, and not where nothing is known of any,
 * unless it says so.
 */
export interface NeighbourRule extends RuleFacts {
  readonly scope: "neighbours";
  /** True for one that runs where no others are known as well, as if there were none. */
  readonly speaksAlone?: true;
  /** As those of a {@link PackageRule}. */
  readonly elements: readonly string[] | "any";
  /** As that of a {@link PackageRule}. */
  check(spec: PackageSpec, context: RuleContext, others: OtherPackages): Iterable<Report | undefined>;
}

/**
 * A rule about how a document agrees with others: an archive with its spec, an index with its archives. It finds nothing
 * by itself: whoever compares makes its reports.
 */
export interface ComparisonRule extends RuleFacts {
  readonly scope: "comparison";
}

export type Rule = PackageRule | ElementRule | SimulationRule | NeighbourRule | ComparisonRule;

/** What a comparison rule has to say. */
export interface ComparedReport extends Report {
  readonly rule: ComparisonRule;
}

/** What a simulation rule has to say, unless another rule says it already. */
export interface SimulatedReport extends Report {
  readonly rule: SimulationRule;
  /** All of the element that it is about: a rule that finds an error in it tells the cause. */
  readonly element: Span;
  /** Others that rules may tell the same of; absent for none. */
  readonly around?: readonly Span[];
  /** Ids of the rules that tell the same in other words, however grave it is to them. */
  readonly toldBy: readonly string[];
  /** Ids of rules of which each, where it is switched off, says that nobody wants to know; absent for none. */
  readonly offWith?: readonly string[];
}
