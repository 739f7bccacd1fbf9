// What travels in the signalling network, frame by frame, and what must be found in it. Tests of results, of damage and
// of agreement with tshark all go through this list.

import type { Frame } from './build.ts';
import * as b from './build.ts';
import { links } from './stories-links.ts';
import type { Story } from './story.ts';

const MT = b.mapContext('mt', 3);
const MO = b.mapContext('mo', 3);
const GATEWAY = b.mapContext('gateway', 3);
const mt = (content: string, more = false) => b.invoke(1, 44, b.mtForward(b.deliver(content), more));
const begin = (component: Uint8Array, from = '00000701', context = MT) =>
  b.begin({ from, dialogue: b.aarq(context), components: [component] });
const end = (component: Uint8Array | null, to = '00000701', context = MT) =>
  b.end({ to, dialogue: b.aare(context), ...(component === null ? {} : { components: [component] }) });

/** A question and its answer on one link. */
function exchange(question: Uint8Array, answer: Uint8Array): Frame[] {
  const link = new b.Link();
  return [link.tcap(question), link.tcap(answer, true)];
}

const DELIVERED = 'mt-forwardSM 1234>262019876543210 via 491710760000: 61';
const SUBMITTED = 'mo-forwardSM 491703000009>491703000001 via 491710760000: 61';

const forwards: Story[] = [
  {
    name: 'MT-ForwardSM, acknowledged',
    in: exchange(begin(mt('61')), end(b.result(1))),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'MT-ForwardSM, acknowledged with the report of the phone',
    in: exchange(begin(mt('61')), end(b.result(1, 44, b.ber('30', b.ber('04', '0000'))))),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'MO-ForwardSM of version 3 names sender and IMSI',
    in: exchange(
      begin(b.invoke(1, 46, b.moForward(b.submit('61'), '491703000009', b.IMSI)), '0701', MO),
      end(b.result(1, 46, b.ber('30', b.ber('04', '0100 62112291058240'))), '0701', MO),
    ),
    messages: ['mo-forwardSM 491703000009>491703000001 imsi 262019876543210 via 491710760000: 61'],
    answers: ['mo-forwardSM returnResult 1: acknowledged'],
    identities: ['491703000009 = 262019876543210'],
  },
  {
    name: 'ForwardSM of version 1: no dialogue portion, towards the phone by its parties',
    in: exchange(
      b.begin({ from: '01', components: [b.invoke(1, 46, b.mtForward(b.deliver('61')))] }),
      b.end({ to: '01', components: [b.result(1)] }),
    ),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'ForwardSM of version 2 from the phone',
    in: exchange(
      begin(b.invoke(1, 46, b.moForward(b.submit('61'))), '0701', b.mapContext('mo', 2)),
      end(b.result(1), '0701', b.mapContext('mo', 2)),
    ),
    messages: [SUBMITTED],
    answers: ['mo-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'the dialogue is opened empty, messages follow in it; the second one names nobody again',
    in: (() => {
      const link = new b.Link();
      const none = b.ber('30', '8500', '8500', b.ber('04', b.deliver('62')));
      return [
        link.tcap(b.begin({ from: '0a', dialogue: b.aarq(MT) })),
        link.tcap(b.goOn({ from: '0b', to: '0a', dialogue: b.aare(MT) }), true),
        link.tcap(b.goOn({ from: '0a', to: '0b', components: [mt('61', true)] })),
        link.tcap(b.goOn({ from: '0b', to: '0a', components: [b.result(1)] }), true),
        link.tcap(b.goOn({ from: '0a', to: '0b', components: [b.invoke(2, 44, none)] })),
        link.tcap(b.end({ to: '0a', components: [b.error(2, 31)] }), true),
      ];
    })(),
    messages: [DELIVERED, 'mt-forwardSM 1234>262019876543210 via 491710760000: 62'],
    answers: [
      'mt-forwardSM returnResult 1: acknowledged',
      'mt-forwardSM returnError 2: MAP error 31 subscriberBusyForMT-SMS, for now',
    ],
  },
  {
    name: 'a dialogue that began before the capture',
    in: (() => {
      const link = new b.Link();
      return [
        link.tcap(b.goOn({ from: '0a', to: '0b', components: [mt('61')] })),
        link.tcap(b.end({ to: '0a', components: [b.result(1)] }), true),
      ];
    })(),
    messages: [DELIVERED],
    answers: ['mt-forwardSM returnResult 1: acknowledged'],
  },
  {
    name: 'two invokes in one message',
    in: exchange(
      b.begin({
        from: '01',
        dialogue: b.aarq(MT),
        components: [mt('61'), b.invoke(2, 44, b.mtForward(b.deliver('62')))],
      }),
      b.end({ to: '01', components: [b.error(2, 34), b.result(1)] }),
    ),
    messages: [DELIVERED, 'mt-forwardSM 1234>262019876543210 via 491710760000: 62'],
    answers: [
      'mt-forwardSM returnError 2: MAP error 34 systemFailure, for now',
      'mt-forwardSM returnResult 1: acknowledged',
    ],
  },
  {
    name: 'a status report on its way to the phone',
    in: exchange(
      begin(b.invoke(1, 44, b.mtForward(b.hex('06 2a 0c91947130000010 62112291058240 62112291058240 00')))),
      end(b.result(1)),
    ),
    answers: ['mt-forwardSM returnResult ?: acknowledged'],
  },
  {
    name: 'elements of indefinite length',
    in: (() => {
      const link = new b.Link();
      const argument = b.join(
        '3080',
        b.imsi('80', b.IMSI),
        b.isdn('84', b.CENTRE),
        b.ber('04', b.deliver('61')),
        '0000',
      );
      const component = b.join('6c80 a180 020101 02012c', argument, '0000 0000');
      return [link.tcap(b.join('6280', b.ber('48', '01'), component, '0000'))];
    })(),
    messages: [DELIVERED],
  },
  {
    name: 'an operation of another protocol with the same number: CAP',
    in: exchange(begin(mt('61'), '01', '04000001320001'), end(b.result(1), '01', '04000001320001')),
    notCompared: 'tshark reads the operation as one of MAP',
  },
  {
    name: 'the origin is missing',
    in: exchange(begin(b.invoke(1, 44, b.ber('30', b.imsi('80', b.IMSI)))), end(b.error(1, 35))),
  },
  {
    name: 'the message is missing',
    in: exchange(
      begin(b.invoke(1, 44, b.ber('30', b.imsi('80', b.IMSI), b.isdn('84', b.CENTRE)))),
      end(b.error(1, 35)),
    ),
    codes: ['MAP-ARGUMENT'],
  },
];

const errors: Story[] = (
  [
    ['unknown subscriber', b.error(1, 1), 'MAP error 1 unknownSubscriber'],
    ['unknown subscriber, which one', b.error(1, 1, '3003 0a0100'), 'MAP error 1 unknownSubscriber: imsiUnknown'],
    [
      'absent, with a diagnostic',
      b.error(1, 6, '3003 020101'),
      'MAP error 6 absentSubscriberSM: IMSI detached, for now',
    ],
    [
      'absent for both cores',
      b.error(1, 6, '3006 020100 800106'),
      'MAP error 6 absentSubscriberSM: no paging response via the MSC; GPRS detached, for now',
    ],
    ['illegal subscriber', b.error(1, 9), 'MAP error 9 illegalSubscriber'],
    [
      'barred by the operator, version 2',
      b.error(1, 13, '0a0101'),
      'MAP error 13 callBarred: operatorBarring, for now',
    ],
    ['barred, version 3', b.error(1, 13, '3003 0a0100'), 'MAP error 13 callBarred: barringServiceActive, for now'],
    ['facility not supported', b.error(1, 21, '3000'), 'MAP error 21 facilityNotSupported, for now'],
    ['absent, version 1', b.error(1, 27, '0101ff'), 'MAP error 27 absentSubscriber, for now'],
    ['absent, version 3', b.error(1, 27, '3003 800100'), 'MAP error 27 absentSubscriber: imsiDetach, for now'],
    ['memory full', b.error(1, 32, '3003 0a0100'), 'MAP error 32 sm-DeliveryFailure: memoryCapacityExceeded, for now'],
    [
      'memory full, version 1',
      b.error(1, 32, '0a0100'),
      'MAP error 32 sm-DeliveryFailure: memoryCapacityExceeded, for now',
    ],
    [
      'the phone says more',
      b.error(1, 32, b.ber('30', '0a0101', b.ber('04', '00 d3 00'))),
      'MAP error 32 sm-DeliveryFailure: equipmentProtocolError; TP-FCS 0xD3 memory capacity exceeded, for now',
    ],
    ['no SMS in the phone', b.error(1, 32, '3003 0a0102'), 'MAP error 32 sm-DeliveryFailure: equipmentNotSM-Equipped'],
    ['waiting list full', b.error(1, 33), 'MAP error 33 messageWaitingListFull, for now'],
    ['system failure, version 2', b.error(1, 34, '0a0102'), 'MAP error 34 systemFailure: vlr, for now'],
    ['system failure, version 3', b.error(1, 34, '3003 0a0105'), 'MAP error 34 systemFailure: vmsc, for now'],
    ['data missing', b.error(1, 35), 'MAP error 35 dataMissing'],
    ['an error nobody knows', b.error(1, 99), 'MAP error 99 error 99'],
  ] as const
).map(([name, component, out]) => ({
  name: `MT-ForwardSM refused: ${name}`,
  in: exchange(begin(mt('61')), end(component)),
  messages: [DELIVERED],
  answers: [`mt-forwardSM returnError 1: ${out}`],
}));

const refusals: Story[] = [
  {
    name: 'rejected: mistyped parameter',
    in: exchange(begin(mt('61')), end(b.reject(1, '81', 2))),
    messages: [DELIVERED],
    answers: ['mt-forwardSM reject 1: TCAP reject rejected: mistyped parameter'],
  },
  {
    name: 'rejected: resource limitation',
    in: exchange(begin(mt('61')), end(b.reject(1, '81', 3))),
    messages: [DELIVERED],
    answers: ['mt-forwardSM reject 1: TCAP reject rejected: resource limitation, for now'],
  },
  {
    name: 'aborted by the transaction layer',
    in: exchange(begin(mt('61')), b.abortTransaction('00000701', 4)),
    messages: [DELIVERED],
    answers: ['abort 1: TCAP abort dialogue ended: resource limitation, for now'],
  },
  {
    name: 'the application context is not supported',
    in: exchange(begin(mt('61')), b.abortTransaction('00000701', undefined, b.aare(MT, 1, 2))),
    messages: [DELIVERED],
    answers: ['abort 1: TCAP abort dialogue ended: application context name not supported, for now'],
  },
  {
    name: 'the user refuses the dialogue',
    in: exchange(
      begin(mt('61')),
      b.abortTransaction('00000701', undefined, b.aare(MT, 1, 1, b.mapDialogue(b.ber('a3', '0a0101')))),
    ),
    messages: [DELIVERED],
    answers: ['abort 1: TCAP abort dialogue ended: no reason given, refused: invalid destination reference, for now'],
  },
  {
    name: 'the user aborts',
    in: exchange(
      begin(mt('61')),
      b.abortTransaction(
        '00000701',
        undefined,
        b.ber(
          '6b',
          b.ber('28', '0607 00118605010101', b.ber('a0', b.ber('64', '800100', b.mapDialogue(b.ber('a4', '8100'))))),
        ),
      ),
    ),
    messages: [DELIVERED],
    answers: ['abort 1: TCAP abort dialogue ended: aborted by the user: user resource limitation, for now'],
  },
  {
    name: 'the sender itself gives up',
    in: (() => {
      const link = new b.Link();
      return [
        link.tcap(begin(mt('61'), '0a')),
        link.tcap(b.goOn({ from: '0b', to: '0a' }), true),
        link.tcap(b.abortTransaction('0b', 0)),
      ];
    })(),
    messages: [DELIVERED],
    answers: ['abort 1: TCAP abort given up by its sender: dialogue ended: unrecognized message type, for now'],
  },
  {
    name: 'ended without an answer: nothing is said about the message',
    in: exchange(begin(mt('61')), end(null)),
    messages: [DELIVERED],
  },
  {
    name: 'given back by the network',
    in: (() => {
      const link = new b.Link();
      const question = begin(mt('61'));
      return [link.tcap(question), link.sccp(b.udts(1, question), true)];
    })(),
    messages: [DELIVERED],
    answers: ['given back 1: SCCP return cause 1 given back by the network: no translation for this specific address'],
  },
  {
    name: 'given back, and its way there is not in the capture',
    in: [new b.Link().sccp(b.udts(3, begin(mt('61'))), true)],
    messages: [DELIVERED],
    answers: ['given back 1: SCCP return cause 3 given back by the network: subsystem failure, for now'],
    codes: ['MAP-RETURNED'],
  },
  {
    name: 'the first segment given back',
    in: (() => {
      const link = new b.Link();
      const question = begin(mt('61'.repeat(100)));
      const first = { first: true, remaining: 1 };
      const back = { type: '12 07', called: b.SMSC, calling: b.MSC };
      return [
        link.sccp(b.xudt(question.subarray(0, 120), first)),
        link.sccp(b.xudt(question.subarray(120), { first: false, remaining: 0 })),
        link.sccp(b.xudt(question.subarray(0, 120), first, back), true),
      ];
    })(),
    messages: [`mt-forwardSM 1234>262019876543210 via 491710760000: ${'61'.repeat(100)}`],
    answers: ['given back 1: SCCP return cause 7 given back by the network: unqualified, for now'],
    said: ['TCAP-CUT'],
    codes: ['TCAP-CUT'],
    notCompared: 'tshark waits for the other segments',
  },
];

const msisdn = '491703000001';
const sri = (id = 1) => b.invoke(id, 45, b.ber('30', b.isdn('80', msisdn), '8101ff', b.isdn('82', b.CENTRE)));
const location = (...more: string[]) =>
  b.ber('30', b.imsi('04', b.IMSI), b.ber('a0', b.isdn('81', '491720000001'), ...more));

const registers: Story[] = [
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

const acrossLinks: Story[] = [
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

const segments: Story[] = [
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

export const stories: readonly Story[] = [
  ...forwards,
  ...errors,
  ...refusals,
  ...registers,
  ...acrossLinks,
  ...segments,
  ...links,
];
