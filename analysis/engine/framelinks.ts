// Names of link types for people.

/** LINKTYPE_ values that captures of phones and of signalling are made with. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'BSD loopback',
  1: 'Ethernet',
  9: 'PPP',
  12: 'raw IP',
  14: 'raw IP',
  50: 'PPP in HDLC',
  101: 'raw IP',
  104: 'Cisco HDLC',
  105: 'Wi-Fi',
  107: 'Frame Relay',
  108: 'OpenBSD loopback',
  113: 'Linux cooked capture',
  127: 'Wi-Fi with radiotap',
  139: 'MTP2 with pseudo-header',
  140: 'MTP2',
  141: 'MTP3',
  142: 'SCCP',
  147: 'user 0',
  187: 'Bluetooth HCI',
  189: 'USB on Linux',
  201: 'Bluetooth HCI with direction',
  220: 'USB on Linux, padded',
  228: 'raw IPv4',
  229: 'raw IPv6',
  252: 'exported PDU',
  276: 'Linux cooked capture v2',
};

export const linkName = (type: number): string => NAMES[type] ?? `link type ${type}`;
