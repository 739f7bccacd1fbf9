// otascope encode and otascope lint, as they are typed.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { otascope, type Surroundings } from '../cli/terminal.ts';
import { read, SETTINGS, utf8 } from './support.ts';

const dir = mkdtempSync(join(tmpdir(), 'otascope-encode-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

async function* piped(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const c of chunks) yield typeof c === 'string' ? utf8(c) : c;
}

const settings = file('settings.xml', SETTINGS);
const broken = file('broken.xml', '<wap-provisioningdoc>\n  <characteristic type="NAPDEF">\n</wap-provisioningdoc>');
const unknown = file('unknown.xml', '<wap-provisioningdoc>\n  <parameter/>\n</wap-provisioningdoc>');

describe('encode', () => {
  test('from a file, from a pipe, to a file, to a pipe: the same octets', async () => {
    const direct = await otascope(['encode', settings]);
    expect([direct.code, direct.err]).toEqual([0, '']);
    const half = SETTINGS.length >> 1;
    const fromPipe = await otascope(['encode', '-'], { stdin: piped(SETTINGS.slice(0, half), SETTINGS.slice(half)) });
    expect(fromPipe).toEqual(direct);
    const to = join(dir, 'settings.wbxml');
    expect(await otascope(['encode', settings, '-o', to])).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(to).toString('latin1')).toBe(direct.out);
    expect(read(readFileSync(to)).xml).toContain('<parm name="NAPID" value="NAP1"/>');
    expect(await otascope(['encode', to, '--format', 'hex'])).toEqual(
      await otascope(['encode', settings, '--format', 'hex']),
    );
  });

  test('the name of the output tells the form', async () => {
    const starts: Readonly<Record<string, string>> = {
      'a.wbxml': '030b6a',
      'a.push': '010601b6',
      'a.hex': '303130363031',
      'a.pdu': '303034313030',
      'a.udh': '746f2c5544482c5544',
      'a.smpp': '000000',
      'a.pcap': 'd4c3b2a1',
      'a.pcapng': '0a0d0d0a',
      'a.bin': '030b6a',
    };
    for (const [name, start] of Object.entries(starts)) {
      const path = join(dir, name);
      const ran = await otascope(['encode', settings, '--to', '+491700000000', '-o', path]);
      expect([name, ran]).toEqual([name, { code: 0, out: '', err: '' }]);
      expect(readFileSync(path).toString('hex'), name).toMatch(new RegExp(`^${start}`));
    }
  });

  test('scan reads what encode wrote, and its MAC is right', async () => {
    const path = join(dir, 'mac.pdu');
    const argv = ['encode', settings, '--sec', 'userpin', '--pin', '7319', '--to', '+491700000000', '-o', path];
    expect(await otascope(argv)).toEqual({ code: 0, out: '', err: '' });
    const { out } = await otascope(['scan', path, '--pin', '7319']);
    expect(out).toMatch(/client-provisioning +2\/2 +USERPIN valid/);
  });

  test('USERPINMAC: what the user enters is said, without the PIN', async () => {
    const ran = await otascope(['encode', settings, '--sec', 'userpinmac', '--pin', '48213', '--format', 'hex']);
    expect(ran.err).toMatch(/^otascope: the user enters the PIN and right behind it \d{5}\n$/);
    expect(ran.err + ran.out).not.toContain('48213');
  });

  test('the same command writes the same octets', async () => {
    const argv = ['encode', settings, '--to', '123', '--format', 'pcap', '--time', '2026-11-23T08:15:00Z'];
    expect(await otascope(argv)).toEqual(await otascope(argv));
  });

  const to = ['--to', '123'];
  const cases: { argv: string[]; code: number; says: string; around?: Surroundings }[] = [
    { argv: [], code: 2, says: "encode needs a file: otascope encode FILE ('-' reads standard input)." },
    { argv: [settings, broken], code: 2, says: 'encode takes one document.' },
    {
      argv: [settings, '--format', 'png'],
      code: 2,
      says: '--format may be wbxml, push, hex, udh, pdu, smpp, pcap or pcapng.',
    },
    { argv: [settings, '--format', 'pdu'], code: 2, says: '--format pdu needs --to NUMBER.' },
    { argv: [settings, '--format', 'pcap'], code: 2, says: '--format pcap needs --to NUMBER.' },
    { argv: [settings, '--to', 'me'], code: 2, says: '--to is a telephone number, +49... or as it is dialled.' },
    {
      argv: [settings, '--from', 'a much too long name'],
      code: 2,
      says: '--from is a telephone number, or a name of up to 11 letters and digits.',
    },
    { argv: [settings, '--pin', '1234'], code: 2, says: '--imsi and --pin make a MAC: say how with --sec.' },
    {
      argv: [settings, '--sec', 'userpin', '--pin', '1234'],
      code: 2,
      says: '--sec stands in the push headers: --format push, or what carries it.',
    },
    {
      argv: [settings, '--sec', 'pin', ...to],
      code: 2,
      says: '--sec may be netwpin, userpin, usernetwpin or userpinmac.',
    },
    { argv: [settings, '--format', 'hex', '--sec', 'netwpin'], code: 1, says: `${settings}: NETWPIN needs an IMSI.` },
    {
      argv: [settings, '--charset', 'big5'],
      code: 2,
      says: '--charset may be utf-8, us-ascii, iso-8859-1, iso-10646-ucs-2, utf-16be, utf-16le, utf-16.',
    },
    { argv: [settings, '--wbxml-version', '2'], code: 2, says: '--wbxml-version may be 1.0, 1.1, 1.2 or 1.3.' },
    { argv: [settings, '--reference', '256'], code: 2, says: '--reference is a number from 0 to 255.' },
    { argv: [settings, '--segment-octets', '141'], code: 2, says: '--segment-octets is a number from 20 to 140.' },
    { argv: [settings, '--header', 'nothing'], code: 2, says: "--header takes 'Name: value'." },
    { argv: [settings, '--time', 'tomorrow'], code: 2, says: '--time is a time like 2026-11-23T08:15:00Z.' },
    {
      argv: [settings, '-o', settings],
      code: 2,
      says: `--output ${settings} is one of the inputs, which would be overwritten.`,
    },
    {
      argv: [settings, '-o', join(dir, 'no/where')],
      code: 2,
      says: `${join(dir, 'no/where')} can't be written: its folder is not there (ENOENT).`,
    },
    {
      argv: [settings],
      around: { isTerminal: true },
      code: 2,
      says: 'wbxml is binary: name a file with -o, or pipe it on.',
    },
    {
      argv: [join(dir, 'nothing.xml')],
      code: 3,
      says: `${join(dir, 'nothing.xml')} can't be read: there is no such file.`,
    },
    { argv: [dir], code: 3, says: `${dir} can't be read: it is a folder; name the files in it.` },
    { argv: [broken], code: 3, says: `${broken}:3:1: </wap-provisioningdoc> comes while <characteristic> is open.` },
    { argv: [unknown], code: 1, says: `${unknown}:2:3: element <parameter> has no token in a provisioning document.` },
    { argv: ['-'], around: { stdin: piped() }, code: 3, says: 'standard input: it is empty.' },
  ];
  for (const c of cases) {
    test(`refuses ${c.argv.map((a) => a.replace(dir, '')).join(' ')}`, async () => {
      expect(await otascope(['encode', ...c.argv], c.around)).toEqual({
        code: c.code,
        out: '',
        err: `otascope: ${c.says}\n`,
      });
    });
  }

  test('a refused document leaves an older output alone', async () => {
    const path = file('old.wbxml', 'old');
    expect((await otascope(['encode', broken, '-o', path])).code).toBe(3);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('no key is in any message', async () => {
    const keys = ['--imsi', '262010000000001', '--pin', '59317'];
    for (const more of [
      [],
      ['--sec', 'x'],
      ['--sec', 'netwpin'],
      ['--sec', 'userpinmac', '--format', 'pdu'],
      ['--sec', 'userpinmac', '--format', 'push', '-o', dir],
    ]) {
      const { code, err } = await otascope(['encode', unknown, ...keys, ...more]);
      expect(code).not.toBe(0);
      expect(err).not.toMatch(/262010000000001|59317/);
    }
  });
});

describe('lint', () => {
  const faulty = file(
    'faulty.xml',
    SETTINGS.replace('name="TO-NAPID" value="NAP1"', 'name="TO-NAPID" value="NAP9"').replace(
      '<parm name="NAPID"',
      '<parm name="NAPID" value="NAP0"/><parm name="NAPID"',
    ),
  );

  test('a good document', async () => {
    const { code, out, err } = await otascope(['lint', settings]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/\n?1 document: 0 errors, 0 warnings, \d+ notes?\n$/);
  });

  test('findings have line and column in XML, octets in WBXML', async () => {
    const { code, out } = await otascope(['lint', faulty]);
    expect(code).toBe(1);
    expect(out).toMatch(/faulty\.xml:16:34: error CP-[A-Z-]+ .*NAP9.*\n {4}to mend it: .*\n {4}OMA-/);
    const encoded = join(dir, 'faulty.wbxml');
    await otascope(['encode', faulty, '-o', encoded]);
    const binary = await otascope(['lint', encoded]);
    expect(binary.code).toBe(1);
    expect(binary.out).toMatch(/faulty\.wbxml:octet \d+-\d+: error CP-[A-Z-]+ .*NAP9/);
    const codes = (text: string) => [...text.matchAll(/ (CP-[A-Z0-9-]+) /g)].map((m) => m[1]);
    expect(codes(binary.out)).toEqual(codes(out));
  });

  test('a push: octets count from its beginning', async () => {
    const push = join(dir, 'faulty.push');
    await otascope(['encode', faulty, '-o', push]);
    const inPush = JSON.parse((await otascope(['lint', push, '--json'])).out);
    const alone = JSON.parse((await otascope(['lint', join(dir, 'faulty.wbxml'), '--json'])).out);
    expect(inPush.documents[0].format).toBe('push');
    const starts = (x: { documents: { findings: { code: string; start: number }[] }[] }) =>
      x.documents[0]!.findings.filter((f) => f.code.startsWith('CP-')).map((f) => f.start);
    const [a, b] = [starts(inPush), starts(alone)];
    expect(a.map((n, i) => n - b[i]!)).toEqual(
      b.map(() => readFileSync(push).length - readFileSync(join(dir, 'faulty.wbxml')).length),
    );
  });

  test('malformed XML is a finding with its place', async () => {
    const { code, out } = await otascope(['lint', broken]);
    expect(code).toBe(1);
    expect(out).toContain('broken.xml:3:1: error XML-END-TAG');
  });

  test('--json', async () => {
    const { code, out } = await otascope(['lint', faulty, settings, '--json', '--fail-on', 'never']);
    expect(code).toBe(0);
    const { documents, totals } = JSON.parse(out);
    expect(documents.map((d: { name: string; kind: string; format: string }) => [d.name, d.kind, d.format])).toEqual([
      [faulty, 'client-provisioning', 'xml'],
      [settings, 'client-provisioning', 'xml'],
    ]);
    expect(totals.error).toBeGreaterThan(0);
    for (const f of documents[0].findings) {
      const { code: rule, severity, message, clause, start, length, line, column } = f;
      expect([rule, severity, message, clause].every((s) => typeof s === 'string' && s !== '')).toBe(true);
      expect([start, length, line, column].every(Number.isInteger)).toBe(true);
    }
  });

  test('--fail-on', async () => {
    const codes = [];
    for (const on of ['error', 'warning', 'note', 'never'])
      codes.push((await otascope(['lint', faulty, '--fail-on', on])).code);
    expect(codes).toEqual([1, 1, 1, 0]);
    const quiet = file('quiet.xml', '<sl href="http://www.example.com/"/>');
    expect((await otascope(['lint', quiet, '--fail-on', 'warning'])).code).toBe(0);
    expect((await otascope(['lint', quiet, '--fail-on', 'info'])).err).toContain(
      '--fail-on may be error, warning, note or never.',
    );
  });

  test('what is no document is said, and the others are still checked', async () => {
    const noise = file('noise.bin', 'hello');
    const { code, out, err } = await otascope(['lint', noise, join(dir, 'gone.xml'), faulty]);
    expect(code).toBe(3);
    expect(err).toContain("noise.bin can't be checked: it is no XML, WBXML or push document");
    expect(err).toContain("gone.xml can't be read: there is no such file");
    expect(out).toContain('faulty.xml:');
    expect(out).toMatch(/1 document: /);
  });

  test('standard input', async () => {
    const { code, out } = await otascope(['lint', '-'], { stdin: piped(SETTINGS) });
    expect([code, out.split('\n').at(-2)]).toEqual([0, expect.stringMatching(/^1 document: 0 errors/)]);
  });

  test('secrets of the document are masked', async () => {
    const secret = file(
      'secret.xml',
      SETTINGS.replace(
        '</characteristic>',
        '<parm name="PROXY-PW" value="hunter77"/><parm name="AUTHNAME" value="hunter77x"/></characteristic>',
      ),
    );
    for (const more of [[], ['--json']]) {
      expect((await otascope(['lint', secret, ...more])).out).not.toContain('"hunter77"');
      expect((await otascope(['lint', secret, ...more])).out).not.toMatch(/hunter77\b/);
    }
  });
});
