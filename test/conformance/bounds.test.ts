// What a document may cost: values and lists far beyond what is sent.

import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../analysis/conformance/index.ts';
import { LONGEST_MESSAGE } from '../../analysis/conformance/rule.ts';
import { settingsOf } from '../../analysis/device/objects.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { ch, doc, nap } from '../analysis/device-support.ts';

const codes = (document: ProvisioningDocument): string[] => checkDocument(document, [], 1).map((f) => f.rule.code);

/** Processor seconds; the limits below are well above what it takes, and as much below what it took. */
function timed(run: () => unknown): number {
  const from = process.cpuUsage();
  run();
  return process.cpuUsage(from).user / 1e6;
}

describe('bounds', () => {
  test.each(['x'.repeat(300_000), `${' x'.repeat(150_000)}y`, ' '.repeat(300_000)])(
    'a value of 300,000 characters',
    (value) => {
      const document = doc(ch('BOOTSTRAP', { NAME: value }), nap('N1', value));
      expect(timed(() => codes(document))).toBeLessThan(3);
      for (const f of checkDocument(document, [], 1)) expect(f.message.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
    },
  );
  test('blanks at either end are seen, a value of blanks alone is not one that ends with them', () => {
    const blanks = (value: string): boolean => codes(doc(nap('N1', value))).includes('CP-BLANKS');
    expect(['a', ' a', 'a ', 'a b', ' ', 'a\u00a0'].map(blanks)).toEqual([false, true, true, false, false, true]);
  });
  test('10,000 access points are set apart in time', () => {
    const many = doc(...Array.from({ length: 10_000 }, (_, i) => nap(`N${i}`, `a${i}.example`)));
    let things = 0;
    const seconds = timed(() => {
      things = settingsOf(many).things.length;
    });
    expect(things).toBe(10_000);
    expect(seconds).toBeLessThan(3);
  });
});

describe('one fault, one finding', () => {
  const about = (inner: ReturnType<typeof ch>): string[] =>
    codes(doc(nap('N1', 'internet'), inner)).filter((c) => c === 'CP-MISSING-PARM' || c === 'CP-ACCESS-ORDER');
  test('an empty ACCESS lacks its RULE, and is not out of order as well', () => {
    expect(about(ch('ACCESS', {}))).toEqual(['CP-MISSING-PARM']);
    expect(about(ch('ACCESS', { 'TO-NAPID': 'N1' }))).toEqual(['CP-MISSING-PARM']);
    expect(about(ch('ACCESS', { 'TO-NAPID': 'N1', RULE: 'r' }))).toEqual(['CP-ACCESS-ORDER']);
    expect(about(ch('ACCESS', { RULE: 'r' }))).toEqual(['CP-ACCESS-ORDER']);
  });
});
