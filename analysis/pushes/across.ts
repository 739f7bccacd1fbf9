// What a push is beside the others and at the time it was sent: said once everything is read.

import { type Finding, rules } from '../../captures/finding.ts';
import { indicationOf } from '../../dissectors/content/si/index.ts';
import { interpret } from '../engine/interpret.ts';
import { type MessageRecord, recipientOf } from '../engine/records.ts';
import { chains, type SentIndication } from './indications.ts';

export const ACROSS = rules({
  mmsExpired: {
    code: 'MMS-EXPIRED',
    severity: 'warning',
    basis: 'remembered',
    title: 'The multimedia message had expired when its notification was sent',
    clause: 'OMA-TS-MMS_ENC-V1_3',
    receivers: 'Phones that load it are told that it is gone; some discard the notification.',
  },
});

/** 'YYYY-MM-DDThh:mm:ssZ' of a time of the session; null where there is none. */
export function timeText(base: bigint | null, time: number): string | null {
  if (base === null || Number.isNaN(time)) return null;
  const seconds = Number((base + BigInt(Math.round(time))) / 1_000_000_000n);
  if (seconds <= 0 || seconds > 253402300799) return null;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function* indications(records: readonly MessageRecord[], base: bigint | null): Generator<SentIndication> {
  for (const r of records) {
    if (r.kind !== 'service-indication' || r.state !== 'complete') continue;
    const document = interpret(r.joined).content?.document ?? null;
    const indication = document === null ? null : indicationOf(document);
    if (indication === null) continue;
    const recipient = recipientOf(r.joined) ?? '';
    yield { message: r.id, recipient, sent: timeText(base, r.joined.firstTime), content: r.content, indication };
  }
}

/** M-Notification.ind with an absolute time of expiry that had passed. */
function expiredMessage(r: MessageRecord, base: bigint | null): Finding[] {
  const sent = timeText(base, r.joined.firstTime);
  const expiry = interpret(r.joined).content?.details.find((d) => d.label === 'Expiry');
  if (sent === null || expiry?.range == null || !/^\d{4}-/.test(expiry.value) || expiry.value >= sent) return [];
  const message = `It expired at ${expiry.value}, the notification was sent at ${sent}`;
  return [{ rule: ACROSS.mmsExpired, message, of: 'body', ...expiry.range }];
}

/** Sets `acrossFindings`; records are in their final order, `base` is the absolute time of 0 in nanoseconds. */
export function judgeAcross(records: readonly MessageRecord[], base: bigint | null): void {
  const found = chains(indications(records, base));
  for (const r of records) {
    if (r.kind === 'service-indication') r.acrossFindings = found.get(r.id) ?? [];
    else if (r.kind === 'mms-notification' && r.state === 'complete') r.acrossFindings = expiredMessage(r, base);
  }
}
