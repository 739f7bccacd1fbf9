import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../analysis/report/index.ts';
import { DOCUMENT, IMSI, PUSH, pushOctets, SECRET } from './messages.ts';
import { otascope } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-scan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const push = file('push.wsp', pushOctets());
const log = file('pdu.log', `${PUSH.replace(/ /g, '')}\n`);
const document = file('settings.xml', DOCUMENT);
const picture = file('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
const empty = file('empty.pcap', '');

const report = (json: string): Report => JSON.parse(json) as Report;

async function* inPieces(bytes: Uint8Array, size = 10): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('scan', () => {
  test('prints a table with verdict and summary', async () => {
    const { code, out, err } = await otascope(['scan', push, '--imsi', IMSI]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/m1 .*client-provisioning .*NETWPIN valid/);
    expect(out).toContain('internet.example');
    expect(out).not.toContain('\u001b');
  });

  test('JSON obeys the schema that `otascope schema` prints', async () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse((await otascope(['schema'])).out));
    const { code, out } = await otascope(['scan', push, log, document, picture, '--json']);
    expect(code).toBe(3);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    const r = report(out);
    expect(r.inputs.map((i) => i.file)).toEqual([push, log, document, picture]);
    expect(r.inputs.map((i) => i.error === null)).toEqual([true, true, true, false]);
    expect(r.totals.messages).toBe(3);
  });

  test('a piped capture gives what the file gives, but for its name', async () => {
    const whole = report((await otascope(['scan', push, '--json'])).out);
    for (const size of [1, 7, 1000]) {
      const piped = await otascope(['scan', '-', '--json'], { stdin: inPieces(pushOctets(), size) });
      expect({ ...report(piped.out), inputs: [] }).toEqual({ ...whole, inputs: [] });
      expect(report(piped.out).inputs[0]?.file).toBe('standard input');
    }
  });

  test('NDJSON has one object a line, CSV one line a message', async () => {
    const nd = (await otascope(['scan', push, '--ndjson'])).out
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l).type);
    expect(nd).toContain('message');
    const csv = (await otascope(['scan', push, log, '--csv'])).out.trimEnd().split('\r\n');
    expect(csv.length).toBe(3);
    expect(csv[0]).toMatch(/^id,firstTime,/);
  });

  test('writes to a file instead, in any form', async () => {
    const to = join(folder, 'report.json');
    const { code, out } = await otascope(['scan', push, '--json', '-o', to]);
    expect([code, out]).toEqual([0, '']);
    expect(report(readFileSync(to, 'utf8')).totals.messages).toBe(1);
  });

  test('keys come from a table too', async () => {
    const table = file('subscribers.csv', `msisdn,imsi,pin\n,${IMSI},\n`);
    const wrong = report((await otascope(['scan', push, '--json', '--imsi', '262010000000009'])).out);
    expect(wrong.messages[0]?.security.verdict).toBe('invalid');
    const right = report((await otascope(['scan', push, '--json', '--imsi', '262010000000009', '--imsi', IMSI])).out);
    expect(right.messages[0]?.security.verdict).toBe('valid');
    expect((await otascope(['scan', push, '--subscribers', table])).code).toBe(0);
  });

  test('secrets are masked in every form, unless they are asked for', async () => {
    for (const form of [[], ['--json'], ['--ndjson'], ['--csv'], ['--redact', '--json']]) {
      expect((await otascope(['scan', document, ...form])).out).not.toContain(SECRET);
      expect((await otascope(['scan', push, '--pin', '47110815', '--imsi', IMSI, ...form])).out).not.toContain(
        '47110815',
      );
    }
    expect((await otascope(['scan', document, '--json', '--show-secrets'])).out).toContain(SECRET);
    expect((await otascope(['show', document])).out).not.toContain(SECRET);
    expect((await otascope(['show', document, '--tree'])).out).not.toContain(SECRET);
    expect((await otascope(['show', document, '--show-secrets'])).out).toContain(SECRET);
  });

  test('colours only where they are wanted', async () => {
    const colour = async (extra: readonly string[], isTerminal: boolean, env: Record<string, string>) =>
      (await otascope(['scan', push, ...extra], { isTerminal, env })).out.includes('\u001b[');
    expect(await colour([], true, {})).toBe(true);
    expect(await colour(['--no-color'], true, {})).toBe(false);
    expect(await colour([], true, { NO_COLOR: '1' })).toBe(false);
    expect(await colour([], true, { TERM: 'dumb' })).toBe(false);
    expect(await colour([], false, {})).toBe(false);
    expect(await colour([], false, { FORCE_COLOR: '1' })).toBe(true);
    expect(await colour(['--json'], true, {})).toBe(false);
  });

  test('no line is wider than the terminal but for the columns of a row', async () => {
    const { out } = await otascope(['scan', push], { isTerminal: true, columns: 60, env: { NO_COLOR: '1' } });
    const rows = out.split('\n').filter((l) => !/^(ID|m\d)/.test(l));
    for (const line of rows.filter((l) => l.startsWith('  '))) expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('exit status', () => {
  const cases = [
    { name: '0 when all is read', argv: [push], code: 0 },
    { name: '0 with errors in the traffic, unless asked', argv: [push, '--imsi', '262010000000009'], code: 0 },
    { name: '1 with --fail-on error', argv: [push, '--imsi', '262010000000009', '--fail-on', 'error'], code: 1 },
    { name: '0 with --fail-on error and no error', argv: [push, '--imsi', IMSI, '--fail-on', 'error'], code: 0 },
    { name: '3 when an input could not be read', argv: [push, picture, '--fail-on', 'error'], code: 3 },
  ];
  for (const c of cases) test(c.name, async () => expect((await otascope(['scan', ...c.argv])).code).toBe(c.code));
});

describe('what can not be read is told in one sentence', () => {
  const cases = [
    { name: 'a picture', path: picture, says: /picture\.png can't be read: it begins with .*PNG/ },
    { name: 'an empty file', path: empty, says: /empty\.pcap can't be read: .*empty/ },
    { name: 'a folder', path: folder, says: /can't be read: it is a folder; name the files in it\.$/ },
    {
      name: 'a file that is not there',
      path: join(folder, 'pussh.wsp'),
      says: /can't be read: there is no such file \(did you mean .*push\.wsp\?\)\.$/,
    },
  ];
  for (const c of cases) {
    test(c.name, async () => {
      const { code, out, err } = await otascope(['scan', c.path, push]);
      expect(code).toBe(3);
      expect(err.trimEnd().split('\n').length).toBe(1);
      expect(err.trimEnd()).toMatch(c.says);
      expect(out).toContain('m1');
    });
  }

  test('a wrong decode-as is a wrong command line', async () => {
    for (const argv of [
      ['scan', push],
      ['show', push],
    ]) {
      for (const pin of ['smpp', 'tcp.port=99999:smpp', 'tcp.port=9000:nothing']) {
        const { code, err } = await otascope([...argv, '--decode-as', pin]);
        expect([code, err]).toEqual([2, expect.stringContaining('decode as')]);
      }
    }
  });
});

describe('show and verify', () => {
  test('show tells all about the only message', async () => {
    const { code, out } = await otascope(['show', push, '--tree', '--bytes', '--imsi', IMSI]);
    expect(code).toBe(0);
    for (const part of [
      'What it does',
      'Settings',
      'Document',
      'Fields',
      'NETWPIN: valid',
      '030b 6a00'.replace(' ', ''),
      'NAP-ADDRESS',
    ]) {
      expect(out.replace(/(?<=\b[0-9a-f]{2}) (?=[0-9a-f]{2}\b)/g, '')).toContain(part);
    }
  });

  test('show lists several messages, and one by its id', async () => {
    const { out } = await otascope(['show', push, document]);
    expect(out.split('\n').filter((l) => /^m\d/.test(l)).length).toBe(2);
    expect((await otascope(['show', push, document, 'm2'])).out).toMatch(/^m2 {2}/);
    const { code, err } = await otascope(['show', push, document, 'm9']);
    expect([code, err]).toEqual([2, 'otascope: there is no message m9; they are called m1 to m2. Did you mean m1?\n']);
  });

  test('verify aligns both MACs and marks the digits that differ', async () => {
    const right = (await otascope(['verify', push, '--imsi', IMSI])).out;
    expect(right).toContain('NETWPIN: valid');
    expect(right).not.toContain('^');
    const wrong = (await otascope(['verify', push, '--imsi', '262010000000009'])).out.split('\n');
    const at = wrong.findIndex((l) => l.includes('received'));
    expect(wrong[at]).toContain('1413 1D93 3D66');
    expect(wrong[at + 1]).toMatch(/^ {2}expected {2}([0-9A-F]{4} ?){10}$/);
    for (const [i, c] of [...(wrong[at + 2] ?? '')].entries()) {
      expect(c === '^').toBe(wrong[at]![i] !== wrong[at + 1]![i] && i > 11);
    }
    expect((await otascope(['verify', push])).out).toContain('--imsi');
  });
});

describe('Ctrl-C', () => {
  test('stops a silent pipe and reports what was read', async () => {
    let interrupt: () => void = () => undefined;
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${PUSH.replace(/ /g, '')}\n`.repeat(3));
      setTimeout(() => interrupt(), 20);
      await new Promise(() => undefined);
    }
    const { code, out, err } = await otascope(['scan', '-', '--json'], {
      stdin: silent(),
      interrupt: (now) => {
        interrupt = now;
      },
    });
    expect(code).toBe(130);
    expect(err).toContain('stopped; this is what had been read');
    expect(report(out).totals.messages).toBeGreaterThan(0);
  });
});
