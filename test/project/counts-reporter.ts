// Hands the number of tests to scripts/test.mjs, which prints the closing line.

import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

export function countsReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const counts = { passed: 0, failed: 0, skipped: 0, broken: [] as string[] };
      for (const module of modules) {
        for (const test of module.children.allTests()) {
          const { state } = test.result();
          if (state === 'passed') counts.passed += 1;
          else if (state === 'failed') counts.failed += 1;
          else counts.skipped += 1;
        }
        // A file that can't be collected has no tests, only errors of its own.
        if (module.errors().length > 0) {
          counts.failed += 1;
          counts.broken.push(`${module.relativeModuleId} could not be run`);
        }
      }
      counts.failed += errors.length;
      for (const e of errors) counts.broken.push(`outside of any test: ${e.message}`);
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}
