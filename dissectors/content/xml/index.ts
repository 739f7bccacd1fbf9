// XML text documents, in and out.

export { readXml } from './read.ts';
export { canonicalXml, type PrettyXml, prettyXml, toXml, type WriteOptions } from './write.ts';
