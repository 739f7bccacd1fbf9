import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { countsReporter } from './test/project/counts-reporter.ts';
import { LongFirst } from './test/project/sequence.ts';

const counts = process.env.OTASCOPE_TEST_COUNTS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Vitest leaves a core to itself, which is half of a machine with two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes when a slow machine has it ready.
    expect: { poll: { timeout: 20_000 } },
    // A value import of electron would try to download its binary; with this it fails at once and quietly.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    reporters: counts === undefined ? ['default'] : ['default', countsReporter(counts)],
  },
});
