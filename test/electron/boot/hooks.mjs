// Loader hooks, in a thread of their own.

const FAKE = new URL('./electron-module.mjs', import.meta.url).href;

export const resolve = (specifier, context, next) =>
  specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context);
