import { rules } from '../../../captures/finding.ts';

export const otaHttpRules = rules({
  noAnswerStatus: {
    code: 'OTAHTTP-STATUS-DIFFERS',
    severity: 'note',
    title: 'The terminal answers with success, and with a push status that refuses the push',
    clause: 'WAP-235-PushOTA 9 (from memory)',
  },
});
