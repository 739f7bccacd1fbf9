// The signalling network: adaptation layers over SCTP, links captured as they are, SCCP, and TCAP with MAP.

import type { Dissector } from '../../base/dissector.ts';
import { m2pa } from './m2pa/index.ts';
import { m2ua } from './m2ua/index.ts';
import { m3ua } from './m3ua/index.ts';
import { mtp2, mtp2WithPseudoHeader } from './mtp/mtp2.ts';
import { mtp3 } from './mtp/mtp3.ts';
import { sccp } from './sccp/index.ts';
import { sua } from './sua/index.ts';
import { tcap } from './tcap/index.ts';

export const sigtran: readonly Dissector[] = [m3ua, m2ua, m2pa, sua, mtp2, mtp2WithPseudoHeader, mtp3, sccp, tcap];
