// Dialogues of MAP as they should not be: every form of forward and answer, by chance, from a seed.

import { packSeptets } from '../../analysis/encode/sms.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { welcome } from '../generator/documents.ts';
import { keyOf } from '../generator/keys.ts';
import { seeded } from '../generator/octets.ts';
import { parts, protectedPush } from '../generator/push.ts';
import * as map from '../sigtran/build.ts';
import { damage, type Frame, PIN, pick, type Random } from './traffic.ts';

const IMSIS = ['262019876543210', '262010000000001', '26201987654321', ''];
const NUMBERS = ['491555010001', '491555010002', '4915550100031'];
const CENTRES = [map.gt('491710760000'), map.gt('4917107600001'), map.pcSsn(1000), map.gt('491710760000', 200)];
const SWITCHES = [map.gt('491720000001'), map.gt('491720000002', 6), map.pcSsn(2000)];
const TEXTS = ['Your code is 4711', 'Bring milk', '//SCK0B84 and more', 'A longer text. '.repeat(9), '@'];

const octets = (n: number): string => map.u8(n & 255);

function deliver(random: Random): Uint8Array {
  const text = pick(random, TEXTS);
  const time = '62112291058240';
  switch (random(9)) {
    case 0:
      return map.join('44 04 91 2143 00 00', time, octets(text.length), packSeptets(text));
    case 1:
      return map.deliver(map.hex('0102030405'));
    case 2:
      return map.join('04 04 91 2143 00 08', time, '04 0041 0042');
    case 3:
      return map.join('04 04 91 2143 00 00', time, octets(text.length), packSeptets(text), '00');
    case 4:
      return map.join('04 04 91 2143 00 00', time, octets(text.length + 9), packSeptets(text));
    case 5:
      return map.join('04 04 91 2143 00 00', time, '00');
    case 6:
      return map.join('00 08 d0 4f79 fa0c 00 11', time, octets(text.length), packSeptets(text));
    default:
      return map.join('04 0d 91 945155050900f0 00 00', time, octets(text.length), packSeptets(text));
  }
}

function submit(random: Random): Uint8Array {
  const text = pick(random, TEXTS);
  const validity = pick(random, [
    ['01', ''],
    ['11', 'aa'],
    ['19', '62112291058240'],
    ['41', ''],
  ] as const);
  const head = `${validity[0]} 2a 0c 91 947130000010 00 00 ${validity[1]}`;
  return random(6) === 0 ? map.submit('010203') : map.join(head, octets(text.length), packSeptets(text));
}

/** Arguments of forwards; operation 44 or 46. */
function argument(random: Random): readonly [operation: number, context: string, argument: Uint8Array] {
  const towards = [map.imsi('80', pick(random, IMSIS)), map.isdn('84', map.CENTRE)];
  const from = [map.isdn('84', map.CENTRE), map.isdn('82', pick(random, NUMBERS))];
  const ui = (tpdu: Uint8Array) => map.ber('04', tpdu);
  switch (random(12)) {
    case 0:
      return [44, 'mt', map.ber('30', ...towards, ui(deliver(random)), '0500')];
    case 1:
      return [44, 'mt', map.ber('30', map.ber('81', '01020304'), towards[1]!, ui(deliver(random)))];
    case 2:
      return [46, 'mo', map.ber('30', ...from, ui(submit(random)), map.imsi('04', pick(random, IMSIS)))];
    case 3:
      return [46, 'mt', map.ber('30', ...towards, ui(deliver(random)))];
    case 4:
      return [44, 'mt', map.ber('30', '8500', '8500', ui(deliver(random)))];
    case 5:
      return [45, 'gateway', map.ber('30', map.isdn('80', NUMBERS[0]!), '8101ff', map.isdn('82', map.CENTRE))];
    case 6:
    case 7:
      return [46, 'mo', map.ber('30', ...from, ui(submit(random)))];
    default:
      return [44, 'mt', map.ber('30', ...towards, ui(deliver(random)))];
  }
}

/** One dialogue as messages of TCAP: who sends, and what. */
function dialogue(random: Random, id: string): (readonly [back: boolean, message: Uint8Array])[] {
  if (random(12) === 0) {
    const push = protectedPush('USERPIN', keyOf.USERPIN(PIN), welcome());
    return parts(push, random(256), { most: 120 }).flatMap((part, i) => {
      const tpdu = map.join('44 05 81 2301f0 00 f5 62112291058240', octets(part.length), part);
      const asked = map.ber('30', map.imsi('80', IMSIS[0]!), map.isdn('84', map.CENTRE), map.ber('04', tpdu));
      const from = `${id.slice(0, 6)}${map.u8(0xf0 + i)}`;
      const question = map.begin({
        from,
        dialogue: map.aarq(map.mapContext('mt', 3)),
        components: [map.invoke(1, 44, asked)],
      });
      return [[false, question] as const, [true, map.end({ to: from, components: [map.result(1)] })] as const];
    });
  }
  const [operation, context, value] = argument(random);
  const name = map.mapContext(context, 1 + random(4));
  const asked = map.invoke(1, operation, value);
  const portion = random(8) === 0 ? {} : { dialogue: map.aarq(name) };
  const components = random(12) === 0 ? [asked, asked] : [asked];
  const out: (readonly [boolean, Uint8Array])[] = [[false, map.begin({ from: id, ...portion, components })]];
  const accepted = random(3) === 0 ? {} : { dialogue: map.aare(name, random(8) === 0 ? 1 : 0) };
  const said = (components: readonly Uint8Array[]) => map.end({ to: id, ...accepted, components });
  switch (random(12)) {
    case 0:
      break;
    case 1:
      out.push([true, said([map.error(1, 27)])]);
      break;
    case 2:
      out.push([true, map.abortTransaction(id, 1)]);
      break;
    case 3: {
      const there = '51000001';
      const more = map.ber('30', '8500', '8500', map.ber('04', deliver(random)));
      out.push([true, map.goOn({ from: there, to: id, ...accepted, components: [map.result(1)] })]);
      out.push([false, map.goOn({ from: id, to: there, components: [map.invoke(2, 44, more)] })]);
      out.push([true, map.end({ to: id, components: [map.result(2)] })]);
      break;
    }
    case 4:
      out.push([true, said([map.reject(1, '81', 2)])]);
      break;
    case 5:
      out.push([true, said([map.invoke(7, operation, value)])]);
      break;
    case 6:
      out.push([true, map.end({ to: id })]);
      break;
    default:
      out.push([true, said([map.result(1, operation, map.ber('30', random(2) === 0 ? map.ber('04', '0000') : ''))])]);
  }
  return random(25) === 0 ? out.reverse() : out;
}

/** A capture of one association with dialogues that overlap. */
export function mapCapture(seed: number, dialogues = 60): Uint8Array {
  const random = seeded(seed);
  const link = new map.Link(random(5) === 0 ? { from: 5000, to: 6000 } : {});
  let open: { parties: readonly [Uint8Array, Uint8Array]; messages: (readonly [boolean, Uint8Array])[] }[] = [];
  const frames: Frame[] = [];
  let time = 1_795_500_000_000_000_000n;
  for (let n = 0; n < dialogues || open.length > 0; ) {
    if (n < dialogues && random(3) > 0) {
      // Few identifiers, so that they are used again while others are still open.
      const id = random(3) === 0 ? map.u8(random(4)) : `000000${map.u8(random(40))}`;
      open.push({ parties: [pick(random, CENTRES), pick(random, SWITCHES)], messages: dialogue(random, id) });
      n += 1;
    }
    if (open.length === 0) continue;
    const chosen = pick(random, open);
    const [back, message] = chosen.messages.shift()!;
    const [here, there] = chosen.parties;
    const o = back ? { called: here, calling: there } : { called: there, calling: here };
    const kind = random(30);
    const fits = message.length <= 250;
    const carried =
      kind === 0 && fits
        ? map.udts(1, message, { called: o.calling, calling: o.called })
        : kind < 6 || !fits
          ? map.xudt(message.subarray(0, 250), null, o)
          : map.udt(message, o);
    time += BigInt(1 + random(50)) * 1_000_000n;
    frames.push({ time, bytes: link.sccp(carried, back) });
    open = open.filter((d) => d.messages.length > 0);
  }
  return writePcap(damage(random, frames), { linkType: 1 });
}
