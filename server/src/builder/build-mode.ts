/** Whose builder an archive shall equal: that of the framework, or the free tool `opmbuild`. */
export const buildModes = ["framework", "opmbuild"] as const;
export type BuildMode = (typeof buildModes)[number];
