import { rules } from '../../../captures/finding.ts';

export const XML = rules({
  empty: {
    code: 'XML-EMPTY',
    severity: 'error',
    title: 'The message has an XML content type and no body',
    clause: 'XML 1.0 2.1',
  },
  truncated: {
    code: 'XML-TRUNCATED',
    severity: 'error',
    title: 'The text ends before all of its elements do',
    clause: 'XML 1.0 2.1',
    receivers: 'Receivers refuse the document.',
  },
  noRoot: { code: 'XML-NO-ROOT', severity: 'error', title: 'The text holds no element', clause: 'XML 1.0 2.1' },
  markup: { code: 'XML-MARKUP', severity: 'error', title: 'Markup is malformed', clause: 'XML 1.0 2.4' },
  endTag: {
    code: 'XML-END-TAG',
    severity: 'error',
    title: 'An end tag closes no open element',
    clause: 'XML 1.0 3, Element Type Match',
  },
  attribute: {
    code: 'XML-ATTRIBUTE',
    severity: 'error',
    title: 'An attribute is malformed',
    clause: 'XML 1.0 3.1',
    receivers: 'Receivers refuse the document.',
  },
  duplicateAttribute: {
    code: 'XML-DUPLICATE-ATTRIBUTE',
    severity: 'error',
    title: 'An element has the same attribute twice',
    clause: 'XML 1.0 3.1, Unique Att Spec',
  },
  entity: {
    code: 'XML-ENTITY',
    severity: 'error',
    title: 'A reference is to no known entity or character',
    clause: 'XML 1.0 4.1',
  },
  doctype: {
    code: 'XML-DOCTYPE-SUBSET',
    severity: 'warning',
    title: 'The document type declaration declares things of its own; they are not followed',
    clause: 'XML 1.0 2.8',
    receivers: 'Entities declared here can expand without bound in a receiver that follows them.',
  },
  trailing: {
    code: 'XML-TRAILING-BYTES',
    severity: 'warning',
    title: 'Something follows the root element',
    clause: 'XML 1.0 2.1',
  },
  charset: {
    code: 'XML-CHARSET-MISMATCH',
    severity: 'error',
    title: 'The text is not in the character set it names',
    clause: 'XML 1.0 4.3.3',
  },
  unknownCharset: {
    code: 'XML-UNKNOWN-CHARSET',
    severity: 'warning',
    title: 'The text is in a character set that can not be read here',
    clause: 'XML 1.0 4.3.3',
  },
  depth: {
    code: 'XML-DEPTH-LIMIT',
    severity: 'error',
    title: 'Elements are nested deeper than this reader follows',
    clause: 'XML 1.0 3.1',
  },
  budget: {
    code: 'XML-BUDGET',
    severity: 'error',
    title: 'The text has more nodes than this reader keeps',
    clause: 'XML 1.0 3.1',
  },
});
