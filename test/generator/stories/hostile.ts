// Not a sample: a capture in which every text is markup, control characters, right-to-left overrides, or far too long.

import { Tape } from '../../../analysis/encode/tape.ts';
import { accessPoint, apn, browser, provisioning, proxy, serviceIndication } from '../documents.ts';
import { Session } from '../gateway.ts';
import { openPush, parts, typedPush } from '../push.ts';
import { pcapOf } from '../story.ts';

const MARKUP = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>&lt;b&gt;`;
const OVERRIDE = '\u202eelpmaxe.tenretni\u2066\u2067\u200f\u061c';
const CONTROL = `a\u0001\u0007\u0008\u001b[31mred\u007f\u0085\u2028\u2029\ufeff\ufffdb\tc\nd`;
const LONG = `W${'i'.repeat(9_998)}W`;
const STACKED = `Z${'\u0310\u0347\u0359'.repeat(40)}`;

/** Several messages, and the name their file should have. Their texts run code, if anything takes them for more than text. */
export function hostile(): { readonly name: string; readonly bytes: Uint8Array } {
  const tape = new Tape('2026-11-05T09:00:00Z');
  const session = new Session(tape, 0x7000).begin();
  const send = (from: string, push: Uint8Array, reference: number): void => {
    session.submitParts(from, '+4915550100666', parts(push, reference));
    session.pause(500);
  };
  send('<b>"\'`</b>', openPush(provisioning(apn(MARKUP, MARKUP, MARKUP), browser(MARKUP, {}, MARKUP))), 0x21);
  send('<img src=x>', openPush(accessPoint(OVERRIDE, OVERRIDE)), 0x22);
  send('javascript:', openPush(accessPoint(CONTROL, CONTROL)), 0x23);
  send('</title>', openPush(provisioning(apn('A', LONG, 'x'), proxy('B', 'B', LONG, LONG.slice(0, 50), 'A'))), 0x24);
  send('&lt;&amp;', openPush(accessPoint(STACKED, STACKED)), 0x25);
  send(
    '\'";--',
    typedPush('application/vnd.wap.sic', serviceIndication(`javascript:document.title='owned'//${MARKUP}`, MARKUP)),
    0x26,
  );
  session.end();
  return { name: `<b onmouseover=alert(1)>\u202epacp.pcap`, bytes: pcapOf(tape) };
}
