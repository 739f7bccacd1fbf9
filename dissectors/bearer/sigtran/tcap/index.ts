// Transaction capabilities: dialogues between users of SCCP, and in them what MAP asks and answers.

import { inside, readElement, tagText } from '../../../asn1/ber.ts';
import { berRules } from '../../../asn1/rules.ts';
import { type Cursor, runLayer, TRUNCATED } from '../../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../../base/dissector.ts';
import { tpduRules } from '../../../sms/rules.ts';
import { tpduFields } from '../../../sms/tpdufields.ts';
import { udhFields } from '../../../sms/udh.ts';
import { udhRules } from '../../../sms/udhrules.ts';
import { mapFields } from '../map/fields.ts';
import type { MapParameter } from '../map/parameters.ts';
import { isOurs, readParameter } from '../map/read.ts';
import { mapRules } from '../map/rules.ts';
import { errorName, operationName } from '../map/user.ts';
import { shared } from '../shared.ts';
import { hasAnsi41, packageKinds, packageNames, readAnsiMessage } from './ansi.ts';
import { tcapFields as f } from './fields.ts';
import { messageKinds } from './names.ts';
import { type ContextOf, readItuMessage } from './read.ts';
import { tcapRules } from './rules.ts';
import { contextOf, newMemory, settle, tellDropped } from './session.ts';
import { newTransaction, type ParameterReader, type Transaction } from './types.ts';

/** What a cut message makes readers complain about: the capture's doing, not the sender's. */
const BY_CUTTING: ReadonlySet<string> = new Set([
  TRUNCATED.code,
  berRules.length.code,
  berRules.indefinite.code,
  tpduRules.userDataLength.code,
  udhRules.overrun.code,
  udhRules.elementOverrun.code,
  udhRules.strayOctet.code,
]);

// ITU-T Q.773 3, ANSI T1.114.3 2: one element, whose identifier says what kind of message it is.
function decode(c: Cursor, ctx: Context): void {
  const memory = shared(ctx, newMemory, tellDropped);
  const t = newTransaction<MapParameter>();
  const before = c.findings.length;
  const missing = ctx.missing ?? 0;
  runLayer(c, () => readMessage(c, t, reader(missing), (x) => contextOf(memory, x, ctx)));
  if (missing > 0) forgive(c, t, before);
  if (t.kind === null) return;
  if (missing > 0) memory.tell.frame(ctx, tcapRules.cut, `${c.bytes.length} octets are there`);
  if (t.standard === 'itu') settle(memory, t, c, ctx);
  else if (hasAnsi41(t)) memory.tell.frame(ctx, tcapRules.ansi41, 'SMSDeliveryPointToPoint');
}

const reader = (missing: number): ParameterReader<MapParameter> => ({
  operation: operationName,
  error: errorName,
  wants: isOurs,
  read: (c, about) => readParameter(c, about, missing),
});

function readMessage(
  c: Cursor,
  t: Transaction<MapParameter>,
  user: ParameterReader<MapParameter>,
  context: ContextOf<MapParameter>,
): void {
  const first = c.peek() ?? -1;
  const itu = messageKinds[first];
  const ansi = packageKinds[first];
  if (itu === undefined && ansi === undefined) {
    const at = c.pos;
    c.report(tcapRules.message, at, Math.min(1, c.left), `begins with ${first < 0 ? 'nothing' : tagText(first)}`);
    c.group(f.tcap, 'no transaction message', () => c.span(f.parameter, c.left));
    return;
  }
  const e = readElement(c);
  if (itu !== undefined) {
    t.kind = itu;
    inside(
      c,
      f.tcap,
      e,
      (body) => readItuMessage(body, t, user, context),
      () => itu,
    );
    return;
  }
  t.standard = 'ansi';
  t.kind = ansi ?? null;
  inside(
    c,
    f.tcap,
    e,
    (body) => readAnsiMessage(body, t),
    () => packageNames[first] ?? '',
  );
}

/** A cut message makes readers complain of what is the capture's doing. */
function forgive(c: Cursor, t: Transaction<MapParameter>, before: number): void {
  const kept = c.findings.splice(before).filter((x) => !BY_CUTTING.has(x.rule.code));
  c.findings.push(...kept);
  t.components = t.components.map((p) => ({
    ...p,
    findings: p.findings.filter((x) => !BY_CUTTING.has(x.rule.code)),
  }));
}

export const tcap: DatagramDissector = {
  kind: 'datagram',
  id: 'tcap',
  title: 'Transaction capabilities, with MAP for short messages',
  refs: ['ITU-T Q.773', 'ANSI T1.114', '3GPP TS 29.002', '3GPP TS 23.040'],
  fields: {
    ...prefixed('tcap', f),
    ...prefixed('map', mapFields),
    ...prefixed('sms', tpduFields),
    ...prefixed('udh', udhFields),
  },
  rules: [tcapRules, berRules, mapRules, tpduRules, udhRules].flatMap((r) => Object.values(r)),
  // HLR, VLR, MSC, gsmSCF, SGSN, GGSN: the subsystems of 3GPP TS 23.003 8 that take part in short messages; and what
  // names no subsystem but begins like a transaction message.
  carriedBy: [6, 7, 8, 147, 149, 150, 'tcap'].map((ssn) => on('sccp.ssn', ssn)),
  decode,
};

/** Fields of several layers, under names of their own. */
function prefixed<T>(prefix: string, table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [`${prefix}.${name}`, field]));
}
