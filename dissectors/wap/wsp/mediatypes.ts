// Content types by number: WAP-230-WSP table 40 and the OMNA registry of WSP content type numbers.

const WELL_KNOWN: readonly string[] = (
  '*/* text/* text/html text/plain text/x-hdml text/x-ttml text/x-vCalendar text/x-vCard text/vnd.wap.wml ' +
  'text/vnd.wap.wmlscript text/vnd.wap.wta-event multipart/* multipart/mixed multipart/form-data ' +
  'multipart/byteranges multipart/alternative application/* application/java-vm application/x-www-form-urlencoded ' +
  'application/x-hdmlc application/vnd.wap.wmlc application/vnd.wap.wmlscriptc application/vnd.wap.wta-eventc ' +
  'application/vnd.wap.uaprof application/vnd.wap.wtls-ca-certificate application/vnd.wap.wtls-user-certificate ' +
  'application/x-x509-ca-cert application/x-x509-user-cert image/* image/gif image/jpeg image/tiff image/png ' +
  'image/vnd.wap.wbmp application/vnd.wap.multipart.* application/vnd.wap.multipart.mixed ' +
  'application/vnd.wap.multipart.form-data application/vnd.wap.multipart.byteranges ' +
  'application/vnd.wap.multipart.alternative application/xml text/xml application/vnd.wap.wbxml ' +
  'application/x-x968-cross-cert application/x-x968-ca-cert application/x-x968-user-cert text/vnd.wap.si ' +
  'application/vnd.wap.sic text/vnd.wap.sl application/vnd.wap.slc text/vnd.wap.co application/vnd.wap.coc ' +
  'application/vnd.wap.multipart.related application/vnd.wap.sia text/vnd.wap.connectivity-xml ' +
  'application/vnd.wap.connectivity-wbxml application/pkcs7-mime application/vnd.wap.hashed-certificate ' +
  'application/vnd.wap.signed-certificate application/vnd.wap.cert-response application/xhtml+xml application/wml+xml ' +
  'text/css application/vnd.wap.mms-message application/vnd.wap.rollover-certificate application/vnd.wap.locc+wbxml ' +
  'application/vnd.wap.loc+xml application/vnd.syncml.dm+wbxml application/vnd.syncml.dm+xml ' +
  'application/vnd.syncml.notification application/vnd.wap.xhtml+xml application/vnd.wv.csp.cir ' +
  'application/vnd.oma.dd+xml application/vnd.oma.drm.message application/vnd.oma.drm.content ' +
  'application/vnd.oma.drm.rights+xml application/vnd.oma.drm.rights+wbxml application/vnd.wv.csp+xml ' +
  'application/vnd.wv.csp+wbxml application/vnd.syncml.ds.notification audio/* video/* application/vnd.oma.dd2+xml ' +
  'application/mikey application/vnd.oma.dcd application/vnd.oma.dcdc text/x-vMessage ' +
  'application/vnd.omads-email+wbxml text/x-vBookmark application/vnd.syncml.dm.notification - application/octet-stream'
).split(' ');

const OPENWAVE =
  'application/vnd.uplanet.cacheop-wbxml application/vnd.uplanet.signal application/vnd.uplanet.alert-wbxml ' +
  'application/vnd.uplanet.list-wbxml application/vnd.uplanet.listcmd-wbxml application/vnd.uplanet.channel-wbxml ' +
  'application/vnd.uplanet.provisioning-status-uri x-wap.multipart/vnd.uplanet.header-set ' +
  'application/vnd.uplanet.bearer-choice-wbxml application/vnd.phonecom.mmc-wbxml application/vnd.nokia.syncset+wbxml ' +
  'image/x-up-wpng';

const REGISTERED =
  'application/iota.mmc-wbxml application/iota.mmc-xml application/vnd.syncml+xml application/vnd.syncml+wbxml ' +
  'text/vnd.wap.emn+xml text/calendar application/vnd.omads-email+xml application/vnd.omads-file+xml ' +
  'application/vnd.omads-folder+xml text/directory;profile=vCard application/vnd.wap.emn+wbxml ' +
  'application/vnd.nokia.ipdc-purchase-response application/vnd.motorola.screen3+xml ' +
  'application/vnd.motorola.screen3+gzip application/vnd.cmcc.setting+wbxml application/vnd.cmcc.bombing+wbxml ' +
  'application/vnd.docomo.pf application/vnd.docomo.ub application/vnd.omaloc-supl-init ' +
  'application/vnd.oma.group-usage-list+xml application/oma-directory+xml application/vnd.docomo.pf2 ' +
  'application/vnd.oma.drm.roap-trigger+wbxml application/vnd.sbm.mid2 application/vnd.wmf.bootstrap ' +
  'application/vnd.cmcc.dcd+xml application/vnd.sbm.cid application/vnd.oma.bcast.provisioningtrigger';

const numbered = (first: number, words: string): [number, string][] => words.split(' ').map((w, i) => [first + i, w]);

const BY_NUMBER: ReadonlyMap<number, string> = new Map(
  [
    ...WELL_KNOWN.map((w, i): [number, string] => [i, w]),
    ...numbered(0x0201, OPENWAVE),
    ...numbered(0x0300, REGISTERED),
  ].filter(([, w]) => w !== '-'),
);

const BY_NAME: ReadonlyMap<string, number> = new Map([...BY_NUMBER].map(([n, w]) => [w.toLowerCase(), n]));

export const mediaTypeName = (code: number): string | undefined => BY_NUMBER.get(code);

/** Number of a media type given in lower case, without parameters. */
export const mediaTypeCode = (name: string): number | undefined => BY_NAME.get(name);
