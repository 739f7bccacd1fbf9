// OMA-TS-MMS_ENC-V1_3 7.4: numbers of fields and of PDU types.

const listed = (first: number, words: string): [number, string][] => words.split(' ').map((w, i) => [first + i, w]);

export const MMS_FIELDS: ReadonlyMap<number, string> = new Map(
  listed(
    0x01,
    'Bcc Cc X-Mms-Content-Location Content-Type Date X-Mms-Delivery-Report X-Mms-Delivery-Time X-Mms-Expiry From ' +
      'X-Mms-Message-Class Message-ID X-Mms-Message-Type X-Mms-MMS-Version X-Mms-Message-Size X-Mms-Priority ' +
      'X-Mms-Read-Report X-Mms-Report-Allowed X-Mms-Response-Status X-Mms-Response-Text X-Mms-Sender-Visibility ' +
      'X-Mms-Status Subject To X-Mms-Transaction-Id X-Mms-Retrieve-Status X-Mms-Retrieve-Text X-Mms-Read-Status ' +
      'X-Mms-Reply-Charging X-Mms-Reply-Charging-Deadline X-Mms-Reply-Charging-ID X-Mms-Reply-Charging-Size ' +
      'X-Mms-Previously-Sent-By X-Mms-Previously-Sent-Date X-Mms-Store X-Mms-MM-State X-Mms-MM-Flags ' +
      'X-Mms-Store-Status X-Mms-Store-Status-Text X-Mms-Stored X-Mms-Attributes X-Mms-Totals X-Mms-Mbox-Totals ' +
      'X-Mms-Quotas X-Mms-Mbox-Quotas X-Mms-Message-Count Content X-Mms-Start Additional-headers ' +
      'X-Mms-Distribution-Indicator X-Mms-Element-Descriptor X-Mms-Limit X-Mms-Recommended-Retrieval-Mode ' +
      'X-Mms-Recommended-Retrieval-Mode-Text X-Mms-Status-Text X-Mms-Applic-ID X-Mms-Reply-Applic-ID ' +
      'X-Mms-Aux-Applic-Info X-Mms-Content-Class X-Mms-DRM-Content X-Mms-Adaptation-Allowed X-Mms-Replace-ID ' +
      'X-Mms-Cancel-ID X-Mms-Cancel-Status',
  ),
);

/** X-Mms-Message-Type without its high bit. */
export const MMS_TYPES: readonly string[] = (
  'm-send-req m-send-conf m-notification-ind m-notifyresp-ind m-retrieve-conf m-acknowledge-ind m-delivery-ind ' +
  'm-read-rec-ind m-read-orig-ind m-forward-req m-forward-conf m-mbox-store-req m-mbox-store-conf m-mbox-view-req ' +
  'm-mbox-view-conf m-mbox-upload-req m-mbox-upload-conf m-mbox-delete-req m-mbox-delete-conf m-mbox-descr ' +
  'm-delete-req m-delete-conf m-cancel-req m-cancel-conf'
).split(' ');

/** What an m-notification-ind must have (6.2). */
export const MANDATORY: readonly string[] = [
  'X-Mms-Message-Type',
  'X-Mms-Transaction-Id',
  'X-Mms-MMS-Version',
  'X-Mms-Message-Class',
  'X-Mms-Message-Size',
  'X-Mms-Expiry',
  'X-Mms-Content-Location',
];

export const LABELS: Readonly<Record<string, string>> = {
  'X-Mms-Message-Type': 'Type',
  'X-Mms-Transaction-Id': 'Transaction',
  'X-Mms-MMS-Version': 'Version',
  'X-Mms-Message-Class': 'Class',
  'X-Mms-Message-Size': 'Size',
  'X-Mms-Expiry': 'Expiry',
  'X-Mms-Content-Location': 'Content location',
  'X-Mms-Priority': 'Priority',
  'X-Mms-Delivery-Report': 'Delivery report',
};
