// WAP-230-WSP 7.1, 8.2.2: what a session agreed on, and what that means for the pushes in it.

import type { Finding, Rule } from '../../../captures/finding.ts';
import { Cursor, runLayer } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Time } from '../../base/message.ts';
import type { WspPush } from '../../wap/push.ts';
import { decodeWsp } from '../../wap/wsp/index.ts';
import { isRecent, type Memory, type Session, type Transaction } from './memory.ts';
import { wtpRules } from './rules.ts';

/** Reads a WSP PDU without a tree and without telling what is wrong with it. */
export const readQuietly = (bytes: Uint8Array): WspPush | null =>
  runLayer(new Cursor(bytes), (c) => decodeWsp(c, { connectionOriented: true })) ?? null;

/** Takes up what a session PDU says. */
export function learn(m: Memory, pdu: WspPush, ctx: Context): void {
  const { session } = m;
  const version = pdu.headers.find((h) => h.name.toLowerCase() === 'encoding-version')?.value ?? null;
  const capabilities = pdu.session?.capabilities ?? null;
  switch (pdu.pduType) {
    case 'Connect':
      session.offered = capabilities;
      session.granted = null;
      session.encodingVersion = version;
      session.state = 'unknown';
      break;
    case 'ConnectReply':
      session.granted = capabilities;
      session.encodingVersion = version ?? session.encodingVersion;
      session.state = 'open';
      break;
    case 'Resume':
      session.state = 'open';
      break;
    case 'Suspend':
      session.state = 'suspended';
      break;
    case 'Disconnect':
      session.state = 'closed';
      break;
    case 'Redirect': {
      const message = `The client is sent to ${pdu.session?.redirects.join(', ') || 'nowhere'}`;
      const finding: Finding = { rule: wtpRules.redirected, message, of: 'frame', start: 0, length: 0 };
      ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
      break;
    }
    default:
  }
}

/** Encoding version from which connectivity documents, SEC and MAC have numbers (WAP-230-WSP Appendix A). */
const PROVISIONING_SINCE = 1.4;

/** Is a push of `size` octets in order in this session? Null: nobody said. */
export function judgePush(m: Memory, t: Transaction, first: WspPush | null, size: number): [Rule, string][] {
  const { session } = m;
  const out: [Rule, string][] = [];
  const add = (rule: Rule, message: string) => out.push([rule, message]);
  if (session.state === 'closed' || session.state === 'suspended') {
    add(wtpRules.disconnected, `The session was ${session.state} before`);
  }
  const granted = t.confirmed ? session.granted?.confirmedPush : session.granted?.push;
  if (granted === false) {
    add(wtpRules.notGranted, `ConnectReply does not grant ${t.confirmed ? 'confirmed push' : 'push'}`);
  }
  const limit = sduSize(session);
  if (limit !== null && limit > 0 && size > limit) {
    add(wtpRules.tooLarge, `It has ${size} octets, Client-SDU-Size is ${limit}`);
  }
  const most = session.granted?.pushOutstanding ?? session.offered?.pushOutstanding ?? null;
  const open = t.confirmed ? outstanding(m, t.last) : 0;
  if (most !== null && open > most) {
    add(wtpRules.outstanding, `${open} pushes wait, Push-MOR is ${most}`);
  }
  const version = session.encodingVersion;
  if (
    first?.contentType?.startsWith('application/vnd.wap.connectivity') ||
    first?.contentType?.startsWith('text/vnd.wap.connectivity')
  ) {
    if (version !== null && Number.parseFloat(version) < PROVISIONING_SINCE) {
      add(wtpRules.encoding, `The session agreed on encoding version ${version}`);
    }
  }
  return out;
}

const sduSize = (s: Session): number | null => s.granted?.clientSduSize ?? s.offered?.clientSduSize ?? null;

const outstanding = (m: Memory, time: Time): number => {
  let n = 0;
  for (const t of m.transactions.values())
    if (t.kind === 'push' && t.confirmed && !t.closed && isRecent(t, time)) n += 1;
  return n;
};
