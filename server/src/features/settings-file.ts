/** What editors ask about settings files, loaded together when the first is asked about. */
export { settingsCompletion } from "./settings-file/completion.ts";
export { settingsFormat, settingsKnowledge } from "./settings-file/document.ts";
export { settingsHover } from "./settings-file/hover.ts";
export { settingsSymbols } from "./settings-file/symbols.ts";
