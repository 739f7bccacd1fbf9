import { describe, expect, test } from 'vitest';
import type { SearchStatus } from '../../analysis/engine/contract/search.ts';
import type { EngineRequest } from '../../analysis/engine/contract.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import type { GuessHost } from '../../analysis/verify/guess/search.ts';
import { ascii, imsiKey, join, toHex } from '../../analysis/verify/keys.ts';
import { decimalDigits, macOf } from '../../analysis/verify/mac.ts';
import { fromBytes } from '../../captures/source.ts';
import { ownThread } from '../../cli/host/guess-host.ts';
import { hex } from '../analysis/shared.ts';

const BODY = hex('030b6a00c54601c65501871106034e4150310001871006ab0101');
const IMSI = '262019876543210';
const NET = imsiKey(IMSI);

/** A connectionless push with SEC and MAC; null: no MAC. */
function push(sec: number, mac: string | null): Uint8Array {
  const macPart = mac === null ? new Uint8Array(0) : join(Uint8Array.of(0x92), ascii(mac), Uint8Array.of(0));
  const type = join(Uint8Array.of(0xb6, 0x91, 0x80 | sec), macPart);
  return join(Uint8Array.of(1, 6, type.length + 2, 0x1f, type.length), type, BODY);
}

/** SMS-DELIVER as a line of a log (3GPP TS 23.040 9.2.2.1). */
function deliver(udhi: boolean, dcs: number, userData: Uint8Array): string {
  const head = `00${udhi ? '44' : '04'}0B919471010000F100${dcs.toString(16).padStart(2, '0')}62113211000000`;
  return head + toHex(Uint8Array.of(userData.length)) + toHex(userData);
}
const PORTS = hex('0605040b8423f0');
const ucs2 = (text: string) =>
  Uint8Array.from({ length: 2 * text.length }, (_, i) => (i % 2 ? text.charCodeAt(i >> 1) : 0));

function host(over: Partial<GuessHost> = {}): GuessHost {
  let time = 0;
  return { cores: 1, now: () => (time += 10), open: async (tasks) => ownThread(tasks), ...over };
}

async function opened(octets: Uint8Array | string, guess: GuessHost | null = host()): Promise<Session> {
  const bytes = typeof octets === 'string' ? ascii(octets) : octets;
  const session = createSession({
    open: () => Promise.reject(new Error('nothing to open')),
    samples: async () => [],
    ...(guess === null ? {} : { guess }),
  });
  await session.openSources([fromBytes('one', bytes)]);
  return session;
}

async function ended(session: Session): Promise<SearchStatus> {
  for (;;) {
    const s = await session.request({ op: 'searchStatus', secrets: true });
    if (s.phase !== 'running') return s;
    await new Promise((done) => setTimeout(done, 2));
  }
}

const start = (over: Partial<Extract<EngineRequest, { op: 'searchStart' }>> = {}) =>
  ({ op: 'searchStart', message: 'm1', from: 4, to: 5, ...over }) as const;

describe('the search for a PIN', () => {
  test('finds it, counts, and the MAC is checked with it from then on', async () => {
    const session = await opened(push(1, macOf(ascii('0815'), BODY)));
    expect((await session.request({ op: 'searchStatus' })).phase).toBe('idle');
    const first = await session.request(start());
    expect(first).toMatchObject({ phase: 'running', message: 'm1', space: 110_000, found: null, text: '' });
    const s = await ended(session);
    expect(s).toMatchObject({ phase: 'found', found: { pin: '0815', digits: 4, chance: 0 }, remaining: null });
    expect(s.text).toMatch(/^Found after [\d,]+ guess(es)?, the only one in 10,000: none fits by chance/);
    expect((await session.request({ op: 'searchStatus' })).found?.pin).toBe('••••');
    const { verify } = await session.request({ op: 'detail', message: 'm1' });
    expect([verify.verdict, verify.keySource]).toEqual(['valid', 'searched']);
    expect(verify.explanation).toContain('which does not say who that was');
    expect(JSON.stringify(verify)).not.toContain('0815');
  });

  test('goes on behind a known IMSI, and says what it needs where none is known', async () => {
    const session = await opened(push(2, macOf(join(NET, ascii('90210')), BODY)));
    await expect(session.request(start())).rejects.toThrow('needs the IMSI');
    await session.request(start({ keys: { imsi: [IMSI], pin: [] } }));
    expect((await ended(session)).found?.pin).toBe('90210');
  });

  test('of USERPINMAC with a MAC gives the number to type; of its few digits, how many fit by chance', async () => {
    const session = await opened(push(3, macOf(ascii('48213'), BODY)));
    await session.request(start());
    expect((await ended(session)).found?.pin).toBe('48213');
    const { verify } = await session.request({ op: 'detail', message: 'm1', secrets: true });
    expect(verify.keySteps.join()).toContain(`48213${decimalDigits(macOf(ascii('48213'), BODY), 5)}`);

    const few = await opened(push(3, decimalDigits(macOf(ascii('48213'), BODY), 5)));
    await few.request(start({ from: 5 }));
    const s = await ended(few);
    expect(s.found?.chance).toBe(1);
    expect(s.text).toContain('about 1 fit by chance');
  });

  const refusals = [
    {
      name: 'NETWPIN: an IMSI is never searched for',
      in: push(0, macOf(NET, BODY)),
      says: 'IMSIs are never searched for',
    },
    { name: 'no MAC', in: push(1, null), says: 'There is no MAC' },
    { name: 'USERPINMAC without a MAC', in: push(3, null), says: 'nothing to search for' },
    { name: 'a cut MAC', in: push(1, 'ABCDEF'), says: 'not forty hex digits' },
    { name: 'SEC 7', in: push(7, macOf(NET, BODY)), says: 'names no method' },
  ];
  test.each(refusals)('is refused: $name', async (c) => {
    const session = await opened(c.in);
    await expect(session.request(start())).rejects.toThrow(c.says);
    expect((await session.request({ op: 'searchStatus' })).phase).toBe('idle');
  });

  test('is refused for lengths that take days, messages that are not there, and hosts that can not', async () => {
    const session = await opened(push(1, macOf(ascii('0815'), BODY)));
    for (const [from, to] of [
      [3, 4],
      [4, 9],
      [6, 5],
    ] as const) {
      await expect(session.request(start({ from, to }))).rejects.toThrow('4 to 8 digits');
    }
    await expect(session.request(start({ message: 'm9' }))).rejects.toThrow('no message m9');
    await expect((await opened(push(1, null), null)).request(start())).rejects.toThrow('no processor');
  });

  test('ends without a PIN, and says what that may mean', async () => {
    const session = await opened(push(1, macOf(ascii('letters'), BODY)));
    await session.request(start({ to: 4 }));
    const s = await ended(session);
    expect(s).toMatchObject({ phase: 'exhausted', found: null });
    expect(s.text).toBe(
      'No PIN of 4 digits gives this MAC: it is longer, has letters, or the document was changed after it was signed.',
    );
  });

  test('stops when told, when another begins, and when another file is opened', async () => {
    const session = await opened(push(1, macOf(ascii('letters'), BODY)));
    await session.request(start({ to: 8 }));
    const s = await session.request({ op: 'searchStop' });
    expect([s.phase, s.text]).toEqual([
      'stopped',
      expect.stringMatching(/^Stopped after [\d,]+ of 111,110,000 PINs\.$/),
    ]);
    await session.request(start({ to: 8 }));
    await session.openSources([fromBytes('other', push(1, null))]);
    expect((await session.request({ op: 'searchStatus' })).phase).toBe('stopped');
  });
});

describe('what the capture itself holds', () => {
  const log = [
    deliver(false, 8, ucs2('Your PIN is 4711.')),
    deliver(true, 4, join(PORTS, push(1, macOf(ascii('4711'), BODY)))),
  ].join('\n');

  test('a PIN that a text told the phone is tried, and named', async () => {
    const session = await opened(`${log}\n`);
    const { candidates, verify } = await session.request({ op: 'candidates', message: 'm1' });
    expect(candidates).toMatchObject([{ kind: 'pin', value: '••••', strength: 'text', fits: true }]);
    expect([verify.verdict, verify.keySource]).toEqual(['valid', 'inferred']);
    expect(verify.explanation).toContain('a text in frame 1');
    const open = await session.request({ op: 'candidates', message: 'm1', secrets: true });
    expect(open.candidates[0]?.value).toBe('4711');
  });

  test('no MAC, no PIN and no IMSI is in a report for others', async () => {
    const mac = macOf(NET, BODY);
    for (const octets of [push(0, mac), push(0, mac.toLowerCase()), push(2, macOf(join(NET, ascii('4711')), BODY))]) {
      const session = await opened(octets);
      await session.request({ op: 'keys', keys: { imsi: [IMSI], pin: ['4711'] } });
      for (const format of ['html', 'markdown', 'json', 'ndjson', 'csv'] as const) {
        for (const numbers of ['named', 'last4'] as const) {
          const { bytes } = await session.request({ op: 'export', format, numbers });
          const text = new TextDecoder().decode(bytes);
          expect(text).not.toContain(IMSI);
          expect(text, `${format} ${numbers}`).not.toMatch(/4711|[0-9A-Fa-f]{40}/);
          if (format === 'json') expect(text).toContain('"verdict": "valid"');
        }
      }
    }
  });
});
