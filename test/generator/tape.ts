// Frames in capture time, as the product writes them.

export { type Frame, type Side, Tape, TcpLink, udpFrame } from '../../analysis/encode/tape.ts';
