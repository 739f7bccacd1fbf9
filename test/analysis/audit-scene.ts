// Scenes of the review's examples as the messages that the engine would make of them.

import { createAudit } from '../../analysis/audit/audit.ts';
import type { Scene, SceneMessage } from '../../analysis/audit/examples.ts';
import type { AuditMessage, AuditSender } from '../../analysis/audit/message.ts';
import { noticeIn } from '../../analysis/audit/notices.ts';
import { contentKey } from '../../analysis/flows/transactions.ts';
import { ascii, imsiKey } from '../../analysis/verify/keys.ts';
import { macOf } from '../../analysis/verify/mac.ts';
import { provisioningOf } from './xml.ts';

const SECOND = 1e9;

function senderOf(name: string): AuditSender {
  if (name.startsWith('+')) return { name, type: 'number' };
  return { name, type: /^\d+$/.test(name) ? 'code' : 'name' };
}

function macFor(mac: string | undefined, body: Uint8Array): string | null {
  if (mac === undefined) return null;
  const [what, secret = ''] = mac.split(':');
  if (what === 'imsi') return macOf(imsiKey(secret), body);
  return what === 'pin' ? macOf(ascii(secret), body) : mac;
}

export function messageOf(m: SceneMessage, index: number): AuditMessage {
  const body = new TextEncoder().encode(m.xml ?? m.kind ?? '');
  const mac = macFor(m.mac, body);
  const range = { start: 0, length: 1 };
  return {
    index,
    id: `m${index + 1}`,
    time: (m.at ?? index) * SECOND,
    frames: [index + 1],
    kind: m.kind ?? 'client-provisioning',
    state: 'complete',
    bearer: m.bearer ?? 'smpp',
    direction: m.direction ?? 'mt',
    from: senderOf(m.from ?? '32100'),
    to: m.to === undefined ? '+4915550100117' : m.to,
    imsi: null,
    outcome: 'delivered',
    push: {
      sec: m.sec ?? null,
      mac,
      headers: (m.headers ?? []).map(([name, value]) => ({ name, value, ...range })),
      macRange: mac === null ? null : range,
      typeRange: range,
    },
    verdict: m.verdict ?? 'not-applicable',
    keySource: m.verdict === 'valid' ? (m.keySource ?? 'given') : null,
    otherDerivation: m.otherDerivation ?? null,
    body,
    content: contentKey(body),
    provisioning: m.xml === undefined ? null : provisioningOf(m.xml),
    details: (m.details ?? []).map(([label, value]) => ({ label, value, range })),
    sightings: (m.sightings ?? []).map((s) => ({
      imsi: s.imsi,
      time: s.at * SECOND,
      frame: 900,
      lookedUp: s.lookedUp ?? false,
    })),
    notices: (m.notices ?? []).flatMap(({ text, at, from }) => {
      const found = noticeIn(text);
      return found === null ? [] : [{ ...found, from: from ?? '32100', time: at * SECOND, frame: 901 }];
    }),
    keys: { imsi: [], pin: m.pin === undefined ? [] : [m.pin] },
    tried: m.triedPin === true ? { found: true, guesses: 3, seconds: 0.01 } : null,
  };
}

export function review(scene: Scene, most?: Parameters<typeof createAudit>[0]) {
  const audit = createAudit(most);
  for (const [i, m] of scene.entries()) audit.message(messageOf(m, i));
  return audit.end();
}
