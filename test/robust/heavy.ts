// Bombs of any size: each opens as many streams, fragments or concatenations as it is told, and never ends one.

import { fromBytes, type Source } from '../../captures/source.ts';
import { data, init, m3ua, sctp, frame as sctpFrame, xudt } from '../sigtran/build.ts';
import { submit } from '../smpp/build.ts';
import { eth, ipv4, join, SYN, tcp, u16, u32, udp } from '../stack/build.ts';
import { capture } from './bomb.ts';

export interface Heavy {
  readonly name: string;
  /** Any of these must be said. */
  readonly codes: readonly string[];
  /** In each run of the tests, and what `npm run bombs` takes. */
  readonly few: number;
  readonly many: number;
  make(n: number): Source;
}

const DRIVER = ['DRIVER-MORE', 'SESSION-FINDINGS-BUDGET', 'SESSION-INCOMPLETE-BUDGET', 'SESSION-MESSAGES-BUDGET'];
const bytes = (frames: readonly Uint8Array[]): Source => fromBytes('bomb', capture(frames));
const list = (n: number, make: (i: number) => Uint8Array): Uint8Array[] => Array.from({ length: n }, (_, i) => make(i));

const client = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const stream = (i: number, seq: number, payload: Uint8Array, flags?: number): Uint8Array =>
  eth(
    0x0800,
    ipv4(6, tcp(40_000, 2775, payload, { seq: seq >>> 0, ...(flags === undefined ? {} : { flags }) }), {
      from: client(i),
      to: '192.0.2.2',
    }),
  );

/** WAP-224-WTP 8.3.1, 8.3.5: an Invoke that is not the last packet, or segment `number` of one. */
const invoke = (tid: number): string => `08 ${u16(tid & 0x7fff)} 12`;
const segment = (tid: number, number: number, trailer = 0): string =>
  `${(0x28 | (trailer << 1)).toString(16)} ${u16(tid & 0x7fff)} ${number.toString(16).padStart(2, '0')}`;
const session = (i: number, pdu: Uint8Array): Uint8Array =>
  eth(0x0800, ipv4(17, udp(9201, 49_200, pdu), { from: '192.0.2.1', to: client(i) }));
const PUSH = join('0601 01 b6 030b6a0045c60001', new Uint8Array(100));

/** Records of a pcap file made as they are read: the file itself needs no memory. */
function generated(n: number, size: number, write: (i: number, into: Uint8Array) => void): Source {
  const HEAD = 24;
  const record = 16 + size;
  const made = new Uint8Array(record);
  const view = new DataView(made.buffer);
  const head = join('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000');
  const length = HEAD + n * record;
  return {
    name: 'bomb',
    size: length,
    async read(at, into) {
      let done = 0;
      while (done < into.length && at + done < length) {
        const p = at + done;
        let from = head.subarray(p);
        if (p >= HEAD) {
          const i = Math.floor((p - HEAD) / record);
          view.setUint32(0, 1_795_000_000 + Math.floor(i / 1000), true);
          view.setUint32(4, (i % 1000) * 1000, true);
          view.setUint32(8, size, true);
          view.setUint32(12, size, true);
          write(i, made.subarray(16));
          from = made.subarray((p - HEAD) % record);
        }
        const part = from.subarray(0, into.length - done);
        into.set(part, done);
        done += part.length;
      }
      return done;
    },
  };
}

/** One of 255 parts of each of `n` messages, in submit_sm of as many subscribers, many PDUs in a segment. */
function concatenations(n: number, parts: number): Source {
  const IN_ONE = 16;
  const pdu = submit({
    esm: 0x40,
    dcs: 4,
    to: [1, 1, '490000000000'],
    content: join('06080400000000', new Uint8Array(30).fill(0x41)),
  });
  const one = new Uint8Array(pdu.length * IN_ONE);
  for (let k = 0; k < IN_ONE; k += 1) one.set(pdu, k * pdu.length);
  const frame = stream(1, 1, one);
  const at = frame.length - one.length;
  const digits = String.fromCharCode(...pdu).indexOf('490000000000');
  const element = String.fromCharCode(...pdu).indexOf('\x06\x08\x04') + 3;
  return generated(Math.ceil((n * parts) / IN_ONE), frame.length, (i, into) => {
    into.set(frame);
    const view = new DataView(into.buffer, into.byteOffset, into.length);
    view.setUint32(14 + 20 + 4, 1 + i * one.length);
    for (let k = 0; k < IN_ONE; k += 1) {
      const m = i * IN_ONE + k;
      const reference = m % n;
      const from = at + k * pdu.length;
      view.setUint32(from + 12, 1 + (m & 0xffffff));
      for (let d = 0, v = reference; d < 7; d += 1, v = Math.floor(v / 10))
        into[from + digits + 11 - d] = 0x30 + (v % 10);
      view.setUint16(from + element, reference & 0xffff);
      into[from + element + 2] = 255;
      into[from + element + 3] = 1 + (Math.floor(m / n) % 255);
    }
  });
}

export const heavy: readonly Heavy[] = [
  {
    name: 'WTP: transactions that never end, each of another phone',
    codes: DRIVER,
    few: 5200,
    many: 20_000,
    make: (n) => bytes(list(n, (i) => session(i, join(invoke(i), PUSH)))),
  },
  {
    name: 'WTP: transactions that never end, all of one phone',
    codes: DRIVER,
    few: 5200,
    many: 20_000,
    make: (n) => bytes(list(n, (i) => session(1, join(invoke(i), PUSH)))),
  },
  {
    name: 'WTP: groups of 255 packets of which the first is missing',
    codes: DRIVER,
    few: 5200,
    many: 60_000,
    make: (n) =>
      bytes(
        list(n, (i) => session(1, join(segment(i / 255, 1 + (i % 255), i % 16 === 15 ? 2 : 0), new Uint8Array(60)))),
      ),
  },
  {
    name: 'WTP: one packet of one message again and again',
    codes: ['WTP-RETRANSMISSION', 'WTP-RETRANSMISSION-UNMARKED'],
    few: 2000,
    many: 60_000,
    make: (n) => bytes(list(n, () => session(1, join(invoke(7), PUSH)))),
  },
  {
    name: 'TCP: connections with the beginning of an SMPP PDU each',
    codes: ['DRIVER-CONNECTIONS', 'STREAM-INCOMPLETE', ...DRIVER],
    few: 1000,
    many: 60_000,
    make: (n) => {
      const pdu = submit({ content: new Uint8Array(100) });
      return bytes(
        list(2 * n, (k) =>
          k % 2 === 0 ? stream(k >> 1, 0, new Uint8Array(0), SYN) : stream(k >> 1, 1, join(pdu, pdu.subarray(0, 60))),
        ),
      );
    },
  },
  {
    name: 'TCP: connections with a gap and data behind it',
    codes: ['DRIVER-CONNECTIONS', 'DRIVER-OCTETS', 'TCP-GAP', ...DRIVER],
    few: 1000,
    many: 20_000,
    make: (n) => {
      const pdu = submit({ content: new Uint8Array(100) });
      return bytes(
        list(4 * n, (k) =>
          k % 4 === 0 ? stream(k >> 2, 1, pdu) : stream(k >> 2, 1 + 2000 * (k % 4), new Uint8Array(1000).fill(k & 255)),
        ),
      );
    },
  },
  {
    name: 'SCTP: fragments of messages that never end',
    codes: ['SCTP-FRAGMENTS', 'SCTP-INCOMPLETE', ...DRIVER],
    few: 1000,
    many: 60_000,
    make: (n) =>
      bytes([
        sctpFrame(sctp({}, init(0x1111, 1))),
        ...list(n, (i) =>
          sctpFrame(sctp({}, data({ tsn: 1 + 2 * i, stream: i & 0xffff, flags: 'B' }, new Uint8Array(600)))),
        ),
      ]),
  },
  {
    name: 'SCTP: middle fragments without a first one',
    codes: ['SCTP-FRAGMENTS', 'SCTP-INCOMPLETE', ...DRIVER],
    few: 1000,
    many: 60_000,
    make: (n) =>
      bytes([
        sctpFrame(sctp({}, init(0x1111, 1))),
        ...list(n, (i) => sctpFrame(sctp({}, data({ tsn: 2 + i, stream: 1, flags: '' }, new Uint8Array(600))))),
      ]),
  },
  {
    name: 'SCCP: first segments of as many messages',
    codes: ['SCCP-SEGMENTS', 'SCCP-SEGMENT-MISSING', ...DRIVER],
    few: 1000,
    many: 60_000,
    make: (n) =>
      bytes(
        list(n, (i) => {
          const s = { first: true, remaining: 15, reference: u32(i).slice(2) };
          return sctpFrame(sctp({}, data({ tsn: 1 + i }, m3ua(xudt(new Uint8Array(200).fill(0x62), s)))));
        }),
      ),
  },
  {
    name: 'SMS: one part of 255 of as many messages',
    codes: ['SESSION-INCOMPLETE-BUDGET'],
    few: 6000,
    many: 100_000,
    make: (n) => concatenations(n, 1),
  },
  {
    name: 'SMS: as many parts of messages of 255, none of which ends',
    codes: ['SESSION-INCOMPLETE-BUDGET', 'SESSION-MESSAGES-BUDGET'],
    few: 6000,
    many: 100_000,
    make: (n) => concatenations(Math.ceil(n / 250), 250),
  },
];
