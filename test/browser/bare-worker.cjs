// Runs code in a worker that has what a browser's worker has, and nothing of Node.
const { parentPort, workerData } = require("node:worker_threads");
const { runInNewContext } = require("node:vm");

const browserNames = [
  ...[
    "AbortController",
    "AbortSignal",
    "DOMException",
    "Event",
    "EventTarget",
    "MessageChannel",
    "MessageEvent",
  ],
  ...[
    "MessagePort",
    "TextDecoder",
    "TextEncoder",
    "URL",
    "URLSearchParams",
    "atob",
    "btoa",
    "console",
    "crypto",
  ],
  ...["performance", "queueMicrotask", "structuredClone"],
];
const { setTimeout, clearTimeout } = globalThis;
const kept = new Set([...runInNewContext("Object.getOwnPropertyNames(globalThis)"), ...browserNames]);
for (const name of Reflect.ownKeys(globalThis)) if (!kept.has(name)) delete globalThis[name];

const timers = new Map();
let last = 0;
let onmessage;
Object.defineProperties(globalThis, {
  self: { value: globalThis },
  // Numbers, of which nothing can be asked.
  setTimeout: {
    value(work, milliseconds, ...words) {
      const number = ++last;
      timers.set(
        number,
        setTimeout(() => timers.delete(number) && work(...words), milliseconds),
      );
      return number;
    },
  },
  clearTimeout: {
    value(number) {
      clearTimeout(timers.get(number));
      timers.delete(number);
    },
  },
  postMessage: { value: (message) => parentPort.postMessage(message) },
  addEventListener: { value: (name, listener) => new EventTarget().addEventListener(name, listener) },
  onmessage: {
    get: () => onmessage,
    set(listener) {
      onmessage = listener;
    },
  },
});
parentPort.on("message", (data) => onmessage({ data }));
// biome-ignore lint/security/noGlobalEval: it is the test's own bundle, and must see nothing of this file.
globalThis.eval(workerData.code);
