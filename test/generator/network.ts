// Hosts on a wire, as the product writes them.

export {
  type Endpoint,
  ethernet,
  FLAGS,
  ipPacket,
  TCP,
  tcpPacket,
  UDP,
  udpPacket,
} from '../../analysis/encode/network.ts';
