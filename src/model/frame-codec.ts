import { MAX_FRAME_BYTES } from './frames.js'

// Captured at load: the function under test may replace them.
const stringify = JSON.stringify
const parse = JSON.parse
const fromText = Buffer.from.bind(Buffer)
const allocate = Buffer.allocUnsafe.bind(Buffer)
const concat = Buffer.concat.bind(Buffer)

/** u32 big-endian length, then UTF-8 JSON. */
export function encodeFrame(frame: unknown): Buffer {
  const body = fromText(stringify(frame), 'utf8')
  if (body.length > MAX_FRAME_BYTES)
    throw new RangeError(`A frame of ${body.length} bytes is over the limit of ${MAX_FRAME_BYTES}`)
  const whole = allocate(body.length + 4)
  whole.writeUInt32BE(body.length, 0)
  body.copy(whole, 4)
  return whole
}

/** Cuts a byte stream into frames. A frame that is too long or no JSON is an Error: the stream cannot be trusted any more. */
export class FrameReader {
  #chunks: Buffer[] = []
  #size = 0

  #peek(length: number): Buffer {
    if (this.#chunks[0]!.length < length) this.#chunks = [concat(this.#chunks)]
    return this.#chunks[0]!
  }

  /** Frames that are whole by now. What comes before a broken one is given first. */
  *push(chunk: Buffer): Generator<unknown> {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    while (this.#size >= 4) {
      const head = this.#peek(4)
      const length = head.readUInt32BE(0)
      if (length > MAX_FRAME_BYTES) throw new RangeError(`A frame announces ${length} bytes`)
      if (this.#size < length + 4) break
      yield parse(this.#take(length + 4).toString('utf8', 4))
    }
  }

  #take(length: number): Buffer {
    const joined = this.#peek(length)
    const rest = joined.subarray(length)
    const others = this.#chunks.slice(1)
    this.#chunks = rest.length > 0 ? [rest, ...others] : others
    this.#size -= length
    return joined.subarray(0, length)
  }
}
