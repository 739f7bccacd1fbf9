// Assigned numbers of WAP-230-WSP Appendix A and the OMNA registries, as names.

const listed = (first: number, words: string): [number, string][] => words.split(' ').map((w, i) => [first + i, w]);

/** WAP-230 table 34. */
export const PDU_TYPES: Readonly<Record<number, string>> = Object.fromEntries([
  ...listed(0x01, 'Connect ConnectReply Redirect Reply Disconnect Push ConfirmedPush Suspend Resume'),
  ...listed(0x40, 'Get Options Head Delete Trace'),
  ...listed(0x60, 'Post Put'),
  ...Array.from({ length: 16 }, (_, i) => [0x50 + i, `ExtendedGet${i}`]),
  ...Array.from({ length: 16 }, (_, i) => [0x70 + i, `ExtendedPost${i}`]),
]);

/** WAP-230 table 37. */
export const CAPABILITY_NAMES: Readonly<Record<number, string>> = {
  0: 'Client-SDU-Size',
  1: 'Server-SDU-Size',
  2: 'Protocol Options',
  3: 'Method-MOR',
  4: 'Push-MOR',
  5: 'Extended Methods',
  6: 'Header Code Pages',
  7: 'Aliases',
  8: 'Client-Message-Size',
  9: 'Server-Message-Size',
};

export const PUSH = 0x06;
export const CONFIRMED_PUSH = 0x07;

/** WAP-230 table 39, code page 1: the default one. A few names have a second number with another encoding. */
export const HEADER_NAMES: ReadonlyMap<number, string> = new Map(
  listed(
    0x00,
    'Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Age Allow Authorization Cache-Control ' +
      'Connection Content-Base Content-Encoding Content-Language Content-Length Content-Location Content-MD5 ' +
      'Content-Range Content-Type Date Etag Expires From Host If-Modified-Since If-Match If-None-Match If-Range ' +
      'If-Unmodified-Since Location Last-Modified Max-Forwards Pragma Proxy-Authenticate Proxy-Authorization Public ' +
      'Range Referer Retry-After Server Transfer-Encoding Upgrade User-Agent Vary Via Warning WWW-Authenticate ' +
      'Content-Disposition X-Wap-Application-Id X-Wap-Content-URI X-Wap-Initiator-URI Accept-Application ' +
      'Bearer-Indication Push-Flag Profile Profile-Diff Profile-Warning Expect TE Trailer Accept-Charset ' +
      'Accept-Encoding Cache-Control Content-Range X-Wap-Tod Content-ID Set-Cookie Cookie Encoding-Version ' +
      'Profile-Warning Content-Disposition X-WAP-Security Cache-Control Expect X-Wap-Loc-Invocation ' +
      'X-Wap-Loc-Delivery',
  ),
);

/** Code page 2 as Openwave gateways use it. */
const OPENWAVE_NAMES: ReadonlyMap<number, string> = new Map([
  ...listed(
    0x00,
    'x-up-proxy-push-addr x-up-proxy-push-accept x-up-proxy-seq x-up-proxy-notify x-up-proxy-operator-domain ' +
      'x-up-proxy-home-page x-up-devcap-has-color x-up-devcap-num-softkeys x-up-devcap-softkey-size ' +
      'x-up-devcap-screen-chars x-up-devcap-screen-pixels x-up-devcap-em-size x-up-devcap-screen-depth ' +
      'x-up-devcap-immed-alert x-up-proxy-net-ask x-up-proxy-uplink-version x-up-proxy-tod x-up-proxy-ba-enable ' +
      'x-up-proxy-ba-realm x-up-proxy-redirect-enable x-up-proxy-request-uri x-up-proxy-redirect-status ' +
      'x-up-proxy-trans-charset x-up-proxy-linger x-up-proxy-client-id x-up-proxy-enable-trust x-up-proxy-trust-old',
  ),
  ...listed(0x20, 'x-up-proxy-trust x-up-proxy-bookmark x-up-devcap-gui'),
]);

/** Header name of a code page; undefined where it is not assigned. */
export const headerName = (codePage: number, code: number): string | undefined =>
  codePage === 1 ? HEADER_NAMES.get(code) : codePage === 2 ? OPENWAVE_NAMES.get(code) : undefined;

/** How a parameter's typed value is written (WAP-230 table 38). */
export type ParameterKind =
  | 'q'
  | 'charset'
  | 'version'
  | 'integer'
  | 'short'
  | 'text'
  | 'field'
  | 'type'
  | 'seconds'
  | 'none'
  | 'sec'
  | 'mac'
  | 'date';

export const PARAMETERS: ReadonlyMap<number, readonly [name: string, kind: ParameterKind]> = new Map([
  [0x00, ['q', 'q']],
  [0x01, ['charset', 'charset']],
  [0x02, ['level', 'version']],
  [0x03, ['type', 'integer']],
  [0x05, ['name', 'text']],
  [0x06, ['filename', 'text']],
  [0x07, ['differences', 'field']],
  [0x08, ['padding', 'short']],
  [0x09, ['type', 'type']],
  [0x0a, ['start', 'text']],
  [0x0b, ['start-info', 'text']],
  [0x0c, ['comment', 'text']],
  [0x0d, ['domain', 'text']],
  [0x0e, ['max-age', 'seconds']],
  [0x0f, ['path', 'text']],
  [0x10, ['secure', 'none']],
  [0x11, ['SEC', 'sec']],
  [0x12, ['MAC', 'mac']],
  [0x13, ['creation-date', 'date']],
  [0x14, ['modification-date', 'date']],
  [0x15, ['read-date', 'date']],
  [0x16, ['size', 'integer']],
  [0x17, ['name', 'text']],
  [0x18, ['filename', 'text']],
  [0x19, ['start', 'text']],
  [0x1a, ['start-info', 'text']],
  [0x1b, ['comment', 'text']],
  [0x1c, ['domain', 'text']],
  [0x1d, ['path', 'text']],
]);

/** SEC of OMA-WAP-TS-ProvBoot-V1_1. */
export const SEC_NAMES: readonly string[] = ['NETWPIN', 'USERPIN', 'USERNETWPIN', 'USERPINMAC'];

/** OMNA push application identifiers. */
export const APPLICATION_IDS: ReadonlyMap<number, string> = new Map([
  ...listed(0x00, '* push.sia wml.ua wta.ua mms.ua push.syncml loc.ua syncml.dm drm.ua emn.ua wv.ua').map(
    ([n, w]): [number, string] => [n, `x-wap-application:${w}`],
  ),
  [0x10, 'x-oma-application:ulp.ua'],
  ...listed(
    0x8000,
    'x-wap-microsoft:localcontent.ua x-wap-microsoft:IMclient.ua x-wap-docomo:imode.mail.ua x-wap-docomo:imode.mr.ua ' +
      'x-wap-docomo:imode.mf.ua x-motorola:location.ua x-motorola:now.ua x-motorola:otaprov.ua x-motorola:browser.ua ' +
      'x-motorola:splash.ua',
  ),
  [0x800b, 'x-wap-nai:mvsw.command'],
  [0x8010, 'x-wap-openwave:iota.ua'],
  [0x9001, 'x-oma-nec:otaprov.ua'],
  [0x9011, 'x-oma-vodafone:otaprov.ua'],
  [0x901b, 'x-oma-snapin:otaprov.ua'],
]);

/** WDP Appendix C, bearer types. */
export const BEARERS: readonly string[] = [
  'any bearer, IPv4',
  'any bearer, IPv6',
  'GSM USSD, any',
  'GSM SMS, MSISDN',
  'ANSI-136 GUTS/R-Data, MSISDN',
  'IS-95 CDMA SMS, MSISDN',
  'IS-95 CDMA CSD, IPv4',
  'IS-95 CDMA packet data, IPv4',
  'ANSI-136 CSD, IPv4',
  'ANSI-136 packet data, IPv4',
  'GSM CSD, IPv4',
  'GSM GPRS, IPv4',
  'GSM USSD, IPv4',
  'AMPS CDPD, IPv4',
  'PDC CSD, IPv4',
  'PDC packet data, IPv4',
  'IDEN SMS, MSISDN',
  'IDEN CSD, IPv4',
  'IDEN packet data, IPv4',
  'paging network FLEX, MSISDN',
  'PHS SMS, MSISDN',
  'PHS CSD, IPv4',
  'GSM USSD, service code',
  'TETRA SDS, ITSI',
  'TETRA SDS, MSISDN',
  'TETRA packet data, IPv4',
  'paging network ReFLEX, MSISDN',
  'GSM USSD, MSISDN',
  'Mobitex MPAK, MAN',
  'ANSI-136 GHOST/R-Data, MSISDN',
];

/** WAP-230 table 41. Numbers 0x21 and up hold a few languages out of alphabetical order. */
const LANGUAGE_WORDS =
  'aa ab af am ar as ay az ba be bg bh bi bn bo br ca co cs cy da de dz el en eo es et eu fa fi fj ur fr uz ga gd gl gn ' +
  'gu ha he hi hr hu hy vi id wo xh is it yo ja jw ka kk za km kn ko ks ku ky zh ln lo lt lv mg mi mk ml mn mo mr ms mt ' +
  'my uk ne nl no oc om or pa pl ps pt qu zu rn ro ru rw sa sd sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ' +
  'ti tk tl tn to tr ts tt tw ug';

export const LANGUAGES: ReadonlyMap<number, string> = new Map([
  [0x00, '*'],
  ...listed(0x01, LANGUAGE_WORDS),
  ...listed(0x81, 'na fo fy ia vo ie ik yi iu kl la rm'),
]);
