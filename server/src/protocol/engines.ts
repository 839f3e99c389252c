/** The extension that has the optional parts, as editors know it. */
export const enginesExtension = "sopm.sopm-engines";

/** How people call it. */
export const enginesTitle = "SOPM Engines";

/** The folder in it whose subfolders are the packages with the parts. */
export const enginesParts = "parts";
