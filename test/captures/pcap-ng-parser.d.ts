// The package has no types; this is what the comparison uses.

declare module 'pcap-ng-parser' {
  import { Transform } from 'node:stream';

  export default class PCAPNGParser extends Transform {}
}
