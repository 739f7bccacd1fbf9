// The explicit list of what is read above UDP, TCP and the rest. Adding a bearer: its folder, and a line here.

import type { Dissector } from './base/dissector.ts';
import { at } from './bearer/at/index.ts';
import { bssap } from './bearer/bssap/index.ts';
import { cimd2 } from './bearer/cimd2/index.ts';
import { cp } from './bearer/cprp/cp.ts';
import { rp } from './bearer/cprp/index.ts';
import { diameter, diameterOverSctp } from './bearer/diameter/index.ts';
import { dns } from './bearer/dns/index.ts';
import { exported } from './bearer/exported/index.ts';
import { gsmtap } from './bearer/gsmtap/index.ts';
import { rsl } from './bearer/gsmtap/rsl.ts';
import { gsup } from './bearer/gsup/index.ts';
import { ipa } from './bearer/gsup/ipa.ts';
import { gtp } from './bearer/gtp/index.ts';
import { http2 } from './bearer/http/http2.ts';
import { http } from './bearer/http/index.ts';
import { kannelBox } from './bearer/kannelbox/index.ts';
import { s1ap } from './bearer/s1ap/index.ts';
import { nas } from './bearer/s1ap/nas.ts';
import { sgsap } from './bearer/sgsap/index.ts';
import { sigtran } from './bearer/sigtran/index.ts';
import { simApdu, simFile, simSms, simToolkit } from './bearer/sim/index.ts';
import { sip, sipOverTcp } from './bearer/sip/index.ts';
import { smpp } from './bearer/smpp/index.ts';
import { ucp } from './bearer/ucp/index.ts';
import { wdp } from './bearer/wdp/index.ts';
import { wtp } from './bearer/wtp/index.ts';

export const dissectors: readonly Dissector[] = [
  smpp,
  wdp,
  wtp,
  ucp,
  cimd2,
  diameter,
  diameterOverSctp,
  cp,
  rp,
  gsmtap,
  ipa,
  gsup,
  exported,
  sgsap,
  s1ap,
  nas,
  bssap,
  rsl,
  simApdu,
  simSms,
  simToolkit,
  simFile,
  sip,
  sipOverTcp,
  http,
  http2,
  kannelBox,
  ...sigtran,
  at,
  dns,
  gtp,
];
