// Long test files first, so that both cores have work until the end.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONG: readonly RegExp[] = [/samples-(cut|flip)/, /test\/(e2e|ui)\//, /test\/(fuzz|robust)\//];

const rank = (f: TestSpecification): number => {
  const at = LONG.findIndex((r) => r.test(f.moduleId));
  return at < 0 ? LONG.length : at;
};

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
