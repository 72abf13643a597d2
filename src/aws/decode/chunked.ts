/** The payload inside an `aws-chunked` body: `size;chunk-signature=..\r\n data \r\n ... 0\r\n trailers`. What is malformed ends it. */
export function decodeAwsChunked(body: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  while (at < body.length) {
    const end = body.indexOf('\r\n', at)
    if (end < 0) break
    const size = Number.parseInt(body.toString('latin1', at, Math.min(end, at + 16)), 16)
    if (!(size > 0)) break
    parts.push(body.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(parts)
}
