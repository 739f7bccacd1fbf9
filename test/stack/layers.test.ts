import { describe, expect, test } from 'vitest';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { A6, B6, eth, hex, ipv4, ipv6, join, tcp, u16, u32, udp, vlan } from './build.ts';

const hi = hex('6869');
const inUdp = udp(1000, 2000, hi);
const packet = ipv4(17, inUdp);
const packet6 = ipv6(17, inUdp);
const ether = eth(0x0800, packet);

const greHeader = (flags: number, protocol: number, rest = ''): Uint8Array => join(u16(flags), u16(protocol), rest);
const label = (value: number, bottom: boolean): string => u32((value << 12) | (bottom ? 0x100 : 0) | 64);
const gtp = (flags: number, rest: string, inner: Uint8Array): Uint8Array => {
  const body = join(rest, inner);
  return join([flags].map((n) => n.toString(16)).join(''), 'ff', u16(body.length), '00001234', body);
};
const sll = (protocol: number, payload: Uint8Array): Uint8Array =>
  join('0000 0001 0006 020000000001 0000', u16(protocol), payload);
const sll2 = (protocol: number, payload: Uint8Array): Uint8Array =>
  join(u16(protocol), '0000 00000002 0001 00 06 020000000001 0000', payload);

/** Everything that must lead to the UDP payload 'hi' between ports 1000 and 2000. */
const good: { name: string; link: number; in: Uint8Array }[] = [
  { name: 'Ethernet, IPv4', link: 1, in: ether },
  { name: 'Ethernet, IPv4, padding behind', link: 1, in: join(ether, '000000000000') },
  { name: 'Ethernet, IPv6', link: 1, in: eth(0x86dd, packet6) },
  { name: '802.1Q', link: 1, in: eth(0x8100, vlan(5, 0x0800, packet)) },
  {
    name: '802.1ad in 802.1Q in old QinQ',
    link: 1,
    in: eth(0x9100, vlan(1, 0x88a8, vlan(2, 0x8100, vlan(3, 0x86dd, packet6)))),
  },
  { name: '802.3 length, LLC, SNAP', link: 1, in: eth(100, join('aaaa03 000000 0800', packet)) },
  { name: 'LLC with the SAP of IP', link: 1, in: eth(50, join('060603', packet)) },
  { name: 'cooked', link: 113, in: sll(0x0800, packet) },
  { name: 'cooked, VLAN tag', link: 113, in: sll(0x8100, vlan(9, 0x86dd, packet6)) },
  { name: 'cooked v2', link: 276, in: sll2(0x86dd, packet6) },
  { name: 'null, little-endian', link: 0, in: join('02000000', packet) },
  { name: 'null, big-endian', link: 0, in: join('00000002', packet) },
  { name: 'null, AF_INET6 of NetBSD', link: 0, in: join('18000000', packet6) },
  { name: 'null, AF_INET6 of FreeBSD', link: 0, in: join('1c000000', packet6) },
  { name: 'null, AF_INET6 of Darwin', link: 0, in: join('1e000000', packet6) },
  { name: 'loop', link: 108, in: join('00000018', packet6) },
  { name: 'raw, 101', link: 101, in: packet },
  { name: 'raw, 12', link: 12, in: packet6 },
  { name: 'raw, 14', link: 14, in: packet },
  { name: 'IPv4, 228', link: 228, in: packet },
  { name: 'IPv6, 229', link: 229, in: packet6 },
  { name: 'PPP', link: 9, in: join('ff03 0021', packet) },
  { name: 'PPP, compressed protocol field', link: 9, in: join('21', packet) },
  { name: 'PPP without address and control', link: 9, in: join('0057', packet6) },
  { name: 'PPP in HDLC framing', link: 50, in: join('ff03 0057', packet6) },
  { name: 'Cisco HDLC', link: 104, in: join('0f00 0800', packet) },
  { name: 'PPPoE session', link: 1, in: eth(0x8864, join('11 00 0001', u16(packet.length + 2), '0021', packet)) },
  { name: 'MPLS, two labels, IPv4', link: 1, in: eth(0x8847, join(label(100, false), label(200, true), packet)) },
  { name: 'MPLS, IPv6', link: 1, in: eth(0x8848, join(label(2, true), packet6)) },
  { name: 'MPLS pseudowire with control word', link: 1, in: eth(0x8847, join(label(7, true), '00000000', ether)) },
  { name: 'MPLS pseudowire without control word', link: 1, in: eth(0x8847, join(label(7, true), ether)) },
  { name: 'GRE', link: 101, in: ipv4(47, join(greHeader(0, 0x0800), packet)) },
  {
    name: 'GRE with checksum, key and sequence',
    link: 101,
    in: ipv4(47, join(greHeader(0xb000, 0x86dd, '11112222 33333333 44444444'), packet6)),
  },
  { name: 'GRE, Ethernet inside', link: 101, in: ipv4(47, join(greHeader(0x2000, 0x6558, '00000001'), ether)) },
  {
    name: 'GRE version 1, PPP inside',
    link: 101,
    in: ipv4(47, join(greHeader(0x3081, 0x880b, '0000 0001 00000001 00000002'), 'ff03 0021', packet)),
  },
  { name: 'IPv4 in IPv4', link: 101, in: ipv4(4, packet) },
  { name: 'IPv6 in IPv4', link: 101, in: ipv4(41, packet6) },
  { name: 'IPv4 in IPv6', link: 101, in: ipv6(4, packet) },
  { name: 'IPv4 options', link: 101, in: ipv4(17, inUdp, { options: '94040000' }) },
  { name: 'IPv4 total length 0', link: 101, in: ipv4(17, inUdp, { total: 0 }) },
  {
    name: 'IPv4 with AH',
    link: 101,
    in: ipv4(51, join('11 04 0000 00000001 00000001 aaaaaaaaaaaaaaaaaaaaaaaa', inUdp)),
  },
  { name: 'IPv6 payload length 0', link: 101, in: ipv6(17, inUdp, 0) },
  {
    name: 'IPv6 hop-by-hop, routing, destination options',
    link: 101,
    in: ipv6(0, join('2b00 050200000000', '3c00 000000000000', '1100 010400000000', inUdp)),
  },
  { name: 'IPv6 atomic fragment', link: 101, in: ipv6(44, join('11 00 0000 00000007', inUdp)) },
  { name: 'GTP-U', link: 101, in: ipv4(17, udp(2152, 2152, gtp(0x30, '', packet))) },
  {
    name: 'GTP-U with sequence number, IPv6 inside',
    link: 101,
    in: ipv4(17, udp(50000, 2152, gtp(0x32, '0001 00 00', packet6))),
  },
  {
    name: 'GTP-U with extension headers',
    link: 101,
    in: ipv4(17, udp(2152, 2152, gtp(0x34, '0000 00 85 01 0000 c0 01 1111 00', packet))),
  },
  { name: 'UDP length 0', link: 101, in: ipv4(17, udp(1000, 2000, hi, 0)) },
];

describe('from the link to the payload', () => {
  for (const g of good) {
    test(g.name, () => {
      const l = layersOfFrame(g.in, g.link, null);
      expect([l.transport, l.sourcePort, l.destinationPort, l.missing]).toEqual(['udp', 1000, 2000, 0]);
      expect(g.in.subarray(l.payload.start, l.payload.start + l.payload.length)).toEqual(hi);
      expect(['192.0.2.1', '2001:db8::1']).toContain(l.sourceAddress);
      expect(l.findings).toEqual([]);
    });
  }

  test('TCP with options', () => {
    const f = eth(0x0800, ipv4(6, tcp(40000, 2775, hi, { options: '0101080a0000000100000002' })));
    const rows: TreeRow[] = [];
    const l = layersOfFrame(f, 1, recordInto(rows));
    expect([l.transport, l.destinationPort, l.payload.length]).toEqual(['tcp', 2775, 2]);
    expect(rows.filter((r) => r.field.path === 'tcp.option').map((r) => r.text)).toEqual([
      'No-operation',
      'No-operation',
      'Timestamps',
    ]);
  });
});

const odd: {
  name: string;
  link: number;
  in: Uint8Array;
  cut?: boolean;
  out: string;
  codes: string[];
  missing?: number;
}[] = [
  { name: 'ARP', link: 1, in: eth(0x0806, hex('0001')), out: 'other', codes: [] },
  { name: 'unknown link type', link: 147, in: hex('00'), out: 'other', codes: [] },
  { name: 'SCTP', link: 101, in: ipv4(132, hex('0b590b59 00000001 00000000 0b000004')), out: 'sctp', codes: [] },
  { name: 'SCTP, cut inside its header', link: 101, in: ipv4(132, hi), out: 'none', codes: [] },
  { name: 'ESP', link: 101, in: ipv4(50, hi), out: 'ip', codes: [] },
  {
    name: 'IPv4 with a short header',
    link: 228,
    in: join('44', packet.subarray(1)),
    out: 'none',
    codes: ['IPV4-HEADER'],
  },
  {
    name: 'IPv4 that says version 5',
    link: 228,
    in: join('55', packet.subarray(1)),
    out: 'none',
    codes: ['IPV4-HEADER'],
  },
  {
    name: 'total length below the header',
    link: 101,
    in: ipv4(17, inUdp, { total: 19 }),
    out: 'udp',
    codes: ['IPV4-TOTAL-SHORT'],
  },
  {
    name: 'total length beyond a whole frame',
    link: 101,
    in: ipv4(17, udp(1, 2, hi), { total: 35 }),
    out: 'udp',
    codes: ['IPV4-BEYOND-FRAME'],
  },
  {
    name: 'cut frame',
    link: 101,
    in: ipv4(17, udp(1, 2, hi, 20), { total: 40 }),
    cut: true,
    out: 'udp',
    codes: [],
    missing: 10,
  },
  { name: 'IPv6 beyond a whole frame', link: 101, in: ipv6(17, inUdp, 11), out: 'udp', codes: ['IPV6-BEYOND-FRAME'] },
  {
    name: 'IPv6 that says version 4',
    link: 229,
    in: join('40', packet6.subarray(1)),
    out: 'none',
    codes: ['IPV6-HEADER'],
  },
  { name: 'UDP length below its header', link: 101, in: ipv4(17, udp(1, 2, hi, 7)), out: 'udp', codes: ['UDP-LENGTH'] },
  {
    name: 'UDP length beyond the packet',
    link: 101,
    in: ipv4(17, udp(1, 2, hi, 11)),
    out: 'udp',
    codes: ['UDP-LENGTH'],
  },
  {
    name: 'TCP data offset below its header',
    link: 101,
    in: ipv4(6, join(tcp(1, 2, hi).subarray(0, 12), '4010', '0000000000000000')),
    out: 'none',
    codes: ['TCP-DATA-OFFSET'],
  },
  {
    name: 'GTP-U echo',
    link: 101,
    in: ipv4(17, udp(2152, 2152, hex('32 01 0004 00000000 00010000'))),
    out: 'control',
    codes: [],
  },
  {
    name: 'something else on port 2152',
    link: 101,
    in: ipv4(17, udp(2152, 2152, hex('48656c6c6f'))),
    out: 'udp',
    codes: [],
  },
  { name: 'GRE keepalive', link: 101, in: ipv4(47, greHeader(0, 0)), out: 'control', codes: [] },
  { name: 'GRE with source routing', link: 101, in: ipv4(47, greHeader(0x4000, 0x0800)), out: 'none', codes: [] },
  {
    name: 'MPLS that holds nothing known',
    link: 1,
    in: eth(0x8847, join(label(7, true), '1000000000')),
    out: 'other',
    codes: [],
  },
  { name: 'null with an unknown family', link: 0, in: join('63000000', packet), out: 'none', codes: [] },
  { name: 'fragment', link: 101, in: ipv4(17, inUdp, { more: true }), out: 'fragment', codes: [] },
  { name: 'spanning tree', link: 1, in: eth(38, hex('424203 0000')), out: 'other', codes: [] },
];

describe('what ends the walk', () => {
  for (const o of odd) {
    test(o.name, () => {
      const l = layersOfFrame(o.in, o.link, null, o.cut ?? false);
      expect([l.transport, l.findings.map((f) => f.rule.code)]).toEqual([o.out, o.codes]);
      if (o.missing !== undefined) expect(l.missing).toBe(o.missing);
    });
  }

  test('headers without end', () => {
    let inner = packet;
    for (let i = 0; i < 100; i++) inner = ipv4(4, inner);
    expect(layersOfFrame(inner, 101, null).transport).toBe('other');
    const chain = Array.from({ length: 40 }, () => '3c00000000000000').join('');
    const codes = layersOfFrame(ipv6(60, hex(chain)), 101, null).findings.map((f) => f.rule.code);
    expect(codes).toEqual(['IPV6-EXTENSIONS']);
  });
});

describe('hostile frames', () => {
  const all = [...good, ...odd];
  const sameWithRecorder = (bytes: Uint8Array, link: number, name: string): void => {
    const bare = layersOfFrame(bytes, link, null);
    const told = layersOfFrame(bytes, link, recordInto([]));
    // A cut header is read as far as it goes only for the tree; where a layer ended otherwise, nothing may differ.
    if (bare.transport === 'none') expect(told.transport, name).toBe('none');
    else expect(told, name).toEqual(bare);
  };

  test('cut at every octet', () => {
    for (const g of all) {
      for (let n = 0; n < g.in.length; n++) sameWithRecorder(g.in.subarray(0, n), g.link, `${g.name}, cut at ${n}`);
    }
  });

  test('every octet turned over, and set to 0 and 255', () => {
    for (const g of all) {
      for (let i = 0; i < g.in.length; i++) {
        for (const v of [g.in[i]! ^ 0xff, 0, 255, g.in[i]! ^ 0x10]) {
          const bytes = g.in.slice();
          bytes[i] = v;
          sameWithRecorder(bytes, g.link, `${g.name}, octet ${i} = ${v}`);
        }
      }
    }
  });
});

describe('the tree', () => {
  test('of a frame: every octet of the headers in one field', () => {
    const rows: TreeRow[] = [];
    layersOfFrame(ether, 1, recordInto(rows));
    const groups = rows.filter((r) => r.depth === 0);
    expect(groups.map((g) => [g.field.label, g.start, g.length])).toEqual([
      ['Ethernet', 0, 14],
      ['IPv4', 14, 20],
      ['UDP', 34, 8],
    ]);
    expect(rows.find((r) => r.field.path === 'ip.source')?.value).toBe('192.0.2.1');
    expect(rows.find((r) => r.field.path === 'udp.destinationPort')?.value).toBe(2000);
  });

  test('of a cut frame: what is there, and that it ends', () => {
    const rows: TreeRow[] = [];
    const l = layersOfFrame(ether.subarray(0, 24), 1, recordInto(rows));
    expect(rows.map((r) => r.field.path)).toContain('ip.protocol');
    expect(l.findings.map((f) => f.rule.code)).toEqual(['BASE-TRUNCATED']);
  });
});

test('addresses of both kinds are said', () => {
  const l = layersOfFrame(ipv6(17, inUdp), 101, null);
  expect([l.sourceAddress, l.destinationAddress]).toEqual(['2001:db8::1', '2001:db8::2']);
  expect(A6).not.toBe(B6);
});
