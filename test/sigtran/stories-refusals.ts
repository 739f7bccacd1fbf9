// What ends without an answer: rejects, aborts, what the network gives back.

import * as b from './build.ts';
import type { Story } from './story.ts';
import { begin, DELIVERED, end, exchange, MT, mt } from './telling.ts';

export const refusals: Story[] = [
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
