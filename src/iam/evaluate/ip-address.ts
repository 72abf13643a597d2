import { BlockList, isIP } from 'node:net'

/** True when the address lies in the range (`203.0.113.0/24`, `2001:db8::/32`; without a prefix one address). False for what is neither. */
export function inAddressRange(range: string, address: string): boolean {
  const [network = '', prefix] = range.trim().split('/')
  const family = isIP(network)
  if (family === 0 || isIP(address) !== family) return false
  const most = family === 4 ? 32 : 128
  const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  if (!(bits <= most)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, bits, kind)
  return list.check(address, kind)
}
