// Why hops refuse messages, in plain words, and what somebody should look at next: data only.

export interface Advice {
  /** Plain words, a whole sentence without its full stop. */
  readonly words: string;
  /** What to check next, most likely first. */
  readonly check: readonly string[];
}

export const ADVICE = {
  throttled: {
    words: 'The sender submits faster than the next hop allows',
    check: [
      'Compare the rate of submissions with the limit agreed with the service centre.',
      'See whether the sender waits before it tries again, and for how long.',
    ],
  },
  queueFull: {
    words: 'The queue of the next hop is full',
    check: [
      'Look for many waiting messages to the same phone: old ones may have to expire or be deleted first.',
      'Ask the operator of the service centre whether it was under load.',
    ],
  },
  destination: {
    words: 'The address of the recipient is not acceptable',
    check: [
      'Compare the number, its type (TON) and numbering plan (NPI) with what the next hop expects.',
      'Check that the number belongs to a network that this route serves.',
    ],
  },
  source: {
    words: 'The address of the sender is not acceptable',
    check: ['Check that the sender name or number is registered for this account, with its type (TON).'],
  },
  unknownSubscriber: {
    words: 'The network does not know the recipient as a subscriber',
    check: [
      'Check the number, and whether it was ported to another network.',
      'Check that the subscription is active and has short messages in its profile.',
    ],
  },
  absent: {
    words: 'The phone could not be reached: switched off, without coverage, or detached',
    check: [
      'See whether the service centre tries again when the phone comes back (alert-SC, or a later attempt here).',
      'Check the registration of the subscriber in the network at that time.',
    ],
  },
  busy: {
    words: 'The phone, or the radio, was busy with another message or call',
    check: ['See whether a later attempt is accepted; parts that come too fast after one another cause this.'],
  },
  memory: {
    words: 'The phone has no room for another message',
    check: [
      'Have old messages deleted from the phone and the SIM.',
      'Check the message class: class 2 needs room on the SIM.',
      'See whether the phone says later that it has room again (RP-SMMA), and the part is sent again.',
    ],
  },
  barred: {
    words: 'Short messages are barred for this subscriber or sender',
    check: ['Check barring services and the provisioning of the subscription.', 'Check what this account may send.'],
  },
  notSupported: {
    words: 'The receiver does not support this kind of message or operation',
    check: [
      'Check data coding, protocol identifier and message class: 8-bit data without class or class 1 is what phones expect.',
      'Check that the phone supports this kind of push at all.',
    ],
  },
  mediaType: {
    words: 'The phone does not take this type of content',
    check: [
      'Check the content type, and whether the phone supports it.',
      'Check the application id and port that the push is for.',
    ],
  },
  refusedByPhone: {
    words: 'The phone refused the push and asks not to have it again',
    check: [
      'Check whether the user declined it or the phone does not trust the sender.',
      'Check the security of the document: SEC, MAC and key.',
    ],
  },
  protocol: {
    words: 'The receiver could not read the request',
    check: [
      'Look at the findings of the refused part: lengths, mandatory fields, encoding.',
      'Check the version of the protocol at both ends.',
    ],
  },
  length: {
    words: 'The message, or a field of it, has a length that is not allowed',
    check: [
      'Check that each part has at most 140 octets with its header.',
      'Check whether the route wants long messages as message_payload or as parts.',
    ],
  },
  authentication: {
    words: 'The next hop does not accept who is sending',
    check: ['Check account, password and the addresses from which this account may connect.'],
  },
  state: {
    words: 'The session does not allow this request at this point',
    check: ['Look for the bind or login before it, and whether it was answered.', 'Check the type of the bind.'],
  },
  system: {
    words: 'The next hop had an error of its own',
    check: [
      'Look at the logs of the next hop at this time.',
      'See whether other messages at this time fared the same.',
    ],
  },
  congestion: {
    words: 'The network was congested',
    check: ['See whether a later attempt is accepted.', 'Look for many messages at the same time in the overview.'],
  },
  noAnswer: {
    words: 'A node further on did not answer in time',
    check: ['Look for the way between the last node that answered and the one that did not.'],
  },
  routing: {
    words: 'The network found no way to the node that should take the message',
    check: [
      'Check routing tables and translations (global titles, realms, host names) at the last node that answered.',
    ],
  },
  delivery: {
    words: 'The service centre took the message, but could not deliver it',
    check: [
      "Ask the operator for the meaning of the error code in the receipt: it is often the operator's own.",
      'Check that the phone was on and in coverage, and had room.',
    ],
  },
  expired: {
    words: 'The message was not delivered within its validity period',
    check: [
      'Check whether the phone was on and in coverage during that time.',
      'Check the validity period: provisioning messages need hours rather than minutes.',
    ],
  },
  deleted: {
    words: 'The message was deleted before it was delivered',
    check: ['Check who cancelled or replaced it: the sender, or the operator.'],
  },
  rejected: {
    words: 'The service centre refused the message after it had accepted it',
    check: ['Check filters and credit of this account.', 'Check whether binary messages to push ports are allowed.'],
  },
  pushAddress: {
    words: 'The push proxy does not understand the address of the recipient',
    check: ['Check the form of the address: WAPPUSH=+4917.../TYPE=PLMN@ppg.example, the number with its country code.'],
  },
  pushControl: {
    words: 'The push proxy could not read the control document',
    check: [
      'Check the XML of the push message and the boundaries of the multipart body.',
      'Check that the content entity stands in the body and its type is named.',
    ],
  },
  pushCapability: {
    words: 'What the push asks for and what the phone or the push proxy can do differ',
    check: ['Check quality of service, bearer and network in the push message.'],
  },
  duplicatePush: {
    words: 'A push with this identifier was submitted before',
    check: ['Give every push an identifier of its own.'],
  },
  httpNotFound: {
    words: 'There is nothing at this address',
    check: ['Check the URL to which the push or request goes.'],
  },
  httpServer: {
    words: 'The server failed on the request',
    check: ['Look at the log of the server at this time.'],
  },
  apnUnknown: {
    words: 'The network does not know the access point',
    check: [
      'Compare the access point name in the settings, letter by letter, with what the operator uses.',
      'Check that the DNS of the core network resolves it.',
    ],
  },
  apnDenied: {
    words: 'The subscription does not include this access point',
    check: ['Check the access points of the subscription in the HLR or HSS.'],
  },
  apnAuthentication: {
    words: 'User name or password of the access point were not accepted',
    check: ['Compare AUTHNAME, AUTHSECRET and AUTHTYPE of the settings with what the operator expects (PAP or CHAP).'],
  },
  pdpType: {
    words: 'The network does not offer this type of connection (IPv4, IPv6) here',
    check: ['Compare the address type of the settings with what the access point offers.'],
  },
  resources: {
    words: 'The network had no resources or addresses left for the connection',
    check: ['Check the address pool and load of the gateway.', 'See whether a later attempt is accepted.'],
  },
  nameUnknown: {
    words: 'The name of the server does not exist',
    check: [
      'Check the spelling of the host name in the settings.',
      'Check which DNS servers this access point hands out.',
    ],
  },
  nameServer: {
    words: 'The DNS server failed or refused to answer',
    check: ['Check the DNS servers of the access point (DNS-ADDR in the settings, or those the network gives).'],
  },
  connectionRefused: {
    words: 'The server refused the connection',
    check: ['Check address and port in the settings.', 'Check that the service runs and that no firewall resets it.'],
  },
  connectionReset: {
    words: 'The connection broke before an answer came',
    check: [
      'Check timers and logs of both ends of the connection at this time.',
      'See whether everything was sent again on another connection: a part may then arrive twice.',
    ],
  },
  segments: {
    words: 'A part was never sent, so the phone can not join the message',
    check: [
      'Look at the sender: did it stop after a refusal, or lose the part?',
      'Look at other captures: the part may have gone over another connection.',
    ],
  },
} as const satisfies Record<string, Advice>;

export type AdviceName = keyof typeof ADVICE;
