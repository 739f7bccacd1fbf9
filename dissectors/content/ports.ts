// Destination ports of short messages with a use of their own (3GPP TS 23.040 9.2.3.24.3 and 9.2.3.24.4, WAP-259-WDP
// Appendix B, the IANA registry, Nokia Smart Messaging 3.0.0, JSR 120 Appendix A).

/** Ports a push or a session of WSP goes to are named too: they may be met where no push is. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [226, 'business card (vCard), 8-bit port'],
  [227, 'business card (vCard), secure, 8-bit port'],
  [228, 'calendar entry (vCalendar), 8-bit port'],
  [229, 'calendar entry (vCalendar), secure, 8-bit port'],
  [2805, 'WTA secure connectionless session'],
  [2923, 'WTA secure connection-oriented session'],
  [2948, 'WAP Push'],
  [2949, 'WAP Push, secure'],
  [4035, 'WAP Push over HTTP'],
  [4036, 'WAP Push over HTTP, secure'],
  [5501, 'Nokia compact business card'],
  [5502, 'Nokia service card'],
  [5503, 'Nokia internet access configuration'],
  [5505, 'Nokia ringing tone'],
  [5506, 'Nokia operator logo'],
  [5507, 'Nokia caller (group) logo'],
  [5508, 'Nokia profile'],
  [5511, 'Nokia email notification'],
  [5512, 'Nokia multipart message'],
  [5514, 'Nokia picture message'],
  [7275, 'SUPL (location)'],
  [9200, 'WSP, connectionless'],
  [9201, 'WSP, in a session'],
  [9202, 'WSP, connectionless and secure'],
  [9203, 'WSP, in a secure session'],
  [9204, 'business card (vCard)'],
  [9205, 'calendar entry (vCalendar)'],
  [9206, 'business card (vCard), secure'],
  [9207, 'calendar entry (vCalendar), secure'],
  [9209, 'a gateway as client'],
  [49996, 'SyncML settings'],
  [49999, 'Nokia and Ericsson settings'],
]);

/** What a port is known for; undefined where it is for nothing in particular. */
export const portName = (port: number): string | undefined => NAMES.get(port) ?? rangeName(port);

// 3GPP TS 23.040 9.2.3.24.3 (8-bit: 240 to 255) and 9.2.3.24.4 (16-bit: 16000 to 16999).
function rangeName(port: number): string | undefined {
  if (port >= 240 && port <= 255) return 'free for applications, 8-bit port';
  if (port >= 16000 && port <= 16999) return 'free for applications';
  return undefined;
}

/**
 * Ports on which applications of the phone listen as they like: those that 3GPP leaves to them, and the registered
 * range above the assigned ports that MIDlets push registries use (JSR 118 PushRegistry, JSR 120 Appendix A).
 */
export const isApplicationPort = (port: number): boolean =>
  !NAMES.has(port) && ((port >= 240 && port <= 255) || (port >= 1024 && port <= 65535));

/** Ports whose datagrams are bodies with a decoder of their own, without a push around them. */
const BODIES: ReadonlySet<number> = new Set([
  226, 227, 228, 229, 5505, 5506, 5507, 5512, 5514, 7275, 9204, 9205, 9206, 9207,
]);

export const isBodyPort = (port: number): boolean => BODIES.has(port);
