import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countText, isSearchable, searchLine } from '../../cli/search-pin.ts';
import { built, checkout } from '../project/built.ts';
import { pushOctets } from './messages.ts';
import { otascope } from './terminal.ts';

const sample = (name: string): string => join(checkout, 'captures/samples', name);

async function* piped(): AsyncGenerator<Uint8Array> {
  yield pushOctets();
}

describe('a wrong command line', () => {
  const cases = [
    { argv: ['--search-pin', '3'], says: '--search-pin takes numbers of digits from 4 to 8: 4, 4-6, 4-8.' },
    { argv: ['--search-pin', '4-9'], says: '--search-pin takes numbers of digits from 4 to 8: 4, 4-6, 4-8.' },
    { argv: ['--search-pin', '6-5'], says: '--search-pin takes numbers of digits from 4 to 8: 4, 4-6, 4-8.' },
    { argv: ['--jobs', '2'], says: '--jobs goes with --search-pin.' },
    { argv: ['--search-pin', '4', '--jobs', '0'], says: '--jobs takes a number of cores, 1 to 256.' },
    { argv: ['--esn', '12'], says: '--esn takes an ESN: eight hex digits, or eleven decimal ones.' },
    { argv: ['--meid', '8012ABCD'], says: '--meid takes a MEID: fourteen hex digits, or eighteen decimal ones.' },
  ];
  test.each(cases)('$argv', async ({ argv, says }) => {
    const { code, out, err } = await otascope(['verify', '-', ...argv], { stdin: piped() });
    expect([code, out, err]).toEqual([2, '', `otascope: ${says}\n`]);
  });
});

describe('--search-pin', () => {
  test('finds the PIN, and the MAC is checked with it', async () => {
    const { code, out, err } = await otascope(['verify', sample('throttled-retry.pcap'), '--search-pin', '4']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('PIN found: 8642');
    expect(out).toMatch(/Found after [\d,]+ guess(es)?, the only one in 10,000/);
    expect(out).toContain('USERPIN: valid');
    expect(out).toContain('which does not say who that was');
  });
  test('exit status 1 where no PIN gives the MAC: the document was changed', async () => {
    const { code, out } = await otascope([
      'verify',
      sample('userpin-altered.pcap'),
      '--search-pin',
      '4',
      '--jobs',
      '1',
    ]);
    expect(code).toBe(1);
    expect(out).toContain('no PIN found');
    expect(out).toContain('the document was changed after it was signed');
  });
  test('never searches for an IMSI', async () => {
    const one = await otascope(['verify', '-', 'm1', '--search-pin', '4'], { stdin: piped() });
    expect([one.code, one.out]).toEqual([2, '']);
    expect(one.err).toBe('otascope: m1: NETWPIN has no PIN: its key is the IMSI, and IMSIs are never searched for.\n');
    const all = await otascope(['verify', '-', '--search-pin', '4'], { stdin: piped() });
    expect([all.code, all.err]).toEqual([0, '']);
    expect(all.out).toContain('NETWPIN: no-key');
  });
  test('of many messages leaves out those that can not be searched, and says so', async () => {
    const { code, err, out } = await otascope(['verify', sample('usernetwpin-second-try.pcap'), '--search-pin', '4']);
    expect(code).toBe(1);
    expect(err).toContain('m1: USERNETWPIN needs the IMSI before its PIN can be searched for');
    expect(out).toContain('m2');
    const known = await otascope([
      'verify',
      sample('usernetwpin-second-try.pcap'),
      'm2',
      '--search-pin',
      '4',
      '--imsi',
      '001010000000041',
    ]);
    expect([known.code, known.err]).toEqual([0, '']);
    expect(known.out).toContain('PIN found: 7319');
  });
  test('Ctrl-C ends it with status 130 and what was found out', async () => {
    const interrupt = (now: () => void) => void setTimeout(now, 50);
    const ran = await otascope(['verify', sample('userpin-altered.pcap'), 'm1', '--search-pin', '8'], { interrupt });
    expect(ran.code).toBe(130);
    expect(ran.out).toMatch(/Stopped after [\d,]+ of 100,000,000 PINs\./);
  });
  test('says how far it is on a terminal', async () => {
    const argv = ['verify', sample('userpin-altered.pcap'), 'm1', '--search-pin', '4-5'];
    const { err } = await otascope(argv, { isTerminal: true, columns: 60 });
    expect(err).toContain('m1: ');
    expect(err.endsWith('\r\u001b[K')).toBe(true);
    for (const line of err.split('\r\u001b[K')) expect(line.length).toBeLessThan(60);
  });
});

describe('the shipped command searches on threads', () => {
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [built('cli/otascope.js'), 'verify', ...args]);
    let out = '';
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString();
    });
    const ended = new Promise<number | null>((done) => child.on('close', done));
    return { child, ended, out: () => out };
  };
  test('finds a PIN', async () => {
    const { ended, out } = start(sample('throttled-retry.pcap'), '--search-pin', '4-6', '--jobs', '2');
    expect(await ended).toBe(0);
    expect(out()).toContain('PIN found: 8642');
  });
  test('ends at once at SIGINT', async () => {
    let status: number | null = null;
    // A busy machine may not have started the program yet: then the signal itself ends it, without a status.
    for (const delay of [1500, 6000, 15_000]) {
      const { child, ended, out } = start(sample('userpin-altered.pcap'), 'm1', '--search-pin', '8');
      await new Promise((done) => setTimeout(done, delay));
      child.kill('SIGINT');
      status = await ended;
      if (status === null) continue;
      expect(out()).toContain('Stopped after');
      break;
    }
    expect(status).toBe(130);
  });
});

test('which messages have a PIN to be searched for', () => {
  const cases = [
    { method: 'USERPIN', verdict: 'no-key', is: true },
    { method: 'USERNETWPIN', verdict: 'invalid', is: true },
    { method: 'USERPIN', verdict: 'valid', is: false },
    { method: 'NETWPIN', verdict: 'no-key', is: false },
    { method: null, verdict: 'unprotected', is: false },
  ] as const;
  for (const { is, ...row } of cases) expect(isSearchable(row)).toBe(is);
});

test('the line that says how far it is', () => {
  const status = {
    phase: 'running',
    message: 'm1',
    from: 4,
    to: 8,
    space: 111_110_000,
    tried: 1_234_567,
    digits: 7,
    rate: 3_400_000,
    elapsed: 1,
    remaining: 32.3,
    workers: 2,
    kind: 'vectors',
    found: null,
    text: '',
  } as const;
  expect(searchLine('m1', status)).toBe(
    'm1: PINs of 7 digits  1.2 million of 111 million  3.4 million/s on 2  0:32 left',
  );
  expect(searchLine('m1', { ...status, digits: null, rate: null, remaining: null })).toBe(
    'm1: likely PINs  1.2 million of 111 million',
  );
  expect([0, 999, 12_345, 999_499, 1_000_000].map(countText)).toEqual(['0', '999', '12,345', '999,499', '1.0 million']);
});
