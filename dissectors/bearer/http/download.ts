// A provisioning document that a phone, or a gateway, fetched: the answer to a GET.

import type { Message } from './exchange.ts';
import { ipAddress, isOk, takeFindings } from './exchange.ts';
import { isProvisioningType } from './gate.ts';
import type { Response } from './lines.ts';
import { headerValue } from './lines.ts';
import { entityOf } from './mime.ts';

/** OMA-WAP-TS-ProvBoot-V1_1 5.2.3: SEC and MAC are parameters of the content type here, too. */
export function readDownload(m: Message<Response>): void {
  const { ctx, start, headers, head, body, pdu } = m;
  if (!isOk(start.status) || !isProvisioningType(headerValue(headers, 'Content-Type'))) return;
  const { frame, time } = ctx;
  ctx.sink.datagram({
    bearer: 'http',
    operation: 'download',
    direction: 'mt',
    from: ipAddress(ctx.sourceAddress),
    to: ipAddress(ctx.destinationAddress),
    imsi: null,
    ports: null,
    time,
    frame,
    content: 'mime',
    ...(body.cut ? { cut: true } : {}),
    data: entityOf(pdu, head, body.plain, body.content),
    pdu,
    dissector: 'http',
    chosenBy: ctx.chosenBy,
    answerKey: null,
    findings: takeFindings(m),
  });
}
