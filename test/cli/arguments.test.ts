import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../cli/arguments.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { closest } from '../../cli/host/words.ts';

const scan = COMMANDS.find((c) => c.name === 'scan')!;
const parse = (line: string) =>
  parseCommandLine(
    line.split(' ').filter((w) => w !== ''),
    'scan',
    scan.options,
  );

describe('a good command line', () => {
  test('files and options in any order', () => {
    const a = parse('a.pcap --imsi 262010000000001 --json b.log --imsi=262010000000002 - -o out.json');
    expect(a.positionals).toEqual(['a.pcap', 'b.log', '-']);
    expect(a.values('imsi')).toEqual(['262010000000001', '262010000000002']);
    expect(a.has('json')).toBe(true);
    expect(a.has('csv')).toBe(false);
    expect(a.value('output')).toBe('out.json');
    expect(a.values('pin')).toEqual([]);
  });

  test('a lone dash is a value, and everything behind -- is a file', () => {
    const a = parse('--output - -- --json');
    expect(a.value('output')).toBe('-');
    expect(a.positionals).toEqual(['--json']);
  });

  test('values that begin with a dash are given with =', () => {
    expect(parse('--pin=-12').values('pin')).toEqual(['-12']);
  });
});

describe('a wrong one is said in one sentence', () => {
  const cases = [
    { line: '--jsn', says: "'scan' has no option --jsn; did you mean --json?" },
    { line: '--show-secret x', says: "'scan' has no option --show-secret; did you mean --show-secrets?" },
    { line: '--wibble', says: "'scan' has no option --wibble; 'otascope scan --help' lists what there is." },
    { line: '-x', says: "'scan' has no option -x; 'otascope scan --help' lists what there is." },
    { line: 'a.pcap --imsi', says: '--imsi needs a value: --imsi DIGITS.' },
    { line: '--imsi --json', says: '--imsi needs a value: --imsi DIGITS.' },
    { line: '--json=yes', says: '--json takes no value.' },
    { line: '-o a -o b', says: '--output is given twice; it takes one value.' },
  ];
  for (const c of cases) {
    test(c.line, () => {
      expect(() => parse(c.line)).toThrow(expect.objectContaining({ message: c.says, exit: 2 }));
    });
  }

  test('no value is repeated in it: it could be a PIN', () => {
    for (const line of ['--pin 4711 --pni 4711', '--pin 4711 --json=4711', '--pin 4711 --output 1 --output 4711']) {
      expect(() => parse(line)).toThrow(/^(?!.*4711)/s);
    }
  });
});

describe('did you mean', () => {
  const words = ['scan', 'show', 'verify', 'serve', 'open', 'schema'];
  const cases = [
    { word: 'scna', near: 'scan' },
    { word: 'verfy', near: 'verify' },
    { word: 'server', near: 'serve' },
    { word: 'shema', near: 'schema' },
    { word: 'gateway.pcap', near: undefined },
    { word: 'x', near: undefined },
  ];
  for (const c of cases) test(c.word, () => expect(closest(c.word, words)).toBe(c.near));
});
