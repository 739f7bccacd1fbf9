// Every kind of document alone in a file, as XML and as encode writes it: the engine takes it as an input.

import { expect, test } from 'vitest';
import { isFault, writeDocument } from '../../analysis/encode/document.ts';
import { report, utf8 } from './support.ts';

const DOCUMENTS: Readonly<Record<string, string>> = {
  'client-provisioning': '<wap-provisioningdoc><characteristic type="NAPDEF"/></wap-provisioningdoc>',
  'service-indication': '<si><indication href="http://example.com/">Hi</indication></si>',
  'service-loading': '<sl href="http://example.com/"/>',
  'cache-operation': '<co><invalidate-service uri="http://example.com/"/></co>',
  'email-notification': '<emn mailbox="mailat:a@example.com" timestamp="2026-11-23T08:15:00Z"/>',
  'ota-settings':
    '<CHARACTERISTIC-LIST><CHARACTERISTIC TYPE="ADDRESS"><PARM NAME="PROXY" VALUE="192.0.2.1"/></CHARACTERISTIC></CHARACTERISTIC-LIST>',
  'dm-bootstrap':
    '<SyncML><SyncHdr><VerProto>DM/1.2</VerProto></SyncHdr><SyncBody><Add><CmdID>1</CmdID><Item><Target><LocURI>./DMAcc/x</LocURI></Target></Item></Add></SyncBody></SyncML>',
  'drm-rights': '<o-ex:rights><o-ex:context><o-dd:version>1.0</o-dd:version></o-ex:context></o-ex:rights>',
};

for (const [kind, xml] of Object.entries(DOCUMENTS)) {
  test(kind, async () => {
    const encoded = writeDocument(utf8(xml));
    if (isFault(encoded)) throw new Error(encoded.fault);
    for (const [name, bytes] of [
      ['x.xml', utf8(xml)],
      ['dressed.xml', utf8(`<?xml version="1.0"?>\n<!-- made by hand -->\n${xml}\n`)],
      ['x.wbxml', encoded.body],
    ] as const) {
      const { messages, inputs } = await report(name, bytes);
      expect(
        inputs.map((i) => i.error),
        name,
      ).toEqual([null]);
      expect(
        messages.map((m) => [m.kind, m.document?.xml]),
        name,
      ).toEqual([[kind, xml]]);
    }
  });
}
