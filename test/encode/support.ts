// What the tests of writing share.

import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, type Report } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const toHex = (b: Uint8Array): string => Buffer.from(b).toString('hex');

/** The document as canonical text, and what its header says. */
export function read(body: Uint8Array, contentType: string | null = null) {
  const c = new Cursor(body, 0, body.length, null, [], 'body');
  const { document } = decodeWbxml(c, { contentType });
  const { root, charset, publicIdText } = document;
  return { xml: root === null ? null : canonicalXml(root), charset: charset ?? 106, publicIdText };
}

/** The report of one input; `includeText`: ordinary texts, too. */
export async function report(
  name: string,
  bytes: Uint8Array,
  keys: { readonly imsi?: readonly string[]; readonly pin?: readonly string[] } = {},
  includeText = false,
): Promise<Report> {
  const given = { imsi: keys.imsi ?? [], pin: keys.pin ?? [] };
  const scanned = await scan([fromBytes(name, bytes)], { keys: given, includeText });
  return buildReport(scanned.report({ showSecrets: true, includeText }));
}

export const SETTINGS = `<?xml version="1.0"?>
<wap-provisioningdoc version="1.0">
  <characteristic type="BOOTSTRAP">
    <parm name="NAME" value="Example"/>
  </characteristic>
  <characteristic type="NAPDEF">
    <parm name="NAPID" value="NAP1"/>
    <parm name="BEARER" value="GSM-GPRS"/>
    <parm name="NAME" value="Example Internet"/>
    <parm name="NAP-ADDRESS" value="internet.example.com"/>
    <parm name="NAP-ADDRTYPE" value="APN"/>
  </characteristic>
  <characteristic type="APPLICATION">
    <parm name="APPID" value="w2"/>
    <parm name="NAME" value="Example Browser"/>
    <parm name="TO-NAPID" value="NAP1"/>
    <characteristic type="RESOURCE">
      <parm name="URI" value="http://www.example.com/"/>
      <parm name="STARTPAGE"/>
    </characteristic>
  </characteristic>
</wap-provisioningdoc>
`;
