// Copies of small buffers, several to an allocation.

/** Small: whoever keeps one copy keeps its neighbours too. */
const BLOCK = 4096;
const LARGE = 1024;

/** A function that copies octets to where nobody overwrites them. */
export function createStore(): (bytes: Uint8Array) => Uint8Array {
  let block = new Uint8Array(BLOCK);
  let used = 0;
  return (bytes) => {
    const n = bytes.length;
    if (n > LARGE) return bytes.slice();
    if (used + n > BLOCK) {
      block = new Uint8Array(BLOCK);
      used = 0;
    }
    block.set(bytes, used);
    used += n;
    return block.subarray(used - n, used);
  };
}
