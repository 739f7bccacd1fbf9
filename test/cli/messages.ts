// Small inputs for commands: a push as Kannel sends it, and a document with a secret in it.

/** WSP push, NETWPIN, made with the IMSI below. */
export const PUSH =
  '01 06 2F 1F2DB6 9180 92 3134313331443933334436364635364439464542304441414437464237424537333130434638384400' +
  '030B6A00C54601C65501871106034E4150310001871006AB0187070603496E7465726E6574000187080603696E7465726E65742E6578616D' +
  '706C65000187090689010101';
export const IMSI = '262019876543210';

export const SECRET = 'tr0ub4dor';
export const DOCUMENT = `<?xml version="1.0"?>
<wap-provisioningdoc version="1.0">
  <characteristic type="NAPDEF">
    <parm name="NAPID" value="NAP1"/>
    <parm name="BEARER" value="GSM-GPRS"/>
    <parm name="NAME" value="Internet"/>
    <parm name="NAP-ADDRESS" value="internet.example"/>
    <parm name="NAP-ADDRTYPE" value="APN"/>
    <characteristic type="NAPAUTHINFO">
      <parm name="AUTHTYPE" value="PAP"/>
      <parm name="AUTHNAME" value="someone"/>
      <parm name="AUTHSECRET" value="${SECRET}"/>
    </characteristic>
  </characteristic>
</wap-provisioningdoc>
`;

export const pushOctets = (): Uint8Array => new Uint8Array(Buffer.from(PUSH.replace(/ /g, ''), 'hex'));
