/** The part of the standard interface that is used here; the compiler knows it only for browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: object };
};

/** What a module exports. Undefined where WebAssembly is switched off or has not the instructions that it needs. */
export function assemblyExports(bytes: Uint8Array): object | undefined {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  } catch {
    return undefined;
  }
}
