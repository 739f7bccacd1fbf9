// Everything about one fake message, with octets that really lie where the ranges say.

import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import type {
  BytesReply,
  Detail,
  EventRow,
  Keys,
  SegmentRow,
  TreeNode,
  VerifyResult,
} from '../../../analysis/engine/contract.ts';
import { buildDocument, DANGLING, type FakeDocument, INTERNET } from './document.ts';
import type { FakeMessage } from './traffic.ts';

const hex = (b: Uint8Array): string =>
  Array.from(b, (x) => x.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
const ascii = (s: string): Uint8Array => new TextEncoder().encode(s);
const REAL_PIN = '1234';
const IMSI = '262019876543210';

const macOf = (key: Uint8Array, body: Uint8Array): string => hex(hmac(sha1, key, body));

/** IMSI as in EF_IMSI without its length. */
function semiOctets(imsi: string): Uint8Array {
  const digits = `${imsi.length % 2 === 1 ? '9' : '1'}${imsi}${imsi.length % 2 === 0 ? 'F' : ''}`;
  return Uint8Array.from(digits.match(/../g) ?? [], (p) => Number.parseInt(`${p[1]}${p[0]}`, 16));
}

const HEADER = 14 + 20 + 20 + 16 + 36;
const UDH = 12;
const ROOM = 128;

interface Layers {
  readonly document: FakeDocument;
  readonly datagram: Uint8Array;
  readonly bodyAt: number;
  readonly frames: ReadonlyMap<number, Uint8Array>;
  readonly mac: string | null;
}

function layers(m: FakeMessage, secrets: boolean): Layers {
  const document = buildDocument(m.story === 'dangling' ? DANGLING : INTERNET, 1000, 3, secrets);
  const { body } = document;
  const sent =
    m.row.method === null || m.row.verdict === 'no-mac'
      ? null
      : m.story === 'wrong-imsi'
        ? macOf(ascii(IMSI), body)
        : m.row.method === 'USERPIN'
          ? macOf(ascii(REAL_PIN), body)
          : macOf(semiOctets(IMSI), body);
  const sec = m.row.method === null ? [] : [0x91, 0x80 | ['NETWPIN', 'USERPIN', 'USERNETWPIN'].indexOf(m.row.method)];
  const macPart = sent === null ? [] : [0x92, ...ascii(sent), 0];
  const type = [0xb6, ...sec, ...macPart];
  const headers = [0x1f, type.length, ...type];
  const datagram = Uint8Array.from([m.row.index & 0xff, 0x06, headers.length, ...headers, ...body]);
  const frames = new Map<number, Uint8Array>();
  m.frames.forEach((frame, p) => {
    if (m.story === 'missing' && p === 2) return;
    const part = datagram.subarray(p * ROOM, p === m.row.parts - 1 ? datagram.length : (p + 1) * ROOM);
    const bytes = new Uint8Array(HEADER + UDH + part.length);
    bytes.set([0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00, 0x45, 0x00], 0);
    bytes.set([0x0a, 0, 0, 1, 0x0a, 0, 0, 2, 0xc3, 0x50, 0x0a, 0xd7], 26);
    bytes.set([0, 0, 0, 0xd0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, p + 2], 54);
    bytes.set(
      [0x00, 0x00, 0x00, ...ascii(m.row.from ?? ''), 0, 1, 1, ...ascii((m.row.to ?? '').slice(1)), 0, 0x40],
      70,
    );
    bytes.set([0x0b, 5, 4, 0x0b, 0x84, 0x23, 0xf0, 0, 3, m.row.index & 0xff, m.row.parts, p + 1], HEADER);
    bytes.set(part, HEADER + UDH);
    frames.set(frame, bytes);
  });
  return { document, datagram, bodyAt: datagram.length - body.length, frames, mac: sent };
}

export function fakeBytes(m: FakeMessage, buffer: string): BytesReply | null {
  const l = layers(m, true);
  if (buffer === 'body') {
    const { body } = l.document;
    return { buffer, bytes: body, origin: [{ start: 0, length: body.length, from: 'datagram', offset: l.bodyAt }] };
  }
  if (buffer === 'datagram') {
    const origin = [...l.frames].map(([frame, bytes]) => {
      const p = m.frames.indexOf(frame);
      return { start: p * ROOM, length: bytes.length - HEADER - UDH, from: `frame:${frame}`, offset: HEADER + UDH };
    });
    return { buffer, bytes: l.datagram, origin };
  }
  const frame = l.frames.get(Number(buffer.replace('frame:', '')));
  return frame === undefined ? null : { buffer, bytes: frame, origin: [] };
}

export function fakeVerify(m: FakeMessage, keys: Keys, secrets: boolean): VerifyResult {
  const l = layers(m, true);
  const { body } = l.document;
  const { method } = m.row;
  const needs: ('imsi' | 'pin')[] =
    method === 'NETWPIN' ? ['imsi'] : method === 'USERPIN' ? ['pin'] : method === 'USERNETWPIN' ? ['imsi', 'pin'] : [];
  const base = {
    method,
    mac: l.mac,
    expectedMac: null,
    keySource: null,
    keySteps: [],
    matchesOtherDerivation: null,
    needs,
    covered: { buffer: 'body', start: 0, length: body.length },
    macRange: l.mac === null ? null : { buffer: 'datagram', start: l.bodyAt - 41, length: 40 },
  };
  if (method === null)
    return { ...base, verdict: m.row.verdict, explanation: 'The message names no security method and carries no MAC.' };
  if (l.mac === null)
    return { ...base, verdict: 'no-mac', explanation: 'SEC names USERPIN, but there is no MAC to compare with.' };
  if (m.row.verdict === 'malformed')
    return { ...base, verdict: 'malformed', explanation: 'The MAC has 38 digits instead of 40.' };
  const missing = needs.filter((n) => keys[n].length === 0);
  const imsi = keys.imsi[0] ?? (m.story === 'wrong-imsi' || m.story === 'dangling' ? IMSI : undefined);
  const pin = keys.pin[0];
  if ((needs.includes('imsi') && imsi === undefined) || (needs.includes('pin') && pin === undefined)) {
    return {
      ...base,
      verdict: 'no-key',
      needs: missing,
      explanation: `Protected with ${method}; the ${missing.map((n) => (n === 'imsi' ? 'IMSI' : 'PIN')).join(' and the ')} that its key is made of ${missing.length === 1 ? 'is' : 'are'} not known.`,
    };
  }
  const steps: string[] = [];
  const key: number[] = [];
  if (imsi !== undefined && needs.includes('imsi')) {
    const b = semiOctets(imsi);
    key.push(...b);
    steps.push(
      `IMSI of ${imsi.length} digits: parity nibble ${imsi.length % 2 === 1 ? '9 (odd)' : '1 (even)'} in front`,
    );
    steps.push(
      `digits swapped in pairs: ${secrets ? (hex(b).match(/../g) ?? []).join(' ') : '•• •• •• •• •• •• •• ••'}`,
    );
  }
  if (pin !== undefined && needs.includes('pin')) {
    key.push(...ascii(pin));
    steps.push(
      `PIN of ${pin.length} digits as ASCII: ${secrets ? (hex(ascii(pin)).match(/../g) ?? []).join(' ') : '•• '.repeat(pin.length).trim()}`,
    );
  }
  steps.push(`HMAC-SHA1 over the ${body.length} octets of the body, written as 40 hex digits`);
  const expected = macOf(Uint8Array.from(key), body);
  const good = expected === l.mac;
  const other = !good && m.story === 'wrong-imsi' ? 'imsi-ascii' : null;
  return {
    ...base,
    needs: [],
    expectedMac: expected,
    keySteps: steps,
    keySource: keys.imsi.length + keys.pin.length > 0 ? 'given' : 'inferred',
    matchesOtherDerivation: other,
    verdict: good ? 'valid' : 'invalid',
    explanation: good
      ? 'The MAC matches: whoever made it knew this key, and no octet of the body has changed since.'
      : other !== null
        ? 'The MAC differs, but it matches when the IMSI is taken as ASCII digits: the sender used a wrong key recipe.'
        : 'The MAC differs in every recipe tried: another PIN or IMSI, or the body has been changed.',
  };
}

export function fakeDetail(m: FakeMessage, keys: Keys, secrets: boolean): Detail {
  const l = layers(m, secrets);
  const isCp = m.row.kind === 'client-provisioning';
  const lost = m.story === 'missing' ? 2 : -1;
  const segments: SegmentRow[] = m.partTimes.flatMap((time, p) =>
    p === lost
      ? []
      : [
          {
            part: p + 1,
            of: m.row.parts,
            frames: [m.frames[p]!],
            time,
            length: (l.frames.get(m.frames[p]!)?.length ?? 0) - HEADER - UDH,
            status: 'used',
            answer: m.story === 'refused' && p === 1 ? '0x00000045 ESME_RSUBMITFAIL' : 'ESME_ROK',
          },
        ],
  );
  const events: EventRow[] = segments.flatMap((s) => [
    {
      time: s.time,
      frame: s.frames[0]!,
      what: 'submit',
      part: s.part,
      by: 'smpp',
      code: null,
      text: 'submit_sm',
      ok: null,
    },
    {
      time: s.time + 8e6,
      frame: s.frames[0]! + 1,
      what: s.answer === 'ESME_ROK' ? 'accepted' : 'refused',
      part: s.part,
      by: 'smpp',
      code: s.answer === 'ESME_ROK' ? null : '0x00000045',
      text: s.answer ?? '',
      ok: s.answer === 'ESME_ROK',
    },
  ]);
  const bodyRange = { buffer: 'body', start: 0, length: l.document.body.length };
  const find = (label: string) => l.document.settings.find((s) => s.parm === label)?.range ?? null;
  const tree: TreeNode[] = [];
  const add = (id: number, parent: number, label: string, value: string, range: TreeNode['range'], path = ''): void => {
    tree.push({ id, parent, label, value, path, range, secret: false, clause: null });
  };
  segments.forEach((s, i) => {
    const buffer = `frame:${s.frames[0]!}`;
    const id = 100 + i * 20;
    add(
      id,
      -1,
      `SMPP submit_sm, part ${s.part} of ${s.of}`,
      `frame ${s.frames[0]}`,
      { buffer, start: 54, length: HEADER - 54 + UDH + s.length },
      'smpp',
    );
    add(id + 1, id, 'Command length', '208', { buffer, start: 54, length: 4 }, 'smpp.commandLength');
    add(id + 2, id, 'Command', 'submit_sm (0x00000004)', { buffer, start: 58, length: 4 }, 'smpp.commandId');
    add(id + 3, id, 'Sequence number', String(s.part + 1), { buffer, start: 66, length: 4 }, 'smpp.sequenceNumber');
    add(
      id + 4,
      id,
      'From',
      m.row.from ?? '',
      { buffer, start: 73, length: (m.row.from ?? '').length },
      'smpp.sourceAddr',
    );
    add(id + 5, id, 'User data header', '11 octets', { buffer, start: HEADER, length: UDH }, 'sms.udh');
    add(
      id + 6,
      id + 5,
      'Application ports, 16 bit',
      '2948 from 9200',
      { buffer, start: HEADER + 1, length: 6 },
      'sms.udh.ports',
    );
    add(
      id + 7,
      id + 5,
      'Concatenation, 8 bit',
      `reference ${m.row.index & 0xff}, part ${s.part} of ${s.of}`,
      { buffer, start: HEADER + 7, length: 5 },
      'sms.udh.concat',
    );
    add(id + 8, id, 'Content', `${s.length} octets`, { buffer, start: HEADER + UDH, length: s.length }, 'sms.content');
  });
  const dg = (start: number, length: number) => ({ buffer: 'datagram', start, length });
  add(2, -1, 'WSP Push', `transaction ${m.row.index & 0xff}`, dg(0, l.bodyAt), 'wsp');
  add(20, 2, 'Transaction identifier', String(m.row.index & 0xff), dg(0, 1), 'wsp.tid');
  add(21, 2, 'PDU type', 'Push (0x06)', dg(1, 1), 'wsp.pduType');
  add(22, 2, 'Headers length', String(l.bodyAt - 3), dg(2, 1), 'wsp.headersLength');
  add(23, 2, 'Content-Type', m.row.contentType ?? '', dg(3, l.bodyAt - 3), 'wsp.contentType');
  if (m.row.method !== null) add(24, 23, 'SEC', m.row.method, dg(6, 2), 'wsp.sec');
  if (l.mac !== null) add(25, 23, 'MAC', l.mac, dg(l.bodyAt - 42, 42), 'wsp.mac');
  add(3, -1, 'WBXML document', 'Client Provisioning 1.0', bodyRange, 'wbxml');
  tree.push(...l.document.tree);

  return {
    row: m.row,
    summary: [
      { text: 'Sets up the access point internet.example and makes browsing use it.', range: find('NAP-ADDRESS') },
      {
        text:
          lost >= 0
            ? 'Part 3 of 4 never came; what is shown ends where the gap begins.'
            : `Sent in ${m.row.parts} parts, complete.`,
        range: null,
      },
      {
        text:
          m.row.method === null
            ? 'Nothing protects it: anybody could have sent it.'
            : `Protected with ${m.row.method}.`,
        range: l.mac === null ? null : { buffer: 'datagram', start: l.bodyAt - 41, length: 40 },
      },
      ...m.findings.map((f) => ({ text: f.text, range: find('TO-NAPID') })),
    ],
    segments,
    ports: { source: 9200, destination: 2948 },
    headers: [
      { name: 'Content-Type', value: m.row.contentType ?? '', range: dg(3, l.bodyAt - 3) },
      { name: 'X-Wap-Application-Id', value: 'x-wap-application:*', range: null },
    ],
    settings: isCp ? l.document.settings : [],
    xml: m.row.state === 'undecodable' ? null : l.document.xml,
    xmlRanges: l.document.xmlRanges,
    tree,
    verify: fakeVerify(m, keys, secrets),
    findings: m.findings.map((f) => ({ ...f, range: find('TO-NAPID') })),
    hops: [],
    events,
    buffers: [
      { name: 'body', label: 'Body', length: l.document.body.length },
      { name: 'datagram', label: 'Datagram', length: l.datagram.length },
      ...[...l.frames].map(([frame, b]) => ({ name: `frame:${frame}`, label: `Frame ${frame}`, length: b.length })),
    ],
    chosen: [
      'SMPP: the TCP stream of port 2775 begins with a plausible bind_transmitter.',
      'WSP push: UDH names destination port 2948.',
      'Client Provisioning: the content type says so, and the public identifier is 0x0B.',
    ],
  };
}
