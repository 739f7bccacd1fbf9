// WAP-192-WBXML: encoding faults.

import { CP, type Encoded } from './forms.ts';

const HEAD = '03 0b 6a 00';
const inside = (s: string): string => `${HEAD} 45 ${s} 01`;
/** A parm NAME whose value is these tokens, in a document of this character set. */
const named = (charset: string, value: string): string => `03 0b ${charset} 00 45 87 07 06 ${value} 01 01`;
const deep = (n: number): string => `${HEAD} ${'45'.repeat(n)} ${'01'.repeat(n)}`;
const GOOD = inside('87 11 06 03 4e 31 00 01');

const of = (code: string, fails: string, passes = GOOD, also: readonly string[] = []): Encoded => ({
  code: `WBXML-${code}`,
  form: CP,
  passes,
  fails,
  also,
});

export const WBXML_EXAMPLES: readonly Encoded[] = [
  of('EMPTY', ''),
  of('TRUNCATED', HEAD),
  of('UNTERMINATED-STRING', `${HEAD} 45 87 11 06 03 4e 31`),
  of('HUGE-STRING-TABLE', '03 0b 6a 7f 45 01'),
  of(
    'STRING-TABLE-INDEX',
    '03 0b 6a 03 4e 31 00 45 87 11 06 83 09 01 01',
    '03 0b 6a 03 4e 31 00 45 87 11 06 83 00 01 01',
  ),
  of('UNKNOWN-TAG', inside('2f')),
  of('UNKNOWN-ATTRIBUTE', inside('87 7e 06 03 78 00 01')),
  of('UNKNOWN-VALUE', inside('87 10 06 ff 01'), inside('87 10 06 ab 01')),
  of(
    'WRONG-PAGE',
    inside('87 36 06 03 77 32 00 01').replace('87 36', '87 00 01 08'),
    inside('87 00 01 36 06 03 77 32 00 01'),
  ),
  of('CHARSET-MISMATCH', named('6a', '03 e4 61 00'), named('6a', '03 c3 a4 61 00')),
  of('NO-CHARSET', named('00', '03 c3 a4 00'), named('6a', '03 c3 a4 00')),
  of('CHARSET', named('08', '03 61 00'), named('6a', '03 61 00')),
  of('UNKNOWN-CHARSET', named('83 77', '03 c3 a4 00'), named('6a', '03 c3 a4 00'), ['WBXML-CHARSET']),
  of('UNKNOWN-PUBLIC-ID', GOOD.replace('0b', '7d')),
  of('PUBLIC-ID-MISMATCH', '03 05 6a 00 45 c6 0d 03 61 00 0a c3 04 20 26 11 23 01 03 78 00 01 01', '03 0b 6a 00 05', [
    'CONTENT-TYPE-MISMATCH',
  ]),
  of('PUBLIC-ID-TEXT', `03 00 00 6a 1e ${hexOf('-//WAPFORUM//DTD PROV 1.0//EN\0')} 05`, `${HEAD} 05`),
  of('CODE-PAGE', inside('c6 00 09 55 01 01'), inside('c6 00 01 55 01 01')),
  of('IDLE-SWITCH', inside('87 00 00 11 06 03 4e 31 00 01')),
  of('LITERAL', `03 0b 6a 02 78 00 45 84 00 11 06 03 4e 31 00 01 01`),
  of('OPAQUE', inside('87 11 06 c3 03 4e 41 50 01')),
  of('WRITTEN-OUT', inside(`87 10 06 03 ${hexOf('GSM-GPRS\0')} 01`), inside('87 10 06 ab 01')),
  of('EMPTY-PIECE', inside('87 21 06 85 03 00 01'), inside('87 21 06 85 01')),
  of('NO-ATTRIBUTES', inside('86 01')),
  of(
    'UNUSED-STRING',
    '03 0b 6a 06 4e 31 00 4e 32 00 45 87 11 06 83 00 01 01',
    '03 0b 6a 03 4e 31 00 45 87 11 06 83 00 01 01',
  ),
  of(
    'MIDDLE-REFERENCE',
    '03 0b 6a 03 4e 31 00 45 87 11 06 83 01 01 01',
    '03 0b 6a 03 4e 31 00 45 87 11 06 83 00 01 01',
  ),
  of('LONG-INTEGER', '03 80 0b 6a 00 05', '03 0b 6a 00 05'),
  of('INTEGER', `03 0b 6a 00 45 87 11 06 02 90 80 80 80 21 01 01`, GOOD, ['WBXML-ENTITY-RANGE']),
  of('ENTITY', inside('87 07 06 02 21 01')),
  of('ENTITY-RANGE', inside('87 07 06 02 83 b0 00 01')),
  of('DEEP', deep(17), deep(16)),
  of('DEPTH-LIMIT', deep(300), deep(16), ['WBXML-DEEP']),
  of('BUDGET', inside('07'.repeat(33_000))),
  of('VERSION', GOOD.replace('03', '01')),
  of('FUTURE-VERSION', GOOD.replace('03', '04')),
  of('TRAILING-BYTES', `${GOOD} 00 00`),
  of('UNEXPECTED-TOKEN', inside('87 85 11 06 03 4e 31 00 01')),
  of('EXTENSION', inside('87 07 06 80 05 01')),
  of('PI', `${HEAD} 43 05 03 78 00 01 05`, `${HEAD} 05`),
  of('DUPLICATE-ATTRIBUTE', inside('87 07 08 01')),
  of('NONSTANDARD-TOKEN', inside('87 00 01 40 01')),
  {
    code: 'WBXML-DISPUTED-TOKEN',
    form: { contentType: 'application/vnd.wap.emn+wbxml' },
    passes: '03 0d 6a 00 85 07 03 61 40 62 2e 63 00 01',
    fails: '03 0d 6a 00 85 07 03 61 40 62 00 86 01',
  },
  {
    code: 'WBXML-BAD-DATE',
    form: { contentType: 'application/vnd.wap.sic' },
    passes: '03 05 6a 00 45 c6 0d 03 61 00 0a c3 04 20 26 11 23 01 03 78 00 01 01',
    fails: '03 05 6a 00 45 c6 0d 03 61 00 0a c3 04 20 26 13 45 01 03 78 00 01 01',
  },
];

function hexOf(text: string): string {
  return [...text].map((ch) => ch.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
}
