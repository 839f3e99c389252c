/**
 * What hints tell, each with a setting of its name.
 *
 * - `phases`: the phase of a section that names none
 * - `timing`: from which versions on an upgrade runs something, and what never runs
 * - `releases`: the releases that a `Framework` element really lets in
 * - `fileSizes`: the size of a listed file
 * - `since`: the released version that was the first to have a file, a table, a column or code
 */
export const hintKinds = ["phases", "timing", "releases", "fileSizes", "since"] as const;
export type HintKind = (typeof hintKinds)[number];

/**
 * What lenses offer, each with a setting of its name.
 *
 * - `operations`: dry runs, and builds where the editor has no button for them
 * - `sql`: the SQL of the package or of a section
 * - `findings`: how many there are in a section, and the way to the first
 * - `upgradePath`: the versions at which upgrades come to do something else
 * - `sections`: what is above is offered for single sections as well
 */
export const lensKinds = ["operations", "sql", "findings", "upgradePath", "sections"] as const;
export type LensKind = (typeof lensKinds)[number];
