// What is remembered of bodies: never another body's, and never more than a few.

import { describe, expect, test } from 'vitest';
import { type Judged, judgedOnce, nameOf } from '../../analysis/engine/judged.ts';
import { ascii } from '../generator/octets.ts';

const judged = (): Judged => ({
  content: { kind: 'unknown', document: null, provisioning: null, details: [], chosenBy: 'a test' },
  findings: [],
  secrets: [],
});

describe('bodies that were judged', () => {
  test.each([
    ['another octet', [ascii('ab'), ['t']], [ascii('ac'), ['t']]],
    ['octets above 7F', [Uint8Array.of(0x80), ['t']], [Uint8Array.of(0x81), ['t']]],
    ['another type', [ascii('ab'), ['t', null]], [ascii('ab'), ['u', null]]],
    ['none and the word for none', [ascii('ab'), [null]], [ascii('ab'), ['null']]],
    ['a type that writes on like a body', [ascii('b'), ['t']], [ascii('"]b'), ['t']]],
    ['a type with lines', [ascii('b'), ['t\nu', null]], [ascii('b'), ['t', 'u']]],
  ] as const)('%s is another name', (_, [body, hints], [other, otherHints]) => {
    expect(nameOf(body, hints)).not.toBe(nameOf(other, otherHints));
    expect(nameOf(body, hints)).toBe(nameOf(body.slice(), [...hints]));
  });

  test('every octet has a character of its own', () => {
    const names = Array.from({ length: 256 }, (_, o) => nameOf(Uint8Array.of(o), []));
    expect(new Set(names).size).toBe(256);
  });

  test('no octets and very many have no name', () => {
    expect(nameOf(new Uint8Array(0), [])).toBeNull();
    expect(nameOf(new Uint8Array(1 << 16), [])).toBeNull();
  });

  test('what came twice is not judged again, until others came', () => {
    let times = 0;
    const count = (name: string | null) =>
      judgedOnce(name, () => {
        times += 1;
        return judged();
      });
    count('x');
    expect(count('x')).toBe(count('x'));
    expect(times).toBe(2);
    expect(count(null)).not.toBe(count(null));
    expect(times).toBe(4);
    for (let i = 0; i < 1000; i += 1) count(`once ${i}`);
    count('x');
    expect(times).toBe(1004);
    for (let i = 0; i < 1000; i += 1) count(`twice ${i >> 1}`);
    count('x');
    expect(times).toBe(2005);
  });
});
