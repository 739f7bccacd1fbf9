// How documents are written, and what receivers leave out of them.

import { app, doc, type Example, named, nap, of, physical, port, proxy } from './builders.ts';

export const WRITING_EXAMPLES: readonly Example[] = [
  {
    code: 'CP-NO-TYPE',
    passes: doc(nap()),
    fails: doc(nap(), '<characteristic><parm name="NAME" value="x"/></characteristic>'),
  },
  { code: 'CP-NO-PARM-NAME', passes: doc(nap()), fails: doc(nap()).replace('<parm ', '<parm value="x"/><parm ') },
  { code: 'CP-UNKNOWN-ELEMENT', passes: doc(nap()), fails: doc(nap(), '<Characteristic type="NAPDEF"/>') },
  { code: 'CP-STRAY-ELEMENT', passes: doc(nap()), fails: doc(nap(), '<parm name="NAME" value="Example Mobile"/>') },
  {
    code: 'CP-STRAY-TEXT',
    passes: doc(nap()),
    fails: doc(nap()).replace('</characteristic>', 'internet</characteristic>'),
  },
  {
    code: 'CP-UNKNOWN-ATTRIBUTE',
    passes: doc(nap()),
    fails: doc(nap()).replace('type="NAPDEF"', 'type="NAPDEF" mwid="1"'),
  },
  {
    code: 'CP-EMPTY-CHARACTERISTIC',
    passes: doc(nap({}, of('VALIDITY', { COUNTRY: '262' }))),
    fails: doc(nap({}, of('VALIDITY', {}))),
  },
  { code: 'CP-FLAG-VALUE', passes: doc(nap({ INTERNET: null })), fails: doc(nap({ INTERNET: '0' })) },
  { code: 'CP-BLANKS', passes: doc(nap()), fails: doc(nap({ 'NAP-ADDRESS': 'internet.example ' })) },
  { code: 'CP-CONTROL-CHARACTER', passes: doc(nap()), fails: doc(nap({ NAME: 'Inter&#9;net' })) },
  { code: 'CP-PLACEHOLDER-TEXT', passes: doc(nap()), fails: doc(nap({ 'NAP-ADDRESS': '%APN%' })) },
  {
    code: 'CP-DOUBLE-ESCAPED',
    passes: doc(nap(), app('w4', { ADDR: 'http://mms.example/?a=1&amp;b=2' })),
    fails: doc(nap(), app('w4', { ADDR: 'http://mms.example/?a=1&amp;amp;b=2' })),
  },
  {
    code: 'CP-DOUBLE-ENCODED',
    passes: doc(nap({ NAME: 'M\u00fcnchen' })),
    fails: doc(nap({ NAME: 'M\u00c3\u00bcnchen' })),
  },
  {
    code: 'CP-LIST-IN-ONE-VALUE',
    passes: doc(nap({ 'DNS-ADDR': ['192.0.2.1', '192.0.2.2'] })),
    fails: doc(nap({ 'DNS-ADDR': '192.0.2.1,192.0.2.2' })),
  },
  { code: 'CP-VALUE-CASE', passes: doc(nap()), fails: doc(nap({ 'NAP-ADDRTYPE': 'Apn' })) },
  {
    code: 'CP-MISSPELT-PARM',
    passes: doc(nap({ 'DNS-ADDR': '192.0.2.1' })),
    fails: doc(nap({ DNS_ADDR: '192.0.2.1' })),
  },
  {
    code: 'CP-PARM-ELSEWHERE',
    passes: doc(nap(), proxy({}, physical({}, port('8080')))),
    fails: doc(nap(), proxy({}, physical({ PORTNBR: '8080' }, port('8080')))),
  },
  {
    code: 'CP-MISSPELT-CHARACTERISTIC',
    passes: doc(nap({}, of('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'a', AUTHSECRET: 'b' }))),
    fails: doc(nap({}, of('NAPAUTHINF', { AUTHTYPE: 'PAP', AUTHNAME: 'a', AUTHSECRET: 'b' }))),
  },
  {
    code: 'CP-REPEATED-CHARACTERISTIC',
    passes: doc(nap(), of('CLIENTIDENTITY', { 'CLIENT-ID': 'a' })),
    fails: doc(nap(), of('CLIENTIDENTITY', { 'CLIENT-ID': 'a' }), of('CLIENTIDENTITY', { 'CLIENT-ID': 'b' })),
  },
  {
    code: 'CP-DOCUMENT-SIZE',
    passes: doc(nap(), app('w2')),
    fails: doc(
      nap(),
      app('w2', {}, ...Array.from({ length: 30 }, (_, i) => of('RESOURCE', { URI: `http://${i}.example/` }))),
    ),
  },
  {
    code: 'CP-LATER-CONTENT',
    passes: doc(nap(), app('w2')).replace('version="1.0"', 'version="1.1"'),
    fails: doc(nap(), app('w2')),
  },
  { code: 'CP-NOTHING-TO-INSTALL', passes: doc(named, nap()), fails: doc(named) },
  {
    code: 'CP-OFTEN-IGNORED',
    passes: doc(nap()),
    fails: doc(nap(), of('CLIENTIDENTITY', { 'CLIENT-ID': 'a' })),
  },
  { code: 'CP-LOST-BY-A-CLIENT', passes: doc(nap(), proxy()), fails: doc(nap(), proxy({ PULLENABLED: '1' })) },
];
