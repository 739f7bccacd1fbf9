// Parts of Node that take milliseconds to load: most runs of the command line need neither.

import process from 'node:process';

export const cryptography = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');
export const workerThreads = (): typeof import('node:worker_threads') =>
  process.getBuiltinModule('node:worker_threads');
