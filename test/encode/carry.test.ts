// What encode writes, read back by the whole engine.

import { describe, expect, test } from 'vitest';
import { captureOf, type Envelope, headerLines, partsOf, pduLines, smppStream } from '../../analysis/encode/carry.ts';
import { isFault, type WrittenDocument, writeDocument } from '../../analysis/encode/document.ts';
import { type PushForm, writePush } from '../../analysis/encode/push.ts';
import { deliverPdu, splitUserData, submitPdu } from '../../analysis/encode/sms.ts';
import { report, SETTINGS, toHex, utf8 } from './support.ts';

const IMSI = '262010000000001';
const ENVELOPE: Envelope = {
  from: '+4917099',
  to: '+491700000000',
  serviceCentre: '',
  time: '2026-11-23T08:15:00.000Z',
};

const document = (xml = SETTINGS): WrittenDocument => {
  const out = writeDocument(utf8(xml));
  if (isFault(out)) throw new Error(out.fault);
  return out;
};

function push(security: PushForm['security'], headers: PushForm['headers'] = []): Uint8Array {
  const out = writePush(document(), { security, headers });
  if (isFault(out)) throw new Error(out.fault);
  return out.bytes;
}

const parts = (bytes: Uint8Array, more = {}): Uint8Array[] => {
  const out = partsOf(bytes, { reference: 77, ...more });
  if ('fault' in out) throw new Error(out.fault);
  return out;
};

const netwpin = push({ method: 'NETWPIN', imsi: IMSI, pin: null });

describe('every form is read back', () => {
  const forms: Readonly<Record<string, Uint8Array>> = {
    push: netwpin,
    hex: utf8(`${toHex(netwpin)}\n`),
    udh: utf8(headerLines(parts(netwpin), ENVELOPE.to)),
    submit: utf8(pduLines(parts(netwpin), 'submit', ENVELOPE)),
    deliver: utf8(pduLines(parts(netwpin), 'deliver', { ...ENVELOPE, serviceCentre: '+491710760000' })),
    'submit, 16-bit reference, short parts': utf8(
      pduLines(parts(netwpin, { bits: 16, reference: 4660, most: 60 }), 'submit', ENVELOPE),
    ),
    pcap: captureOf(parts(netwpin), ENVELOPE, 'pcap'),
    pcapng: captureOf(parts(netwpin, { destinationPort: 2948, sourcePort: 1 }), ENVELOPE, 'pcapng'),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    test(name, async () => {
      const out = await report(name, bytes, { imsi: [IMSI] });
      expect(out.messages.map((m) => [m.kind, m.state, m.security?.method, m.security?.verdict])).toEqual([
        ['client-provisioning', 'complete', 'NETWPIN', 'valid'],
      ]);
      expect(out.messages[0]!.document?.xml).toBe(SETTINGS.replace(/^.*\n/, '').replace(/\n\s*/g, ''));
      expect(out.messages[0]!.findings.filter((f) => f.severity !== 'note')).toEqual([]);
    });
  }

  test('SMPP: the capture holds what the stream holds', () => {
    const stream = toHex(smppStream(parts(netwpin), ENVELOPE));
    const capture = toHex(captureOf(parts(netwpin), ENVELOPE, 'pcap'));
    for (const part of parts(netwpin)) {
      expect(stream).toContain(toHex(part));
      expect(capture).toContain(toHex(part));
    }
    expect(stream).toMatch(/^000000[0-9a-f]{2}00000004000000000000000100010134393137303939000101/);
  });

  test('the capture says who, when, and that all was accepted', async () => {
    const { messages, transactions } = await report('x', captureOf(parts(netwpin), ENVELOPE, 'pcapng'));
    expect(messages[0]).toMatchObject({ bearer: 'smpp', to: '+491700000000' });
    expect(transactions.map((t) => t.outcome)).toEqual(['accepted']);
    expect(JSON.stringify(messages[0])).toContain('2026-11-23T08:15:00');
  });
});

describe('MACs', () => {
  const cases = [
    { method: 'NETWPIN', imsi: IMSI, pin: null },
    { method: 'NETWPIN', imsi: '26201000000002', pin: null },
    { method: 'USERPIN', imsi: null, pin: '0042' },
    { method: 'USERNETWPIN', imsi: IMSI, pin: '1234' },
  ] as const;
  for (const c of cases) {
    test(`${c.method} ${c.imsi?.length ?? ''}`, async () => {
      const keys = { imsi: c.imsi === null ? [] : [c.imsi], pin: c.pin === null ? [] : [c.pin] };
      const { messages } = await report('x', push(c), keys);
      expect(messages[0]!.security).toMatchObject({ method: c.method, verdict: 'valid' });
    });
  }

  test('USERPINMAC: the PIN and the check digits make the number', async () => {
    const out = writePush(document(), { security: { method: 'USERPINMAC', imsi: null, pin: '48213' }, headers: [] });
    if (isFault(out)) throw new Error(out.fault);
    expect(out.checkDigits).toMatch(/^\d{5}$/);
    const { messages } = await report('x', out.bytes, { pin: [`48213${out.checkDigits}`] });
    expect(messages[0]!.security).toMatchObject({ method: 'USERPINMAC', verdict: 'valid' });
  });

  test('what a method needs is said', () => {
    const says = (
      method: 'NETWPIN' | 'USERPIN' | 'USERNETWPIN' | 'USERPINMAC',
      imsi: string | null,
      pin: string | null,
    ) => {
      const out = writePush(document(), { security: { method, imsi, pin }, headers: [] });
      return isFault(out) ? out.fault : null;
    };
    expect(says('NETWPIN', null, '1234')).toBe('NETWPIN needs an IMSI');
    expect(says('USERPIN', IMSI, null)).toBe('USERPIN needs a PIN');
    expect(says('USERNETWPIN', IMSI, null)).toBe('USERNETWPIN needs an IMSI and a PIN');
    expect(says('USERPINMAC', null, '1234')).toBe('USERPINMAC needs a PIN of 5 to 20 digits');
  });

  test('other headers', async () => {
    const bytes = push(null, [
      { name: 'x-wap-application-id', value: 'x-wap-application:wml.ua' },
      { name: 'X-Own', value: 'yes' },
    ]);
    const { messages } = await report('x', bytes);
    const headers = messages[0]!.wsp?.headers ?? [];
    expect(headers.map((h) => `${h.name}: ${h.value}`)).toEqual([
      'X-Wap-Application-Id: x-wap-application:wml.ua',
      'X-Own: yes',
    ]);
  });
});

describe('short messages', () => {
  test('one part has the ports only, more have a reference', () => {
    const one = splitUserData(new Uint8Array(133), { reference: 1 });
    expect([one.length, toHex(one[0]!).slice(0, 14)]).toEqual([1, '0605040b8423f0']);
    const two = splitUserData(new Uint8Array(134), { reference: 1 });
    expect(two.map((p) => [p.length, toHex(p).slice(0, 24)])).toEqual([
      [140, '0b05040b8423f00003010201'],
      [18, '0b05040b8423f00003010202'],
    ]);
    const wide = splitUserData(new Uint8Array(134), {
      reference: 0x1234,
      bits: 16,
      destinationPort: 49999,
      sourcePort: 0,
    });
    expect(toHex(wide[1]!).slice(0, 26)).toBe('0c0504c34f0000080412340202');
  });

  test('what 255 parts can not hold', () => {
    const out = partsOf(new Uint8Array(255 * 128 + 1), { reference: 0 });
    expect('fault' in out && out.fault).toBe(
      'the push has 32641 octets, which is 256 short messages; 255 can be joined',
    );
    expect('fault' in partsOf(new Uint8Array(255 * 128), { reference: 0 })).toBe(false);
  });

  test('TPDUs (3GPP TS 23.040 9.2.2.1, 9.2.2.2)', () => {
    const userData = Uint8Array.of(1, 2);
    expect(toHex(submitPdu({ serviceCentre: '', to: '+491700', userData }))).toBe('0041000691947100' + '00f5020102');
    expect(toHex(submitPdu({ serviceCentre: '+4917107', to: '123', userData }))).toBe(
      '0591947101f7' + '4100' + '038121f300f5020102',
    );
    expect(toHex(deliverPdu({ serviceCentre: '', from: '+491700', time: '261123081500', quarters: 0, userData }))).toBe(
      '00440691947100' + '00f5' + '62113280510000' + '020102',
    );
  });
});
