import { describe, expect, test } from 'vitest';
import { parseSubscribers } from '../../cli/subscribers.ts';

const A = { msisdn: '+49171000001', imsi: '262010000000001', pin: '1234' };

describe('the table of subscribers', () => {
  const cases = [
    { name: 'without a header', in: '+49171000001,262010000000001,1234\n', out: [A] },
    { name: 'with one', in: 'msisdn,imsi,pin\n+49171000001,262010000000001,1234', out: [A] },
    {
      name: 'in another order, with other columns',
      in: 'PIN;name;IMSI;MSISDN\r\n1234;x;262010000000001;+49171000001\r\n',
      out: [A],
    },
    { name: 'with tabs and quotes', in: '"+49171000001"\t"262010000000001"\t"1234"', out: [A] },
    {
      name: 'a quoted separator and a doubled quote',
      in: '49171,,"1,2""3"',
      out: [{ msisdn: '49171', imsi: null, pin: '1,2"3' }],
    },
    {
      name: 'cells that are empty or missing',
      in: '49171,262010\n,,99\n',
      out: [
        { msisdn: '49171', imsi: '262010', pin: null },
        { msisdn: null, imsi: null, pin: '99' },
      ],
    },
    {
      name: 'comments, empty lines, a byte order mark',
      in: '\uFEFF# list\n\nmsisdn\n49171\n',
      out: [{ msisdn: '49171', imsi: null, pin: null }],
    },
    { name: 'nothing', in: '', out: [] },
  ];
  for (const c of cases) test(c.name, () => expect(parseSubscribers('s.csv', c.in)).toEqual(c.out));

  const wrong = [
    { in: 'abc,262010000000001', says: 's.csv, line 1: the msisdn is no telephone number.' },
    { in: 'imsi\n26201000000000x', says: 's.csv, line 2: an imsi has 6 to 15 digits.' },
    { in: 'imsi,pin\n\n,\n', says: 's.csv, line 3: nothing of msisdn, imsi and pin is given.' },
  ];
  for (const c of wrong) {
    test(c.says, () => {
      expect(() => parseSubscribers('s.csv', c.in)).toThrow(expect.objectContaining({ message: c.says, exit: 2 }));
    });
  }
});
