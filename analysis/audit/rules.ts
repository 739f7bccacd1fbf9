// All rules of the security review.

import type { AuditRule } from './rule.ts';
import { AUTHENTICATION } from './rules/authentication.ts';
import { EXPOSURE } from './rules/exposure.ts';
import { TAKEOVER } from './rules/takeover.ts';
import { TRANSPORT } from './rules/transport.ts';

export const AUDIT_RULES: readonly AuditRule[] = [AUTHENTICATION, TAKEOVER, EXPOSURE, TRANSPORT].flatMap((table) =>
  Object.values<AuditRule>(table),
);
