// Card traces: files put together, provisioning documents, identities, short messages.

import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { framesOf } from '../../dissectors/base/bytemap.ts';
import { gsmtap } from '../../dissectors/bearer/gsmtap/index.ts';
import { Image } from '../../dissectors/bearer/sim/image.ts';
import { simApdu, simFile, simSms, simToolkit } from '../../dissectors/bearer/sim/index.ts';
import { provisioningEntries } from '../../dissectors/bearer/sim/pkcs15.ts';
import { hex, mapped, toHex } from '../sms/support.ts';
import { bootstrap, Commands, entry, fcp, gsmFile, ODF, onWire, PKCS15, piece } from './card.ts';
import { codesOf, DELIVER, type Read, read, SUBMIT, sweep, uncovered } from './support.ts';

const run = (...apdus: readonly string[]): Read =>
  read(
    gsmtap.decode,
    apdus.map((a) => ({ bytes: hex(onWire(a)) })),
  );

const sim = new Commands('a0');
const uicc = new Commands('00');
const LONG = bootstrap('operator '.repeat(60));
const padded = (file: string, octets: number, fill = 'ff'): string =>
  file + fill.repeat(Math.max(0, octets - hex(file).length));

/** The phone finds the files, by application and directory. */
const found = (...entries: readonly string[]): string[] => {
  const directory = entries.join('');
  return [
    uicc.application(PKCS15),
    uicc.response('62 0a 82 02 7821 84 04 a0000000'),
    uicc.select('5031'),
    uicc.response(fcp('5031', hex(ODF).length)),
    uicc.read(0, ODF),
    uicc.path('7f504402'),
    uicc.response(fcp('4402', hex(directory).length)),
    ...uicc.readAll(directory),
  ];
};

describe('provisioning files', () => {
  test('found through PKCS#15, read in pieces, padding cut at the end of the root', () => {
    const apdus = [...found(entry(1, '3f007f505f01')), uicc.path('7f505f01'), uicc.response(fcp('5f01', 700))];
    const r = run(...apdus, ...uicc.readAll(padded(LONG, 700)));
    expect(r.datagrams).toMatchObject([
      {
        bearer: 'sim-apdu',
        operation: 'EF Bootstrap read',
        content: 'wbxml',
        contentType: 'application/vnd.wap.connectivity-wbxml',
        direction: 'mt',
        dissector: 'sim-file',
        chosenBy: 'PKCS#15 directory of the card',
        from: null,
        to: null,
      },
    ]);
    const d = r.datagrams[0]!;
    expect(toHex(d.data.bytes)).toBe(LONG);
    expect(d.cut).toBeUndefined();
    expect(framesOf(d.data.map)).toEqual([apdus.length + 1, apdus.length + 2, apdus.length + 3]);
    for (const p of d.data.map) {
      const frame = hex(onWire(uicc.readAll(padded(LONG, 700))[p.frame - apdus.length - 1]!));
      expect(toHex(frame.slice(p.offset, p.offset + p.length))).toBe(LONG.slice(2 * p.start, 2 * (p.start + p.length)));
    }
    expect(codesOf(r)).toEqual(['SIM-PROVISIONING-FILE']);
  });
  const names: readonly [number, string][] = [
    [1, 'Bootstrap'],
    [2, 'Config1'],
    [3, 'Config2'],
  ];
  for (const [n, name] of names) {
    test(`identifier 2.23.43.5.${n} is ${name}; with and without its tag`, () => {
      for (const withTag of [true, false]) {
        const r = run(...found(entry(n, '5f0a', '', withTag)), uicc.select('5f0a'), uicc.read(0, bootstrap('x')));
        expect(r.datagrams.map((d) => d.operation)).toEqual([`EF ${name} read`]);
      }
    });
  }
  test('a part of a file, by index and length', () => {
    const file = `aabbccdd${bootstrap('part')}${'00'.repeat(9)}`;
    const more = `02 01 04 80 01 ${(hex(file).length - 8).toString(16)}`;
    const r = run(...found(entry(2, '5f02', more)), uicc.select('5f02'), uicc.read(0, file));
    expect(r.datagrams.map((d) => toHex(d.data.bytes))).toEqual([bootstrap('part')]);
  });
  test('read before the directory', () => {
    const r = run(uicc.select('5f01'), uicc.response(fcp('5f01', 300)), uicc.read(0, padded(bootstrap('a'), 250)));
    expect(r.datagrams).toMatchObject([{ operation: 'EF 5F01 read', chosenBy: 'content of the file' }]);
    const again = run(
      ...[uicc.select('5f01'), uicc.response(fcp('5f01', 300)), uicc.read(0, `0a${bootstrap('a').slice(2)}`)],
      ...found(entry(1, '5f01')),
    );
    expect(again.datagrams).toEqual([]);
  });
  test('GSM class, and a trace without the directory', () => {
    const r = run(
      sim.select('3f00'),
      sim.select('7f10'),
      sim.select('6f99'),
      sim.response(gsmFile('6f99', 600)),
      ...sim.readAll(padded(LONG, 600, '00')),
    );
    expect(r.datagrams).toMatchObject([{ operation: 'EF 6F99 read' }]);
    expect(toHex(r.datagrams[0]!.data.bytes)).toBe(LONG);
  });
  test('read twice, told once; changed, told again', () => {
    const one = [uicc.select('5f01'), ...uicc.readAll(bootstrap('one'))];
    const two = [uicc.select('5f01'), ...uicc.readAll(bootstrap('two'))];
    const r = run(...one, ...one, ...two, ...one);
    expect(r.datagrams.map((d) => toHex(d.data.bytes))).toEqual([bootstrap('one'), bootstrap('two')]);
  });
  test('updated over the air', () => {
    const r = run(
      ...found(entry(2, '5f02')),
      uicc.select('5f02'),
      uicc.response(fcp('5f02', 1000)),
      ...uicc.readAll(bootstrap('old '.repeat(100))),
      ...uicc.updateAll(LONG),
    );
    expect(r.datagrams.map((d) => [d.operation, toHex(d.data.bytes)])).toEqual([
      ['EF Config1 read', bootstrap('old '.repeat(100))],
      ['EF Config1 updated', LONG],
    ]);
  });
  test('changed in place', () => {
    const r = run(uicc.select('5f01'), uicc.read(0, bootstrap('old')), uicc.update(14, '6e6577'));
    expect(r.datagrams.map((d) => toHex(d.data.bytes))).toEqual([bootstrap('old'), bootstrap('new')]);
  });
  test('not read to its end: the card is reset', () => {
    const apdus = [
      ...found(entry(1, '5f01')),
      uicc.select('5f01'),
      uicc.response(fcp('5f01', 600)),
      uicc.readAll(LONG)[0]!,
    ];
    const frames = [...apdus.map(onWire), piece(1, '3b9f95')];
    const r = read(
      gsmtap.decode,
      frames.map((f) => ({ bytes: hex(f) })),
    );
    expect(r.datagrams).toMatchObject([{ operation: 'EF Bootstrap read', cut: true, frame: apdus.length }]);
    expect(toHex(r.datagrams[0]!.data.bytes)).toBe(LONG.slice(0, 510));
    expect(codesOf(r)).toEqual(['SIM-FILE-INCOMPLETE', 'SIM-PROVISIONING-FILE']);
  });
  test('a document that is broken in a file that was read whole', () => {
    const broken = LONG.slice(0, -8);
    const r = run(uicc.select('5f01'), uicc.response(fcp('5f01', broken.length / 2)), ...uicc.readAll(broken));
    expect(r.datagrams.map((d) => [toHex(d.data.bytes), d.cut])).toEqual([[broken, undefined]]);
  });
  test('refused, and empty', () => {
    const start = [...found(entry(1, '5f01'), entry(3, '5f03')), uicc.select('5f01')];
    const refused = run(...start, '00 b0 00 00 ff 6982', '00 b0 00 00 ff 6c10', uicc.update(0, 'ffff', '6985'));
    expect(codesOf(refused)).toEqual([
      'SIM-PROVISIONING-FILE',
      'SIM-PROVISIONING-FILE',
      'SIM-FILE-REFUSED',
      'SIM-FILE-REFUSED',
    ]);
    expect(refused.findings[2]?.finding.message).toBe('READ BINARY of EF Bootstrap: security status not satisfied');
    const empty = run(...start, uicc.response(fcp('5f01', 64)), uicc.read(0, 'ff'.repeat(64)));
    expect(codesOf(empty)).toContain('SIM-FILE-EMPTY');
  });
  test('no PKCS#15 on the card', () => {
    expect(codesOf(run(uicc.application(PKCS15, '6a82')))).toEqual(['SIM-NO-PKCS15']);
  });
  test('a refused selection changes nothing', () => {
    const r = run(uicc.select('5f01'), uicc.select('6f07', '6a82'), uicc.read(0, bootstrap('x')));
    expect(r.datagrams).toMatchObject([{ operation: 'EF 5F01 read' }]);
  });
  test('logical channels do not mix', () => {
    const other = uicc.select('6f07').replace('00 a4', '01 a4');
    const r = run(uicc.select('5f01'), other, uicc.read(0, bootstrap('x')));
    expect(r.datagrams).toMatchObject([{ operation: 'EF 5F01 read' }]);
    expect(r.identities).toEqual([]);
  });
});

describe('the subscriber', () => {
  const IMSI = '08 2926108967452301';
  const ways: readonly [string, string[]][] = [
    [
      'GSM',
      [sim.select('3f00'), sim.select('7f20'), sim.select('6f07'), sim.response(gsmFile('6f07', 9)), sim.read(0, IMSI)],
    ],
    ['USIM, by path', [uicc.application('a0000000871002'), uicc.path('7fff6f07'), uicc.read(0, IMSI)]],
    ['USIM, by short identifier', [uicc.application('a0000000871002'), `00 b0 87 00 09 ${IMSI} 9000`]],
    ['written', [sim.select('6f07'), sim.update(0, IMSI)]],
    [
      'a response without a selection',
      [sim.select('6f07', '9f0f'), sim.response(gsmFile('6f07', 9)), sim.read(0, IMSI)],
    ],
  ];
  for (const [name, apdus] of ways) {
    test(name, () => {
      expect(run(...apdus).identities).toMatchObject([{ imsi: '262019876543210', msisdn: null, frame: apdus.length }]);
    });
  }
  test('an empty file, or another one, names nobody', () => {
    expect(run(sim.select('6f07'), sim.read(0, 'ff'.repeat(9))).identities).toEqual([]);
    expect(run(sim.select('6f08'), sim.read(0, IMSI)).identities).toEqual([]);
    expect(run(sim.select('6f07'), sim.read(0, '08 ff26108967452301')).identities).toEqual([]);
  });
  test('with its number', () => {
    const number = '4d65ffff 07 91 947102143658 ffffffff ff ff';
    const r = run(sim.select('6f07'), sim.read(0, IMSI), sim.select('6f40'), sim.readRecord(1, number));
    expect(r.identities).toMatchObject([
      { imsi: '262019876543210', msisdn: null },
      { imsi: '262019876543210', msisdn: '491720416385' },
    ]);
  });
  test('documents and messages carry it', () => {
    const r = run(
      sim.select('6f07'),
      sim.read(0, IMSI),
      sim.select('5f01'),
      sim.select('6f99'),
      sim.read(0, bootstrap('x')),
    );
    expect(r.datagrams).toMatchObject([{ imsi: '262019876543210' }]);
  });
});

const RECORD = padded(toHex(hex(`01 07 91 947101670000 ${DELIVER}`)), 176);
const DOWNLOAD_BODY = `02 02 8381 06 07 91 947101670000 0b ${hex(DELIVER).length.toString(16)} ${DELIVER}`;
const DOWNLOAD = `d1 ${hex(DOWNLOAD_BODY).length.toString(16)} ${DOWNLOAD_BODY}`;

describe('short messages', () => {
  test('records of EF SMS: read, stored, once each', () => {
    const r = run(
      sim.select('6f3c'),
      sim.readRecord(3, RECORD),
      sim.readRecord(3, RECORD),
      sim.readRecord(4, padded('00', 176)),
      sim.updateRecord(5, padded(toHex(hex(`07 ff ${SUBMIT}`)), 176)),
    );
    expect(r.messages).toMatchObject([
      {
        bearer: 'sim-apdu',
        operation: 'EF SMS record 3 read',
        direction: 'mt',
        smsc: { value: '491710760000' },
        from: { value: '1234' },
        udhi: true,
        dissector: 'sim-sms',
      },
      { operation: 'EF SMS record 5 updated', direction: 'mo', to: { value: '491234' }, smsc: null },
    ]);
    expect(codesOf(r)).toEqual([]);
  });
  test('a refused update stores nothing', () => {
    expect(run(sim.select('6f3c'), sim.updateRecord(1, RECORD, '9804')).messages).toEqual([]);
  });
  test('SMS-PP download and its status', () => {
    const r = run(sim.envelope(DOWNLOAD));
    expect(r.messages).toMatchObject([
      {
        operation: 'ENVELOPE (SMS-PP download)',
        direction: 'mt',
        smsc: { value: '491710760000' },
        dissector: 'sim-toolkit',
      },
    ]);
    expect(r.answers).toMatchObject([{ ok: true, answerKey: r.messages[0]?.answerKey }]);
    expect(run(sim.envelope(DOWNLOAD, '9300')).answers).toMatchObject([
      { ok: false, temporary: true, code: '9300', text: 'toolkit is busy' },
    ]);
    expect(run(sim.envelope(DOWNLOAD, '9e10')).answers).toMatchObject([{ ok: false, temporary: false }]);
  });
  test('the card sends a message', () => {
    const body = `81 03 01 13 00 82 02 8183 8b ${hex(SUBMIT).length.toString(16).padStart(2, '0')} ${SUBMIT}`;
    const r = run(uicc.fetch(`d0 ${hex(body).length.toString(16)} ${body}`));
    expect(r.messages).toMatchObject([{ operation: 'SEND SHORT MESSAGE', direction: 'mo', to: { value: '491234' } }]);
    const display = '81 03 01 21 80 82 02 8102 8d 03 04 6869';
    expect(run(uicc.fetch(`d0 ${hex(display).length.toString(16)} ${display}`)).messages).toEqual([]);
  });
  test('other envelopes and profiles are passed over', () => {
    const r = run(sim.envelope('d3 07 02 02 0181 10 01 05'), 'a0 10 00 00 04 ffffffff 9000');
    expect(codesOf(r)).toEqual([]);
    expect(r.messages).toEqual([]);
  });
});

describe('how APDUs arrive', () => {
  test('in pieces', () => {
    const frames = [
      ...[piece(4, 'a0a4000002'), piece(5, '6f99'), piece(7, '9f0f')],
      ...[
        piece(4, 'a0b0000080'),
        piece(6, bootstrap('x').slice(0, 20)),
        piece(6, bootstrap('x').slice(20)),
        piece(7, '9000'),
      ],
    ];
    const r = read(
      gsmtap.decode,
      frames.map((f) => ({ bytes: hex(f) })),
    );
    expect(r.datagrams).toMatchObject([{ operation: 'EF 6F99 read' }]);
    expect(framesOf(r.datagrams[0]!.data.map)).toEqual([5, 6]);
  });
  test('a header that begins another: the one before has no status', () => {
    const frames = [
      piece(4, 'a0a4000002'),
      piece(5, '6f99'),
      piece(4, 'a0b0000080'),
      piece(6, bootstrap('x')),
      piece(7, '9000'),
    ];
    const r = read(
      gsmtap.decode,
      frames.map((f) => ({ bytes: hex(f) })),
    );
    expect(r.datagrams).toMatchObject([{ operation: 'EF 6F99 read' }]);
  });
  test('a refusal before the data, and a length beyond the APDU', () => {
    expect(codesOf(run('a0 a4 00 00 02 6e00'))).toEqual([]);
    expect(codesOf(run('a0 d6 00 00 20 0102 9000'))).toEqual(['SIM-APDU-LENGTH']);
  });
  test('every octet is in the tree; PINs and keys are secret', () => {
    const apdus = [
      sim.select('6f07'),
      sim.response(gsmFile('6f07', 9)),
      sim.read(0, '01020304'),
      'a0 20 00 01 08 31323334ffffffff 9000',
      '00 88 00 81 10 000102030405060708090a0b0c0d0e0f 00 6124',
      sim.envelope(DOWNLOAD),
      sim.select('6f3c'),
      sim.readRecord(1, RECORD),
    ];
    for (const a of apdus) expect(uncovered(run(sim.select('6f3c'), a).rows.slice(-60), 0)).toEqual([]);
    for (const a of apdus) {
      const r = read(simApdu.decode, [{ bytes: hex(a) }]);
      expect(uncovered(r.rows, hex(a).length)).toEqual([]);
    }
    const pin = read(simApdu.decode, [{ bytes: hex(apdus[3]!) }]);
    const shown = pin.rows.filter((x) => x.value instanceof Uint8Array && toHex(x.value).includes('31323334'));
    expect(shown.map((x) => x.field.secret)).toEqual([true]);
  });
  test('records, objects and files read alone', () => {
    const alone = (d: typeof simSms, octets: string): number[] =>
      uncovered(read(d.decode, [{ bytes: hex(octets) }]).rows, hex(octets).length);
    expect(alone(simSms, RECORD)).toEqual([]);
    expect(alone(simSms, padded('00', 20))).toEqual([]);
    expect(alone(simToolkit, DOWNLOAD)).toEqual([]);
    expect(alone(simFile, padded(LONG, 700))).toEqual([]);
  });
});

describe('parts', () => {
  test('what is known of a file', () => {
    const image = new Image();
    const put = (at: number, octets: string) => image.put(at, mapped(hex(octets), at));
    put(0, '00010203');
    put(8, '08090a0b');
    expect(toHex(image.from(0).bytes)).toBe('00010203');
    put(4, '04050607');
    expect(toHex(image.from(0).bytes)).toBe('000102030405060708090a0b');
    put(2, 'aaaaaaaa');
    expect(toHex(image.from(0).bytes)).toBe('0001aaaaaaaa060708090a0b');
    expect(toHex(image.from(5).bytes)).toBe('aa060708090a0b');
    expect(image.contradicts(1, hex('01aa'))).toBe(false);
    expect(image.contradicts(1, hex('0102'))).toBe(true);
    image.put(0x8200, mapped(hex('00'), 1));
    expect(toHex(image.from(0x8200).bytes)).toBe('');
  });
  test('directories', () => {
    expect(provisioningEntries(hex(entry(1, '3f007f505f01') + entry(3, '5f03')))).toMatchObject([
      { name: 'Bootstrap', fid: '5f01', path: '3f007f505f01', offset: 0, length: null },
      { name: 'Config2', fid: '5f03', path: '5f03' },
    ]);
    expect(provisioningEntries(hex('06 04 672b0504 30 04 04 02 5f01'))).toEqual([]);
    expect(provisioningEntries(hex('06 04 672b0501 ff'))).toEqual([]);
    expect(provisioningEntries(hex('06 04 672b0501 30 04 04 02'))).toEqual([]);
  });
});

describe('a file that was dumped from a card', () => {
  for (const fill of ['ff', '00']) {
    test(`is a document in front of ${fill}`, async () => {
      const bytes = hex(padded(bootstrap('dumped'), 300, fill));
      const result = await scan([fromBytes('ef-bootstrap.bin', bytes)], {
        keys: { imsi: [], pin: [] },
        includeText: true,
      });
      const report = buildReport(result.report({ showSecrets: true, includeText: true }));
      expect(report.messages).toMatchObject([{ kind: 'client-provisioning', state: 'complete', bearer: 'file' }]);
      expect(report.messages[0]?.document?.xml).toContain('<parm name="NAME" value="dumped"/>');
      const codes = report.messages[0]?.findings.map((f) => f.code);
      // The rest of the settings is in other files of the card, which a dump of one does not have.
      expect(codes).toEqual(['WBXML-TRAILING-BYTES', 'CP-NOTHING-TO-INSTALL']);
    });
  }
});

describe('damage', () => {
  sweep(gsmtap.decode, {
    'a provisioning file': [
      ...found(entry(1, '3f007f505f01')).map(onWire),
      onWire(uicc.path('7f505f01')),
      onWire(uicc.response(fcp('5f01', 40))),
      onWire(uicc.read(0, padded(bootstrap('x'), 40))),
    ],
    messages: [onWire(sim.select('6f3c')), onWire(sim.readRecord(3, RECORD)), onWire(sim.envelope(DOWNLOAD))],
    pieces: [piece(4, 'a0a4000002'), piece(5, '6f99'), piece(7, '9f0f'), piece(1, '3b')],
  });
  sweep(simFile.decode, { 'a file': [padded(bootstrap('x'), 40)] });
  sweep(simToolkit.decode, { 'an object': [DOWNLOAD] });
});
