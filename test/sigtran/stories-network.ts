// Registers, several links, and messages in segments.

import * as b from './build.ts';
import type { Story } from './story.ts';
import { begin, DELIVERED, end, exchange, GATEWAY, MT, mt } from './telling.ts';

const msisdn = '491703000001';
const sri = (id = 1) => b.invoke(id, 45, b.ber('30', b.isdn('80', msisdn), '8101ff', b.isdn('82', b.CENTRE)));
const location = (...more: string[]) =>
  b.ber('30', b.imsi('04', b.IMSI), b.ber('a0', b.isdn('81', '491720000001'), ...more));

export const registers: Story[] = [
  {
    name: 'SRI-SM and its answer',
    in: exchange(begin(sri(), '01', GATEWAY), end(b.result(1, 45, location('0404 01020304')), '01', GATEWAY)),
    identities: ['491703000001 = 262019876543210'],
  },
  {
    name: 'SRI-SM refused',
    in: exchange(begin(sri(), '01', GATEWAY), end(b.error(1, 6, '3003 020101'), '01', GATEWAY)),
    codes: ['MAP-ROUTING-REFUSED'],
    said: ['+491703000001: absentSubscriberSM: IMSI detached'],
  },
  {
    name: 'SRI-SM not delivered',
    in: (() => {
      const link = new b.Link();
      const question = begin(sri(), '01', GATEWAY);
      return [link.tcap(question), link.sccp(b.udts(5, question), true)];
    })(),
    codes: ['MAP-ROUTING-REFUSED'],
    said: ['+491703000001: given back by the network: MTP failure'],
  },
  {
    name: 'the message names its receiver by a local identity that the home register told',
    in: (() => {
      const link = new b.Link();
      const argument = b.ber('30', '8104 01020304', b.isdn('84', b.CENTRE), b.ber('04', b.deliver('61')));
      return [
        link.tcap(begin(sri(), '01', GATEWAY)),
        link.tcap(end(b.result(1, 45, location('0404 01020304')), '01', GATEWAY), true),
        link.tcap(begin(b.invoke(1, 44, argument), '02')),
        link.tcap(end(b.result(1), '02'), true),
      ];
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
    identities: ['491703000001 = 262019876543210'],
  },
  {
    name: 'the message names its receiver by a local identity, the dialogue by the IMSI',
    in: (() => {
      const argument = b.ber('30', '8104 01020304', b.isdn('84', b.CENTRE), b.ber('04', b.deliver('61')));
      const open = b.mapDialogue(b.ber('a0', b.ber('80', 'd6', b.tbcd(b.IMSI))));
      const dialogue = b.aarq(MT, open);
      return exchange(
        b.begin({ from: '01', dialogue, components: [b.invoke(1, 44, argument)] }),
        b.end({ to: '01', components: [b.result(1)] }),
      );
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'delivery status: absent, which diagnostic',
    in: exchange(
      begin(
        b.invoke(1, 47, b.ber('30', b.isdn('04', msisdn), b.isdn('04', b.CENTRE), '0a0101', '800104')),
        '01',
        b.mapContext('gateway', 3),
      ),
      end(b.result(1), '01', GATEWAY),
    ),
    codes: ['MAP-DELIVERY-STATUS'],
    said: ['+491703000001: absentSubscriber (MS purged for non GPRS)'],
  },
  {
    name: 'delivery status of version 1',
    in: exchange(
      b.begin({ from: '01', components: [b.invoke(1, 47, b.ber('30', b.isdn('04', msisdn), b.isdn('04', b.CENTRE)))] }),
      b.end({ to: '01', components: [b.result(1)] }),
    ),
    codes: ['MAP-DELIVERY-STATUS'],
    said: ['+491703000001: no outcome given'],
  },
  {
    name: 'the service centre is alerted',
    in: exchange(
      begin(b.invoke(1, 64, b.ber('30', b.isdn('04', msisdn), b.isdn('04', b.CENTRE))), '01', b.mapContext('alert', 2)),
      end(b.result(1), '01', b.mapContext('alert', 2)),
    ),
    codes: ['MAP-ALERT'],
    said: ['+491703000001 for +491710760000'],
  },
  {
    name: 'the service centre is informed that messages wait',
    in: exchange(
      b.begin({
        from: '01',
        dialogue: b.aarq(GATEWAY),
        components: [sri(), b.invoke(2, 63, b.ber('30', b.isdn('04', msisdn), '0302 0260', '020101'))],
      }),
      end(b.result(1, 45, location()), '01', GATEWAY),
    ),
    codes: ['MAP-WAITING'],
    said: ['+491703000001: not reachable, memory exceeded, IMSI detached'],
    identities: ['491703000001 = 262019876543210'],
  },
  {
    name: 'ready for short messages again',
    in: exchange(
      begin(b.invoke(1, 66, b.ber('30', b.imsi('80', b.IMSI), '0a0101')), '01', b.mapContext('waiting', 3)),
      end(b.result(1), '01', b.mapContext('waiting', 3)),
    ),
    codes: ['MAP-READY'],
    said: ['262019876543210: memoryAvailable'],
  },
];

export const acrossLinks: Story[] = [
  {
    name: 'the answer comes over another association',
    in: (() => {
      const there = new b.Link();
      const back = new b.Link({ from: 2906, to: 2907, tag: 0x99 });
      return [there.tcap(begin(mt('61'))), back.tcap(end(b.error(1, 31)), true)];
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnError 1: MAP error 31 subscriberBusyForMT-SMS, for now'],
  },
  {
    name: 'two centres use the same identifier',
    in: (() => {
      const link = new b.Link();
      const other = b.gt('441234500000');
      const tell = (m: Uint8Array) => link.sccp(b.udt(m, { calling: other }));
      const reply = (m: Uint8Array) => link.sccp(b.udt(m, { calling: b.MSC, called: other }), true);
      return [
        link.tcap(begin(mt('61'), '01')),
        tell(begin(mt('62'), '01')),
        link.tcap(end(b.error(1, 1), '01'), true),
        reply(end(b.result(1), '01')),
      ];
    })(),
    messages: [DELIVERED, 'mt-forwardSM 1234>262019876543210 via 491710760000: 62'],
    answers: ['mt-forwardSM returnError 1: MAP error 1 unknownSubscriber', 'mt-forwardSM returnResult 2: acknowledged'],
  },
  {
    name: 'an answer to somebody else with the same identifier',
    in: (() => {
      const link = new b.Link();
      const reply = b.udt(end(b.error(1, 1), '01'), { calling: b.MSC, called: b.gt('441234500000') });
      return [link.tcap(begin(mt('61'), '01')), link.sccp(reply, true)];
    })(),
    messages: [DELIVERED],
  },
  {
    name: 'the answer was captured before the question',
    in: (() => {
      const [question, answer] = exchange(begin(mt('61')), end(b.error(1, 31)));
      return [answer!, question!];
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnError 1: MAP error 31 subscriberBusyForMT-SMS, for now'],
  },
  {
    name: 'addressed by point code and subsystem',
    in: (() => {
      const link = new b.Link();
      const there = { called: b.pcSsn(2000), calling: b.pcSsn(1000) };
      // The answer names its receiver by subsystem alone: the routing label has the point code.
      const back = { called: b.hex('42 08'), calling: b.hex('42 08') };
      return [link.sccp(b.udt(begin(mt('61')), there)), link.sccp(b.udt(end(b.result(1)), back), true)];
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
];

const long = '61'.repeat(120);
const LONG = `mt-forwardSM 1234>262019876543210 via 491710760000: ${long}`;
const segmented = begin(mt(long));

export const segments: Story[] = [
  {
    name: 'XUDT in two segments',
    in: (() => {
      const link = new b.Link();
      return [
        link.sccp(b.xudt(segmented.subarray(0, 120), { first: true, remaining: 1 })),
        link.sccp(b.xudt(segmented.subarray(120), { first: false, remaining: 0 })),
      ];
    })(),
    messages: [LONG],
  },
  {
    name: 'XUDT in three segments, the last one first, one twice, another message in between',
    in: (() => {
      const link = new b.Link();
      const part = (first: boolean, remaining: number, from: number, to: number, reference = '010700') =>
        link.sccp(b.xudt(segmented.subarray(from, to), { first, remaining, reference }));
      return [
        part(false, 0, 160, 999),
        part(true, 2, 0, 80),
        part(true, 2, 0, 80, '020700'),
        part(true, 2, 0, 80),
        part(false, 1, 80, 160),
        part(false, 1, 80, 160, '020700'),
        part(false, 0, 160, 999, '020700'),
      ];
    })(),
    messages: [LONG, LONG],
    notCompared: 'tshark wants segments in order',
  },
  {
    name: 'XUDT in one piece, with and without the parameter',
    in: [
      new b.Link().sccp(b.xudt(begin(mt('61')), null)),
      new b.Link({ from: 1, to: 2 }).sccp(b.xudt(begin(mt('62'), '02'), { first: true, remaining: 0 })),
    ],
    messages: [DELIVERED, 'mt-forwardSM 1234>262019876543210 via 491710760000: 62'],
  },
  {
    name: 'a segment is missing: what there is from the beginning',
    in: [new b.Link().sccp(b.xudt(segmented.subarray(0, 150), { first: true, remaining: 1 }))],
    messages: [
      `mt-forwardSM 1234>262019876543210 via 491710760000, cut: ${'61'.repeat(150 - (segmented.length - 120))}`,
    ],
    codes: ['SCCP-SEGMENT-MISSING', 'TCAP-CUT', 'MAP-CUT'],
    notCompared: 'tshark waits for the other segments',
  },
  {
    name: 'the first segment is missing',
    in: [new b.Link().sccp(b.xudt(segmented.subarray(120), { first: false, remaining: 0 }))],
    codes: ['SCCP-SEGMENT-MISSING'],
    notCompared: 'tshark waits for the other segments',
  },
  {
    name: 'the reference is used for another message before the end',
    in: (() => {
      const link = new b.Link();
      const other = begin(mt('62'.repeat(120)), '02');
      const first = { first: true, remaining: 1 };
      return [
        link.sccp(b.xudt(segmented.subarray(120, 150), { first: false, remaining: 0 })),
        link.sccp(b.xudt(other.subarray(120), { first: false, remaining: 0 })),
        link.sccp(b.xudt(other.subarray(0, 120), first)),
      ];
    })(),
    messages: [`mt-forwardSM 1234>262019876543210 via 491710760000: ${'62'.repeat(120)}`],
    codes: ['SCCP-SEGMENT-CONFLICT', 'SCCP-SEGMENT-MISSING'],
    notCompared: 'tshark wants segments in order',
  },
  {
    name: 'LUDT',
    in: [new b.Link().sccp(b.ludt(segmented, null))],
    messages: [LONG],
  },
  {
    name: 'LUDT in two segments',
    notCompared: 'tshark takes each segment for a message',
    in: (() => {
      const link = new b.Link();
      return [
        link.sccp(b.ludt(segmented.subarray(0, 100), { first: true, remaining: 1 })),
        link.sccp(b.ludt(segmented.subarray(100), { first: false, remaining: 0 })),
      ];
    })(),
    messages: [LONG],
  },
];
