import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moduleOf, signed, unsigned } from '../../analysis/verify/guess/assembler.ts';
import { createGuesser, digitsOf, type GuessTask, sliceLength } from '../../analysis/verify/guess/guesser.ts';
import { hash, hmacSha1 } from '../../analysis/verify/guess/hmac.ts';
import { type Lanes, plainLanes, vectorLanes } from '../../analysis/verify/guess/lanes.ts';
import { dates, likelyPins } from '../../analysis/verify/guess/likely.ts';
import { type SearchPlan, spaceOf, walk } from '../../analysis/verify/guess/plan.ts';
import { type GuessHost, type GuessWorker, startSearch } from '../../analysis/verify/guess/search.ts';
import { guessService } from '../../analysis/verify/guess/service.ts';
import { octetsOf, STATE, wordsOf } from '../../analysis/verify/guess/sha1.ts';
import { ascii, join, toHex } from '../../analysis/verify/keys.ts';

const octets = (n: number, seed: number) => Uint8Array.from({ length: n }, (_, i) => (i * 31 + seed * 17) & 0xff);
const peer = (key: Uint8Array, text: Uint8Array) => toHex(hmac(sha1, key, text));

describe('SHA-1 and HMAC, against @noble/hashes', () => {
  test('texts around every block boundary, keys up to and beyond a block', () => {
    for (const n of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 128, 300]) {
      expect(toHex(hash(octets(n, 1)))).toBe(toHex(sha1(octets(n, 1))));
      for (const k of [0, 4, 16, 63, 64, 65, 200]) {
        expect(toHex(hmacSha1(octets(k, 2), octets(n, 3))), `${k} over ${n}`).toBe(peer(octets(k, 2), octets(n, 3)));
      }
    }
  });
  test('any key and any text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 130 }), fc.uint8Array({ maxLength: 400 }), (key, text) => {
        expect(toHex(hmacSha1(key, text))).toBe(peer(key, text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the WebAssembly that is written here', () => {
  test('numbers, WebAssembly Core 5.2.2', () => {
    const cases: [number, number[], number[]][] = [
      [0, [0x00], [0x00]],
      [63, [0x3f], [0x3f]],
      [64, [0x40], [0xc0, 0x00]],
      [128, [0x80, 0x01], [0x80, 0x01]],
      [624485, [0xe5, 0x8e, 0x26], [0xe5, 0x8e, 0x26]],
    ];
    for (const [n, u, s] of cases) expect([unsigned(n), signed(n)]).toEqual([u, s]);
    expect(signed(-1)).toEqual([0x7f]);
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(0xca62c1d6 | 0)).toHaveLength(5);
  });
  test('a module of nothing is one', () => {
    expect(WebAssembly.validate(Uint8Array.from(moduleOf([], 1)))).toBe(true);
  });
});

/** All lanes with keys of their own. */
function digests(lanes: Lanes, keys: readonly Uint8Array[]): string[] {
  keys.forEach((key, lane) => {
    const block = new Uint8Array(64);
    block.set(key);
    wordsOf(block).forEach((w, i) => {
      lanes.setWord(lane, i, w);
    });
  });
  lanes.run();
  return keys.map((_, lane) => toHex(octetsOf(Int32Array.from({ length: STATE }, (_v, i) => lanes.word(lane, i)))));
}

describe('four keys at once', () => {
  test('this machine has vectors: the tests below mean something', () => {
    expect(vectorLanes(octets(10, 1))?.kind).toBe('vectors');
  });
  for (const n of [0, 1, 55, 56, 64, 119, 120, 1000]) {
    test(`over ${n} octets, again and again`, () => {
      for (const lanes of [vectorLanes(octets(n, 4))!, plainLanes(octets(n, 4))]) {
        for (let round = 0; round < 3; round += 1) {
          const keys = Array.from({ length: lanes.width }, (_, i) => octets(4 + 15 * i, i + round));
          expect(digests(lanes, keys)).toEqual(keys.map((k) => peer(k, octets(n, 4))));
        }
      }
    });
  }
  test('a host without WebAssembly guesses in plain code', () => {
    const own = globalThis.WebAssembly;
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
      expect(createGuesser(taskFor('1234')).kind).toBe('plain');
      Reflect.set(globalThis, 'WebAssembly', {
        validate: () => true,
        Module: class {
          constructor() {
            throw new Error('a content security policy forbids it');
          }
        },
      });
      expect(createGuesser(taskFor('1234')).kind).toBe('plain');
    } finally {
      Reflect.set(globalThis, 'WebAssembly', own);
    }
  });
});

const BODY = octets(312, 9);

function taskFor(pin: string, prefix = new Uint8Array(0), body = BODY): GuessTask {
  return { prefix, body, target: { mac: peer(join(prefix, ascii(pin)), body) } };
}

describe('which PIN it is', () => {
  const prefixes = [0, 4, 7, 8].map((n) => octets(n, 5));
  const cases = [
    { pin: '0000', length: 4, from: 0, count: 1 },
    { pin: '0999', length: 4, from: 990, count: 20 },
    { pin: '4711', length: 4, from: 4700, count: 12 },
    { pin: '9999', length: 4, from: 9990, count: 10 },
    { pin: '00042', length: 5, from: 0, count: 100 },
    { pin: '099999', length: 6, from: 99_990, count: 20 },
    { pin: '1999999', length: 7, from: 1_999_997, count: 7 },
    { pin: '90000000', length: 8, from: 89_999_999, count: 3 },
  ];
  for (const vectors of [true, false]) {
    test.each(cases)(`$pin of $length digits, vectors ${vectors}`, ({ pin, ...slice }) => {
      for (const prefix of prefixes) {
        const guesser = createGuesser(taskFor(pin, prefix), vectors);
        expect(guesser.find(slice)).toBe(pin);
        // A range without it, the same guesser again, and a list.
        expect(guesser.find({ ...slice, from: slice.from === 0 ? 5000 : 0, count: 3 })).toBeNull();
        expect(guesser.find({ pins: ['1', '123456789', pin, '7'] })).toBe(pin);
        expect(guesser.find({ pins: [] })).toBeNull();
        expect(guesser.find(slice)).toBe(pin);
      }
    });
  }
  test('a range ends where it ends', () => {
    for (const vectors of [true, false]) {
      const guesser = createGuesser(taskFor('0010'), vectors);
      expect(guesser.find({ length: 4, from: 0, count: 10 })).toBeNull();
      expect(guesser.find({ length: 4, from: 0, count: 11 })).toBe('0010');
    }
  });
  test('few digits of USERPINMAC', () => {
    const mac = hmac(sha1, ascii('48213'), BODY);
    const digits = [...mac.subarray(0, 5)].map((b) => b % 10).join('');
    for (const vectors of [true, false]) {
      const guesser = createGuesser({ prefix: new Uint8Array(0), body: BODY, target: { digits } }, vectors);
      expect(guesser.find({ length: 5, from: 48_210, count: 10 })).toBe('48213');
    }
  });
  test('both codes agree on thousands', () => {
    const slice = { length: 6, from: 123_400, count: 2_000 };
    for (const pin of ['123400', '124987', '125399', '125400']) {
      const [a, b] = [true, false].map((v) => createGuesser(taskFor(pin, octets(8, 1)), v).find(slice));
      expect(a).toBe(b);
      expect(a).toBe(pin === '125400' ? null : pin);
    }
  });
});

describe('in which order', () => {
  const NOBODY = { told: [], msisdn: null, imsis: [], year: null };

  test('likely ones: what texts told, what manuals say, ends of numbers', () => {
    const known = { told: ['8080', '12'], msisdn: '+49170300471', imsis: ['262019876543210'], year: 2026 };
    const pins = [...likelyPins(known, 4, 6)];
    expect(pins.slice(0, 3)).toEqual(['8080', '1234', '0000']);
    for (const pin of ['0471', '00471', '300471', '3210', '543210', '7777', '456789', '4321']) {
      expect(pins).toContain(pin);
    }
    expect(pins.every((p) => /^\d{4,6}$/.test(p))).toBe(true);
    expect(pins.length).toBeLessThan(300);
  });
  test('dates have the digits asked for, the youngest first', () => {
    for (const length of [4, 5, 6, 7, 8]) {
      const all = [...dates(length, 2026)];
      expect(all.every((p) => p.length === length && /^\d+$/.test(p))).toBe(true);
      expect(all.length > 0).toBe(length % 2 === 0);
    }
    expect([...dates(8, 2026)].slice(0, 2)).toEqual(['01012026', '20260101']);
    expect([...dates(6, 1985)]).toContain('310885');
  });

  test('all PINs come once, lengths in order, whatever the size of the slices', () => {
    for (const size of [7, 333, 50_000]) {
      const tasks = [taskFor('1'), taskFor('2')];
      const path = walk({ tasks, lengths: { from: 4, to: 4 }, likely: NOBODY });
      const seen = [new Set<string>(), new Set<string>()];
      for (let step = path.next(size); step !== null; step = path.next(size)) {
        expect(sliceLength(step.slice)).toBeLessThanOrEqual(size);
        if ('pins' in step.slice) continue;
        for (let i = 0; i < step.slice.count; i += 1) {
          seen[step.task]!.add(digitsOf(step.slice.from + i, step.slice.length));
        }
      }
      expect(seen.map((s) => s.size)).toEqual([10_000, 10_000]);
      expect(path.space).toBe(20_000);
    }
    expect(spaceOf({ from: 4, to: 8 })).toBe(111_110_000);
  });
  test('lengths in order', () => {
    const path = walk({ tasks: [taskFor('1')], lengths: { from: 4, to: 8 }, likely: NOBODY });
    const order: (number | null)[] = [];
    for (let step = path.next(1e9); step !== null; step = path.next(1e9)) {
      if (order.at(-1) !== step.digits) order.push(step.digits);
    }
    expect(order).toEqual([null, 4, 5, null, 6, 7, null, 8]);
  });
  test('without a task there is nothing to walk', () => {
    expect(walk({ tasks: [], lengths: { from: 4, to: 4 }, likely: NOBODY }).next(10)).toBeNull();
  });
});

interface FakeHost extends GuessHost {
  readonly opened: GuessWorker[];
  closed: number;
}

/** Workers on this thread; each slice takes as many ms as it has thousands of guesses. */
function hostWith(over: Partial<GuessWorker> = {}): FakeHost {
  let time = 0;
  const host: FakeHost = {
    cores: 2,
    opened: [],
    closed: 0,
    now: () => time,
    async open(tasks) {
      const serve = guessService();
      expect(serve({ tasks })).toBeNull();
      const worker: GuessWorker = {
        async find(task, slice) {
          await Promise.resolve();
          time += sliceLength(slice) / 1000;
          return serve({ id: 1, task, slice })!;
        },
        close() {
          host.closed += 1;
        },
        ...over,
      };
      host.opened.push(worker);
      return worker;
    },
  };
  return host;
}

const planFor = (tasks: readonly GuessTask[], to = 5): SearchPlan => ({
  tasks,
  lengths: { from: 4, to },
  likely: { told: [], msisdn: null, imsis: [], year: 2026 },
});

describe('a search', () => {
  test('finds, counts and closes its workers', async () => {
    const host = hostWith();
    const search = startSearch(planFor([taskFor('73915')]), host, 2);
    expect(search.progress()).toMatchObject({ end: null, tried: 0, space: 110_000, rate: null, found: null });
    const p = await search.done;
    expect(p).toMatchObject({
      end: 'found',
      found: { pin: '73915', task: 0 },
      workers: 2,
      kind: 'vectors',
      error: null,
    });
    expect(p.tried).toBeGreaterThan(10_000);
    expect(p.rate).toBeGreaterThan(0);
    expect(host.closed).toBe(2);
  });
  test('says which IMSI it was', async () => {
    const [a, b] = [octets(8, 1), octets(8, 2)];
    const tasks = [taskFor('none', a), taskFor('2468', b)];
    expect((await startSearch(planFor(tasks, 4), hostWith(), 1).done).found).toEqual({ pin: '2468', task: 1 });
  });
  test('ends when everything was tried', async () => {
    const p = await startSearch(planFor([taskFor('letters')], 4), hostWith(), 3).done;
    expect(p).toMatchObject({ end: 'exhausted', found: null });
    expect(p.tried).toBeGreaterThanOrEqual(10_000);
  });
  test('can be stopped, also while a worker never answers', async () => {
    const host = hostWith({ find: () => new Promise(() => undefined) });
    const search = startSearch(planFor([taskFor('1234')]), host, 2);
    await Promise.resolve();
    await Promise.resolve();
    search.stop();
    expect(await search.done).toMatchObject({ end: 'stopped', tried: 0 });
    await Promise.resolve();
    expect(host.closed).toBe(host.opened.length);
    search.stop();
    expect(search.progress().end).toBe('stopped');
  });
  test('a worker that fails ends it with a sentence', async () => {
    const host = hostWith({ find: () => Promise.reject(new Error('a thread of the search ended')) });
    const p = await startSearch(planFor([taskFor('1234')]), host, 2).done;
    expect(p).toMatchObject({ end: 'failed', error: 'a thread of the search ended' });
  });
  test('a worker asked for what it was not given finds nothing', () => {
    const serve = guessService();
    expect(serve({ id: 4, task: 3, slice: { pins: ['1234'] } })).toEqual({ id: 4, pin: null, kind: 'plain' });
  });
});
