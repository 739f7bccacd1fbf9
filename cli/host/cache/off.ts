/** Set to anything but nothing: nothing is kept, and nothing kept is used. */
export const OFF = 'OTASCOPE_NO_CACHE';
