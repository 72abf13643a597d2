// Size and signature of one chunk
const LONGEST_HEAD = 1024

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

/** Reads an `aws-chunked` body as it comes in and gives `take` the payload; keeps no more than one head of a chunk. */
export function unchunker(take: (payload: Buffer) => void): (raw: Buffer) => void {
  let head = ''
  let left = 0
  let ended = false
  return (raw) => {
    for (let at = 0; at < raw.length && !ended; ) {
      if (left > 0) {
        const part = raw.subarray(at, at + left)
        take(part)
        left -= part.length
        at += part.length
        continue
      }
      head += String.fromCharCode(raw[at++]!)
      // The line end after a chunk comes before the head of the next one.
      if (head === '\r\n') head = ''
      else if (head.endsWith('\r\n')) {
        const size = Number.parseInt(head.slice(0, 16), 16)
        ended = !(size > 0)
        left = ended ? 0 : size
        head = ''
      } else if (head.length > LONGEST_HEAD) ended = true
    }
  }
}
