import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { otascope } from './terminal.ts';

describe('help', () => {
  test('names every command', async () => {
    for (const argv of [['--help'], ['-h'], ['help']]) {
      const { code, out, err } = await otascope(argv);
      expect([code, err]).toEqual([0, '']);
      for (const c of COMMANDS) expect(out).toContain(`  ${c.name}`);
    }
  });

  for (const c of COMMANDS) {
    test(`of ${c.name} has usage, options, and examples that parse`, async () => {
      const { code, out } = await otascope([c.name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^usage: otascope ${c.name}[ \\n]`));
      for (const o of c.options) expect(out).toContain(`--${o.name}`);
      expect(c.examples.length).toBeGreaterThan(0);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
      expect(await otascope(['help', c.name])).toEqual(await otascope([c.name, '--imsi', '-h']));
    });

    test(`of ${c.name}: its examples use options that exist`, () => {
      const known = new Set([...c.options.map((o) => `--${o.name}`), ...c.options.map((o) => `-${o.short}`)]);
      for (const { line } of c.examples) {
        const own = line.slice(line.indexOf('otascope'));
        const options = own.split(' ').filter((w) => /^--?[a-z]/.test(w));
        expect(options.filter((o) => !known.has(o))).toEqual([]);
      }
    });
  }

  test('--version is that of the package', async () => {
    expect(await otascope(['--version'])).toEqual({ code: 0, out: `otascope ${packageFile.version}\n`, err: '' });
  });
});

describe('a wrong command line', () => {
  const cases = [
    { argv: ['scna', 'x'], says: "there is no command 'scna'; did you mean 'scan'?" },
    { argv: ['gateway.pcap'], says: "there is no command 'gateway.pcap'; to read a file: otascope scan FILE." },
    { argv: ['--json'], says: "--json is no option of otascope itself; 'otascope --help' lists the commands." },
    { argv: ['help', 'shw'], says: "there is no command 'shw'; did you mean 'show'?" },
    { argv: ['scan'], says: "scan needs a file: otascope scan FILE ('-' reads standard input)." },
    { argv: ['show'], says: "show needs a file: otascope show FILE ('-' reads standard input)." },
    { argv: ['scan', '-', '-'], says: "'-' can be given once: there is one standard input." },
    {
      argv: ['scan', 'x', '--json', '--csv'],
      says: '--json and --csv contradict each other: one report has one form.',
    },
    { argv: ['scan', 'x', '--fail-on', 'note'], says: '--fail-on may be error or warning.' },
    { argv: ['scan', 'x', '--include', 'all'], says: '--include may be text.' },
    { argv: ['scan', 'x', '--imsi', '26201abc'], says: '--imsi takes an IMSI of 6 to 15 digits.' },
    { argv: ['scan', 'x', '--show-secrets', '--redact'], says: '--show-secrets and --redact contradict each other.' },
    {
      argv: ['scan', 'x', '--subscribers', 'nowhere.csv'],
      says: "the subscribers table nowhere.csv can't be read (ENOENT).",
    },
    {
      argv: ['scan', 'x', '-o', 'nowhere/report.json'],
      says: "nowhere/report.json can't be written: its folder is not there (ENOENT).",
    },
    {
      argv: ['scan', 'package.json', '-o', './package.json'],
      says: '--output ./package.json is one of the inputs, which would be overwritten.',
    },
    { argv: ['serve', '--port', 'http'], says: '--port is a number from 0 to 65535.' },
    { argv: ['serve', '--port', '70000'], says: '--port is a number from 0 to 65535.' },
    { argv: ['schema', 'x'], says: 'schema takes no file: it prints the JSON Schema of every report.' },
  ];
  for (const c of cases) {
    test(`otascope ${c.argv.join(' ')}`, async () => {
      expect(await otascope(c.argv)).toEqual({ code: 2, out: '', err: `otascope: ${c.says}\n` });
    });
  }

  test('nothing at all shows what there is', async () => {
    const { code, out, err } = await otascope([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('usage: otascope COMMAND');
  });
});
