// Where messages end, and which connections are claimed.

import { describe, expect, test } from 'vitest';
import { NEED_MORE, NOT_OURS } from '../../dissectors/base/dissector.ts';
import { frameHttp, MAX_MESSAGE, resumesHttp } from '../../dissectors/bearer/http/frame.ts';
import { looksLikeHttp } from '../../dissectors/bearer/http/gate.ts';
import { http2 } from '../../dissectors/bearer/http/http2.ts';
import { http } from '../../dissectors/bearer/http/index.ts';
import { frameSip, looksLikeSip } from '../../dissectors/bearer/sip/frame.ts';
import { sipOverTcp } from '../../dissectors/bearer/sip/index.ts';
import { frames, latin1, wire } from './support.ts';

describe('HTTP messages', () => {
  /** Messages one behind the other. */
  const cases: readonly { name: string; in: readonly string[]; whole?: true }[] = [
    { name: 'a request without a body', in: ['GET / HTTP/1.1\nHost: a\n\n'] },
    { name: 'a body by Content-Length', in: ['POST / HTTP/1.1\nContent-Length: 3\n\nabc'] },
    { name: 'in any case, with blanks', in: ['POST / HTTP/1.1\ncontent-LENGTH :  3\n\nabc'] },
    { name: 'two sent ahead', in: ['GET /a HTTP/1.1\n\n', 'GET /b HTTP/1.1\n\n'] },
    { name: 'chunks', in: ['POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n3\nabc\n2;x=y\nde\n0\n\n'] },
    {
      name: 'chunks with a trailer, then another',
      in: ['POST / HTTP/1.1\nTransfer-Encoding: gzip, Chunked\n\n3\nabc\n0\nX-A: b\n\n', 'GET / HTTP/1.1\n\n'],
    },
    {
      name: 'answers without a body',
      in: ['HTTP/1.1 100 Continue\n\n', 'HTTP/1.1 204 No\nContent-Length: 9\n\n', 'HTTP/1.1 304 No\n\n'],
    },
    { name: 'a body that ends with the connection', in: ['HTTP/1.0 200 OK\nA: b\n\nabcdef'] },
    {
      name: 'the answer to HEAD announces what does not come',
      in: ['HTTP/1.1 200 OK\nContent-Length: 500\n\n', 'HTTP/1.1 404 No\nContent-Length: 0\n\n'],
      whole: true,
    },
    { name: 'a header section that is cut', in: ['GET / HTTP/1.1\nHost: a'] },
  ];
  test.each(cases)('$name', ({ in: messages, whole }) => {
    const stream = wire(messages.join(''));
    const out = messages.map((m) => wire(m).length);
    for (const step of whole === true ? [stream.length] : [1, 2, 7, 64, stream.length]) {
      expect(frames(http, stream, step)).toEqual(out);
    }
  });

  test('without its last chunk a message is longer than what is there', () => {
    const stream = wire('POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n3\nabc\n');
    expect(frames(http, stream, stream.length)).toEqual([-stream.length]);
    expect(frameHttp(stream, 0, stream.length, true)).toBeGreaterThan(stream.length);
  });

  test('lines that end with LF only, and empty lines in front', () => {
    const stream = latin1('\nPOST / HTTP/1.1\nContent-Length: 1\n\na\r\nGET / HTTP/1.1\n\n');
    expect(frames(http, stream, stream.length)).toEqual([1, 36, 2, 16]);
  });

  test('what is no HTTP, and what is too large', () => {
    const at = (text: string, last = false): number => frameHttp(wire(text), 0, wire(text).length, last);
    expect(at('hello')).toBe(NOT_OURS);
    expect(at('GET /a b\n\n')).toBe(NOT_OURS);
    expect(at('GE')).toBe(NEED_MORE);
    expect(at('HTTP/1.1 200 OK\nContent-Length: 12x\n\n')).toBe(NOT_OURS);
    expect(at('HTTP/1.1 200 OK\nContent-Length: 99999999999\n\n')).toBe(NOT_OURS);
    expect(at('HTTP/1.1 200 OK\nContent-Length: 9999999\n\n')).toBeGreaterThan(MAX_MESSAGE);
    expect(at(`GET / HTTP/1.1\nA: ${'a'.repeat(20_000)}`)).toBe(NOT_OURS);
    expect(at('POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nfffffffff\n')).toBeLessThan(60);
  });

  test('chunks of one octet end in bounded time', () => {
    const stream = wire(`POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n${'1\na\n'.repeat(5000)}`);
    const begin = performance.now();
    expect(frameHttp(stream, 0, stream.length, false)).toBeGreaterThan(MAX_MESSAGE);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});

describe('which HTTP connections are claimed', () => {
  const xml = '\n\n<?xml version="1.0"?><!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 1.0//EN" "x"><pap>';
  const yes: Record<string, string> = {
    'a sendsms request': 'GET /cgi-bin/sendsms?to=1&text=a HTTP/1.1\nHost: a\n\n',
    'sendota of any path and case': 'GET /SendOTA?to=1 HTTP/1.0\n\n',
    'its first segment only': 'GET /cgi-bin/sendota?username=ota&text=%3C%3Fxml',
    'a header as a parameter': 'GET /http/sendmsg?api_id=1&UDH=0605040B8423F0&data=01 HTTP/1.1\n\n',
    'sendsms by POST': 'POST /cgi-bin/sendsms HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n',
    'a document posted': 'POST / HTTP/1.1\ncontent-type:application/vnd.wap.connectivity-wbxml; sec=1\n\n',
    'a service indication posted': 'POST / HTTP/1.1\nContent-Type: text/vnd.wap.si\n\n',
    'a push by its headers':
      'POST / HTTP/1.1\nX-WAP-Application-Id: 4\nContent-Type: application/vnd.wap.mms-message\n\n',
    'a terminal that is asked for its capabilities': 'OPTIONS * HTTP/1.1\nHost: a\nX-Wap-Push-OTA-Version: 1.0\n\n',
    'a PAP push': 'POST /p HTTP/1.1\nContent-Type: multipart/related; boundary=b; type="application/xml"\n\n',
    'a notification with its body': `POST /x HTTP/1.1\nContent-Type: application/xml${xml}`,
    'a notification whose body comes later': 'POST /pap/notify HTTP/1.1\nContent-Type: text/xml\n\n',
    'a document downloaded': 'HTTP/1.1 200 OK\nServer: a\nContent-Type: text/vnd.wap.connectivity-xml\n\n<',
    'browser settings of old': 'HTTP/1.0 200 OK\nContent-Type: application/x-wap-prov.browser-settings\n\n',
  };
  const no: Record<string, string> = {
    'a page': 'GET /index.html?q=udh HTTP/1.1\nHost: a\nX-Wap-Profile: http://a/b.xml\n\n',
    'its answer': 'HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>',
    'a phone that browses': 'POST /f HTTP/1.1\nX-Wap-Profile: "http://a/b"\nContent-Type: text/plain\n\n',
    'multimedia messages': 'POST /mms HTTP/1.1\nContent-Type: application/vnd.wap.mms-message\n\n',
    'other XML': 'POST /soap HTTP/1.1\nContent-Type: text/xml\n\n<?xml version="1.0"?><soap:Envelope>',
    'other XML whose body comes later': 'POST /api/v1 HTTP/1.1\nContent-Type: application/xml\n\n',
    'multimedia messages between operators': 'POST / HTTP/1.1\nContent-Type: multipart/related; type="text/xml"\n\n',
    'a path that only sounds like it': 'GET /sendsms-prices HTTP/1.1\n\n',
    'a part of a body': 'Hello',
    octets: '<hex 00 01 02>',
    nothing: '',
  };
  test.each(Object.entries(yes))('%s', (_, text) => {
    const b = wire(text);
    expect(looksLikeHttp(b, 0, b.length)).toBe(true);
  });
  test.each(Object.entries(no))('not %s', (_, text) => {
    const b = wire(text);
    expect(looksLikeHttp(b, 0, b.length)).toBe(false);
  });
  test('in a connection that is followed any message may follow', () => {
    for (const text of ['GET / HTTP/1.1\n', 'HTTP/1.1 200 OK\n', 'POST /x']) {
      expect(resumesHttp(wire(text), 0, wire(text).length)).toBe(true);
    }
    expect(resumesHttp(wire('Hello, GET / '), 0, 13)).toBe(false);
  });
  test('octets behind the window are not looked at', () => {
    const b = wire('POST /sendsms?udh= HTTP/1.1\nX-Wap-Push-Info: a\n\n');
    for (let end = 0; end < b.length; end += 1) {
      const alone = b.slice(0, end);
      expect(looksLikeHttp(b, 0, end)).toBe(looksLikeHttp(alone, 0, end));
      expect(frameHttp(b, 0, end, false)).toBe(frameHttp(alone, 0, end, false));
    }
  });
});

describe('HTTP/2', () => {
  const preface = wire('PRI * HTTP/2.0\n\nSM\n\n');
  test('is claimed by its preface, and all of it is taken', () => {
    expect(http2.looksLike(preface, 0, preface.length)).toBe(true);
    expect(http2.looksLike(wire('PRIMES are'), 0, 10)).toBe(false);
    const stream = Uint8Array.from([...preface, 0, 0, 0, 4, 0, 0, 0, 0, 0]);
    expect(frames(http2, stream, stream.length)).toEqual([24, 9]);
    expect(frames(http2, stream, 5).reduce((a, b) => a + b)).toBe(stream.length);
  });
});

describe('SIP messages', () => {
  const cases: readonly { name: string; in: string; out: readonly number[] }[] = [
    { name: 'a request', in: 'MESSAGE sip:a@b SIP/2.0\nContent-Length: 2\n\nab', out: [48] },
    { name: 'the compact form', in: 'MESSAGE tel:+49170 SIP/2.0\nl : 2\n\nab', out: [39] },
    { name: 'an answer and a request', in: 'SIP/2.0 200 OK\nl:0\n\nBYE sips:a SIP/2.0\nl:0\n\n', out: [23, 27] },
    { name: 'keep-alives between', in: '\n\nOPTIONS sip:a SIP/2.0\nl:0\n\n\n', out: [4, 30, 2] },
    { name: 'without a length there is no body', in: 'ACK sip:a SIP/2.0\nX: y\n\n', out: [27] },
  ];
  test.each(cases)('$name', ({ in: text, out }) => {
    const stream = wire(text);
    expect(out.reduce((a, b) => a + b, 0)).toBe(stream.length);
    expect(frames(sipOverTcp, stream, stream.length)).toEqual(out);
    // Keep-alives that come in pieces are as many pieces.
    for (const step of [1, 3, 16]) {
      expect(frames(sipOverTcp, stream, step).filter((n) => n > 4)).toEqual(out.filter((n) => n > 4));
    }
  });
  test('what is no SIP', () => {
    for (const text of ['OPTIONS rtsp://a RTSP/1.0\n\n', 'MESSAGE hello', 'SIP/2.0 abc\n\n', 'NOTIFY * HTTP/1.1\n\n']) {
      expect(looksLikeSip(wire(text), 0, wire(text).length)).toBe(false);
    }
    const other = wire('INVITE sip:a@b SIP/3.0\nl: 0\n\n');
    expect(looksLikeSip(other, 0, other.length)).toBe(false);
    expect(frameSip(other, 0, other.length, false)).toBe(NOT_OURS);
  });
  test('a request and an answer are claimed, wherever the segment ends', () => {
    for (const text of [
      'MESSAGE sip:491703000001@ims.example SIP/2.0\n',
      'REGISTER sip:ims.ex',
      'SIP/2.0 202 Accepted\n',
    ]) {
      expect(looksLikeSip(wire(text), 0, wire(text).length)).toBe(true);
    }
  });
});
