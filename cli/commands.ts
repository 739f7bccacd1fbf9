// The commands there are, in the order of the help.

import type { CommandSpec, OptionSpec } from './command.ts';

const KEYS: readonly OptionSpec[] = [
  { name: 'imsi', value: 'DIGITS', repeat: true, text: 'subscriber identity to check NETWPIN and USERNETWPIN with' },
  { name: 'pin', value: 'PIN', repeat: true, text: 'PIN to check USERPIN, USERNETWPIN and USERPINMAC with' },
  {
    name: 'dm',
    value: 'SERVER:PASSWORD[:NONCE]',
    repeat: true,
    text: 'credentials of a management server, to check the digest of its notifications with; the nonce in base64',
  },
];

const SECRETS: OptionSpec = {
  name: 'show-secrets',
  text: 'print PINs, passwords and keys, which are masked otherwise',
};

const DECODE_AS: OptionSpec = {
  name: 'decode-as',
  value: 'PORT:PROTOCOL',
  repeat: true,
  text: 'read a port as a protocol: tcp.port=9000:smpp, udp.port=5000:wdp',
};

/** Of every command that reads captures. */
const READING: readonly OptionSpec[] = [
  DECODE_AS,
  { name: 'no-cache', text: 'read it all, and keep nothing of it (docs/performance.md): the report is the same' },
];

const WORKERS: OptionSpec = {
  name: 'workers',
  value: 'N',
  text: 'threads that interpret messages, where there are many (one a core, from four on); the report is the same',
};

const FOLLOW: OptionSpec = { name: 'follow', text: 'read the files on as they grow, until the page stops it' };

const FILES =
  'FILE is a capture (pcap, pcapng, plain or compressed), a log with PDUs in it (AT commands, Android radio, Kannel, ' +
  'gateway tables, gammu backups, bare hex) or a single document; what it is, its content tells. Several files are ' +
  "read as one session. '-' reads standard input.";

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'scan',
    usage: 'FILE... [options]',
    summary: 'what provisioning messages are in captures and logs, and what is wrong with them',
    about: [
      FILES,
      'Exit status: 0 when everything was read, 1 when --fail-on found what it looks for, 2 for a command line that ' +
        'is wrong, 3 when an input could not be read (the others still are).',
    ],
    options: [
      { name: 'json', text: 'the whole report as one JSON document (`otascope schema` describes it)' },
      { name: 'ndjson', text: 'the same objects, one a line' },
      { name: 'csv', text: 'one line a message, for spreadsheets' },
      ...KEYS,
      { name: 'subscribers', value: 'FILE', text: 'keys of many subscribers: CSV with msisdn,imsi,pin' },
      ...READING,
      { name: 'include', value: 'text', text: 'also list ordinary text messages' },
      SECRETS,
      { name: 'redact', text: 'also mask numbers, IMSIs and MACs, for reports that others will read' },
      { name: 'fail-on', value: 'error|warning', text: 'exit with status 1 when findings of this severity are there' },
      { name: 'output', value: 'FILE', short: 'o', text: 'write the report there instead of on standard output' },
      { name: 'no-prefilter', text: 'decode what concerns no report, too: slower, and the same report' },
      WORKERS,
    ],
    examples: [
      { line: 'otascope scan gateway.pcapng', text: 'A table of messages and findings.' },
      {
        line: 'otascope scan gateway.pcapng --imsi 262010000000001 --pin 1234',
        text: 'The same, with MACs checked by these keys.',
      },
      {
        line: 'otascope scan *.pcap --json --fail-on error -o report.json',
        text: 'For a nightly job: one report of many captures; status 1 when errors were found.',
      },
      { line: 'adb logcat -b radio -d | otascope scan -', text: 'Straight from a phone.' },
    ],
    load: () => import('./commands/scan.ts'),
  },
  {
    name: 'report',
    usage: 'FILE... [options]',
    summary: 'a report to hand on: HTML, Markdown, JSON, CSV, or the frames with the findings as comments',
    about: [
      'The form follows the ending of the output file, unless --format says otherwise. HTML is one file without script ' +
        'that prints well; pcapng holds the frames of the messages with what was found as packet comments, which ' +
        'Wireshark shows.',
      'Numbers are replaced by names (number-1, number-2 …) unless --numbers says otherwise; passwords and PINs are ' +
        'masked. A pcapng slice holds the octets as captured.',
      'PNG and PDF are made by Chrome, Chromium or Edge, with the fonts of this machine; where none is installed, write ' +
        'SVG and HTML.',
    ],
    options: [
      {
        name: 'format',
        value: 'FORM',
        text: 'html, pdf, markdown, json, ndjson, csv, svg or png (the chart; with --message the ladder of it) or pcapng',
      },
      {
        name: 'table',
        value: 'TABLE',
        text: 'of CSV: messages, parts, settings, findings, transactions, events, subscribers',
      },
      { name: 'filter', value: 'FILTER', text: "only messages that fit: 'prov.security == USERPIN and not mac.ok'" },
      { name: 'message', value: 'ID', repeat: true, text: 'only these messages' },
      { name: 'numbers', value: 'named|last4|full', text: 'how numbers, IMSIs and addresses are shown' },
      { name: 'bookmarks', value: 'FILE', text: 'tells bookmarks and notes that the page saved as a file' },
      ...KEYS,
      { name: 'subscribers', value: 'FILE', text: 'keys of many subscribers: CSV with msisdn,imsi,pin' },
      ...READING,
      SECRETS,
      { name: 'output', value: 'FILE', short: 'o', text: 'write the report there instead of on standard output' },
      WORKERS,
    ],
    examples: [
      { line: 'otascope report gateway.pcapng -o report.html', text: 'For a customer: no numbers, no secrets.' },
      {
        line: "otascope report gateway.pcapng --filter 'worst:error' -o errors.pcapng",
        text: 'The frames of what failed, with the reasons as comments.',
      },
      {
        line: 'otascope report gateway.pcapng --message m3 -o ladder.png',
        text: 'The way of one message as a picture.',
      },
    ],
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'compare',
    usage: 'YESTERDAY TODAY [options]',
    summary: 'two captures side by side: which messages fared differently, and where they part first',
    about: [
      'Each message is set beside its counterpart: the same recipient, kind and content first, then the same recipient ' +
        'and kind, then the same kind. Exit status 1 when any pair differs.',
    ],
    options: [{ name: 'json', text: 'pairs and sentences as JSON' }, ...KEYS, ...READING],
    examples: [{ line: 'otascope compare worked.pcapng fails.pcapng', text: 'What is different today?' }],
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'show',
    usage: 'FILE... [MESSAGE-ID] [options]',
    summary: 'everything about one message: parts, settings, XML, findings, bytes; or frames',
    about: [
      'Without a MESSAGE-ID: the list of messages with their ids. With one: summary, segments, answers, headers, ' +
        'settings, XML and findings of that message.',
      FILES,
    ],
    options: [
      { name: 'tree', text: 'also every field of every layer, with its value' },
      {
        name: 'bytes',
        text: 'also the octets of the frames, the datagram and the body, as they are: with passwords in them',
      },
      {
        name: 'frame',
        value: 'N[-M]',
        text: 'instead: frame N with its headers, or a list of them; 2:N of the second file',
      },
      ...KEYS,
      ...READING,
      SECRETS,
    ],
    examples: [
      { line: 'otascope show gateway.pcapng', text: 'Which messages are there?' },
      { line: 'otascope show gateway.pcapng m3 --tree', text: 'All about the third one, down to its fields.' },
    ],
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'verify',
    usage: 'FILE... [MESSAGE-ID] [options]',
    summary: 'whether the MACs are right, and how the key was made',
    about: [
      'For every protected message: the method, the key octets step by step, the MAC that was sent under the MAC that ' +
        'should have been sent, and a sentence on why they differ. Keys never leave this machine.',
      'A PIN can be searched for: on all cores, until Ctrl-C. A match proves that the secret was known, not who sent the ' +
        'message. IMSIs are never searched for: that would tell who somebody is from a message to them.',
      FILES,
    ],
    options: [
      ...KEYS,
      {
        name: 'esn',
        value: 'HEX',
        repeat: true,
        text: 'serial number of a CDMA phone, eight hex digits, as its NETWPIN key',
      },
      {
        name: 'meid',
        value: 'HEX',
        repeat: true,
        text: 'MEID of a CDMA phone, fourteen hex digits: its pseudo-ESN as the NETWPIN key',
      },
      { name: 'subscribers', value: 'FILE', text: 'CSV with msisdn,imsi,pin' },
      {
        name: 'search-pin',
        value: 'DIGITS',
        text: 'find PINs by trying all of 4, 4-6, 4-8 digits; status 1 where one is not found',
      },
      { name: 'jobs', value: 'NUMBER', text: 'cores that search (all)' },
      ...READING,
      SECRETS,
    ],
    examples: [
      { line: 'otascope verify gateway.pcapng --imsi 262010000000001', text: 'NETWPIN: the key is the IMSI.' },
      { line: 'otascope verify gateway.pcapng m2 --pin 1234 --pin 0000', text: 'USERPIN: which of these PINs is it?' },
      { line: 'otascope verify gateway.pcapng m2 --search-pin 4-8', text: 'Which PIN of four to eight digits is it?' },
    ],
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'audit',
    usage: 'FILE... [options]',
    summary: 'the security review: who could have sent the settings, and what they take over',
    about: [
      'The verdict first, then what it rests on: findings by severity with messages, frames and octets, the senders, ' +
        'the phones, what was looked for and not found, and what could not be checked. Passwords and PINs are never ' +
        'printed. --try-pins tries the usual PINs and all of four digits on each MAC that a PIN made, here and nowhere ' +
        'else; an IMSI is never searched for.',
      FILES,
      'Exit status: as of scan; 1 when --fail-on found that severity or a worse one.',
    ],
    options: [
      { name: 'json', text: 'the review as JSON (--schema prints its JSON Schema)' },
      { name: 'csv', text: 'one line a finding, for spreadsheets' },
      {
        name: 'fail-on',
        value: 'critical|high|medium|low',
        text: 'exit with status 1 at this severity or a worse one',
      },
      { name: 'try-pins', text: 'try short PINs; Ctrl-C stops and keeps what was found' },
      {
        name: 'known',
        value: 'FILE',
        text: 'servers, networks and senders of your own, one a line: what leads to them alone is at most low',
      },
      ...KEYS,
      { name: 'subscribers', value: 'FILE', text: 'keys of many subscribers: CSV with msisdn,imsi,pin' },
      ...READING,
      { name: 'redact', text: 'mask numbers, IMSIs and addresses, for reports that others will read' },
      { name: 'schema', text: 'print the JSON Schema of --json and read nothing' },
    ],
    examples: [
      { line: 'otascope audit gateway.pcapng', text: 'Is anything in here an attack?' },
      {
        line: 'otascope audit *.pcap --fail-on high --json > review.json',
        text: 'For a nightly job: status 1 when something serious came in.',
      },
    ],
    load: () => import('./commands/audit.ts'),
  },
  {
    name: 'encode',
    usage: 'DOCUMENT [options]',
    summary: 'a document as WBXML, push, short messages, SMPP or a capture',
    about: [
      'DOCUMENT is XML: provisioning (wap-provisioningdoc), si, sl, co, emn, SyncML, rights, or OTA settings; its root ' +
        "element tells. WBXML is carried as it is. '-' reads standard input. Without --format the name of the output tells " +
        'the form, or else it is WBXML.',
      'wbxml: the document. push: the WSP PDU. hex: the same as digits. udh: header and content of each part, a table ' +
        'for HTTP interfaces. pdu: a TPDU a line for modems. smpp: submit_sm PDUs. pcap, pcapng: an SMPP session as a ' +
        'capture.',
      'Exit status: 0 when it was written, 1 when the document says what can not be encoded, 2 for a command line that ' +
        'is wrong, 3 when the document could not be read. Nothing is sent anywhere.',
    ],
    options: [
      { name: 'output', value: 'FILE', short: 'o', text: 'write there instead of on standard output' },
      { name: 'format', value: 'FORM', text: 'wbxml, push, hex, udh, pdu, smpp, pcap or pcapng' },
      { name: 'sec', value: 'METHOD', text: 'add SEC and MAC: netwpin, userpin, usernetwpin or userpinmac' },
      { name: 'imsi', value: 'DIGITS', text: 'subscriber identity, the key of netwpin and usernetwpin' },
      { name: 'pin', value: 'PIN', text: 'the key of userpin, usernetwpin and userpinmac' },
      { name: 'to', value: 'NUMBER', text: 'who receives it: +49... or a number as it is dialled' },
      { name: 'from', value: 'NUMBER', text: "who sends it: a number, or up to 11 letters ('otascope')" },
      { name: 'smsc', value: 'NUMBER', text: 'service centre in front of the TPDUs' },
      { name: 'deliver', text: 'pdu: SMS-DELIVER as the phone receives it, instead of SMS-SUBMIT' },
      { name: 'time', value: 'TIME', text: 'ISO time of delivery and capture; now, unless given' },
      { name: 'port', value: 'NUMBER', text: 'destination port: 2948, and 49999 for OTA settings' },
      { name: 'source-port', value: 'NUMBER', text: 'source port: 9200' },
      { name: 'reference', value: 'NUMBER', text: 'reference that joins the parts; made from the push, unless given' },
      { name: '16-bit-reference', text: 'two octets for the reference' },
      { name: 'segment-octets', value: 'NUMBER', text: 'octets of a part with its header: 140' },
      { name: 'header', value: 'NAME:VALUE', repeat: true, text: 'another push header: X-Wap-Application-Id: ...' },
      { name: 'charset', value: 'NAME', text: 'of the WBXML: utf-8, us-ascii, iso-8859-1, utf-16be ...' },
      { name: 'wbxml-version', value: 'VERSION', text: '1.0 to 1.3, which is usual' },
      { name: 'string-table', text: 'strings that occur twice go into the string table' },
      { name: 'public-id', text: 'the public identifier as text instead of its number' },
      { name: 'trim', text: 'leave out the white space around texts: the text of an indented si' },
      { name: 'literals', text: 'write names that have no token as text instead of refusing them' },
    ],
    examples: [
      { line: 'otascope encode settings.xml -o settings.wbxml', text: 'The document, encoded.' },
      {
        line: 'otascope encode settings.xml --sec netwpin --imsi 262010000000001 --format pdu --to +491700000000',
        text: 'Protected by the IMSI, as lines for AT+CMGS.',
      },
      {
        line: 'otascope encode settings.xml --sec userpin --pin 1234 --to +491700000000 -o test.pcap',
        text: 'A capture that Wireshark and otascope open.',
      },
    ],
    load: () => import('./commands/encode.ts'),
  },
  {
    name: 'lint',
    usage: 'DOCUMENT... [options]',
    summary: 'what is wrong with a document, before it is sent',
    about: [
      'DOCUMENT is XML, WBXML or a WSP push. Each finding has its line and column in XML, its octets in WBXML, what ' +
        "the standard says and how to mend it. '-' reads standard input.",
      'Exit status: 0 when nothing of the severity of --fail-on was found, 1 when it was, 2 for a command line that is ' +
        'wrong, 3 when a document could not be read (the others still are).',
    ],
    options: [
      { name: 'json', text: 'findings as JSON' },
      {
        name: 'fail-on',
        value: 'error|warning|note|never',
        text: 'the least severity that makes exit status 1: error',
      },
    ],
    examples: [
      { line: 'otascope lint settings.xml', text: 'Findings, as compilers write them.' },
      { line: 'otascope lint *.xml --fail-on warning --json', text: 'For a build.' },
    ],
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'device',
    usage: 'FILE... [MESSAGE-ID] [options]',
    summary: 'what a phone holds after the messages it was sent, and why',
    about: [
      'Follows the messages of one subscriber in order of time: which of them a phone takes or refuses and why, what ' +
        'each adds, replaces or leaves, the contexts it holds, and the proxy and access point each application uses. ' +
        'With a MESSAGE-ID: as it was after that message. Each reason says whether it was seen in clients or is ' +
        'remembered of the specification.',
      FILES,
    ],
    options: [
      { name: 'subscriber', value: 'NUMBER', text: 'whose phone, where the capture has several' },
      { name: 'json', text: 'all of it as JSON; without --subscriber, of every phone' },
      ...KEYS,
      { name: 'subscribers', value: 'FILE', text: 'keys of many subscribers: CSV with msisdn,imsi,pin' },
      ...READING,
      SECRETS,
    ],
    examples: [
      { line: 'otascope device gateway.pcapng', text: 'Who was sent settings?' },
      { line: 'otascope device gateway.pcapng --subscriber +49155501 --pin 1234', text: 'What does that phone hold?' },
    ],
    load: () => import('./commands/device.ts'),
  },
  {
    name: 'diff',
    usage: 'FILE[#MESSAGE-ID] FILE[#MESSAGE-ID] [options]',
    summary: 'what differs between two sets of settings, and what that means',
    about: [
      'Compares by what is meant: access points, proxies and applications are matched by their identities, and neither ' +
        'their order nor the encoding matters. A FILE is a capture, a log or a single document (.wbxml, .xml); of ' +
        'several messages #m3 names one.',
      'Exit status: 0 when a phone would act on both alike, 1 when they differ, 2 for a command line that is wrong, ' +
        '3 when an input could not be read.',
    ],
    options: [{ name: 'json', text: 'as JSON' }, ...KEYS, ...READING, SECRETS],
    examples: [
      { line: 'otascope diff gateway.pcapng#m1 gateway.pcapng#m4', text: 'Two messages of a capture.' },
      { line: 'otascope diff old.xml new.wbxml', text: 'Two documents.' },
    ],
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'settings',
    usage: 'FILE... [options]',
    summary: 'settings as a table, to type into another phone',
    about: [
      'What the phone of each subscriber holds in the end, or with --message what one message says: access point, user ' +
        'name, proxy, message centre, home page, mail and management servers.',
      FILES,
    ],
    options: [
      { name: 'message', value: 'MESSAGE-ID', text: 'of this message alone, taken or not' },
      { name: 'subscriber', value: 'NUMBER', text: 'of this phone alone' },
      { name: 'format', value: 'FORM', text: 'table, csv, tsv, md or json' },
      ...KEYS,
      { name: 'subscribers', value: 'FILE', text: 'keys of many subscribers: CSV with msisdn,imsi,pin' },
      ...READING,
      SECRETS,
    ],
    examples: [
      { line: 'otascope settings welcome.pcap --message m1 --format md', text: 'For a ticket or a wiki.' },
      { line: 'otascope settings welcome.pcap --show-secrets', text: 'With the passwords, to set a phone up by hand.' },
    ],
    load: () => import('./commands/settings.ts'),
  },
  {
    name: 'serve',
    usage: '[FILE...] [options]',
    summary: 'the page in your browser, served to this machine only',
    about: [
      'Serves the page on 127.0.0.1 and prints its address, which holds a key: only who has the address gets in. ' +
        'Ctrl-C ends it.',
      "'-' follows standard input, --follow files that grow: the page changes while they are written.",
    ],
    options: [
      FOLLOW,
      { name: 'port', value: 'NUMBER', text: 'a fixed port instead of a free one' },
      { name: 'no-open', text: "don't open a browser" },
      ...READING,
    ],
    examples: [
      { line: 'otascope serve gateway.pcapng', text: 'Opens the capture in the default browser.' },
      { line: 'otascope serve --port 8470 --no-open', text: 'For a browser at the other end of an SSH tunnel.' },
    ],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'open',
    usage: '[FILE...] [options]',
    summary: 'the window: Electron where it is installed, else a browser window',
    about: [
      'Opens the files in a window of their own. Where Electron is not installed, the same page is served locally.',
      "'-' follows standard input, --follow files that grow, both in a browser window.",
    ],
    options: [FOLLOW, { name: 'no-open', text: "don't open a window; print the address and serve" }, ...READING],
    examples: [
      { line: 'otascope open gateway.pcapng', text: 'The capture on a timeline.' },
      { line: 'dumpcap -w - | otascope open -', text: 'What is captured, while it is captured.' },
    ],
    load: () => import('./commands/open.ts'),
  },
  {
    name: 'cache',
    usage: '[--clear]',
    summary: 'what is kept of large captures so that they open at once',
    about: [
      'Prints the folder, how many captures are known in it and how large it is. Kept are places and times of frames, ' +
        'names of formats and counters; no octet of a capture, no key. It can be removed at any time. --no-cache, or ' +
        'OTASCOPE_NO_CACHE=1 in the environment, keeps nothing and uses nothing.',
    ],
    options: [{ name: 'clear', text: 'remove all of it' }],
    examples: [{ line: 'otascope cache --clear', text: 'Nothing is left of captures that were read.' }],
    load: () => import('./commands/cache.ts'),
  },
  {
    name: 'schema',
    usage: '',
    summary: 'the JSON Schema of the report',
    about: ['Prints the JSON Schema (draft-07) of what `otascope scan --json` prints.'],
    options: [],
    examples: [{ line: 'otascope schema > otascope-report.schema.json', text: 'For a validator or a code generator.' }],
    load: () => import('./commands/schema.ts'),
  },
];
