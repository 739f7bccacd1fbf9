// What the system says when it refuses, in words.

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is full",
  EFBIG: 'it would be larger than a file may be here',
  EIO: 'the device failed',
  ESTALE: 'the network share has gone',
  ENOTCONN: 'the network share has gone',
  ETIMEDOUT: 'the network share does not answer',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  EISDIR: 'it is a folder',
  EBUSY: 'another program holds it',
  ETXTBSY: 'another program holds it',
  EMFILE: 'too many files are open already',
  ENFILE: 'too many files are open already',
  ENAMETOOLONG: 'its name is longer than a file name can be',
};

/** Why something could not be done, without a full stop; the system's own word where there is none of ours. */
export function reasonOf(e: unknown): string {
  const code = (e as { readonly code?: unknown } | null)?.code;
  if (typeof code === 'string') return WORDS[code] ?? `the system says ${code}`;
  return e instanceof Error ? e.message.replace(/\.$/, '') : 'the system gives no reason';
}
