// Messages on their way, and how they were taken or refused.

import * as b from './build.ts';
import type { Story } from './story.ts';
import { begin, DELIVERED, end, exchange, MO, MT, mt, SUBMITTED } from './telling.ts';

export const forwards: Story[] = [
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

export const errors: Story[] = (
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
