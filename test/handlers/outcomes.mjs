/** One handler that ends in every way there is, chosen by the text of the body. */
import fs from 'node:fs'

const frame = (value) => {
  const body = Buffer.from(JSON.stringify(value))
  const whole = Buffer.alloc(body.length + 4)
  whole.writeUInt32BE(body.length)
  body.copy(whole, 4)
  return whole
}

const ways = {
  returns: () => ({ statusCode: 200, body: 'ok' }),
  nothing: () => undefined,
  throws: () => {
    throw new TypeError('on purpose')
  },
  throwsText: () => {
    throw 'a text'
  },
  throwsHostile: () => {
    throw new Proxy(
      {},
      {
        get: () => {
          throw new Error('even this')
        },
      },
    )
  },
  circular: () => {
    const value = {}
    value.self = value
    return value
  },
  bigint: () => ({ n: 1n }),
  spins: () => {
    for (;;);
  },
  waits: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  neverSettles: () => new Promise(() => undefined),
  exits: () => process.exit(7),
  aborts: () => process.abort(),
  uncaught: () =>
    new Promise(() =>
      setTimeout(() => {
        throw new RangeError('in a timer')
      }, 1),
    ),
  rejection: () => {
    Promise.reject(new RangeError('nobody listens'))
    return new Promise((resolve) => setTimeout(resolve, 20, 'late'))
  },
  floats: () => {
    Promise.reject(new RangeError('nobody listens, and the answer is out'))
    return { statusCode: 200, body: 'ok' }
  },
  failsLater: () => {
    setTimeout(() => {
      throw new RangeError('left running')
    }, 15)
    return { statusCode: 200, body: 'ok' }
  },
  rejectsLater: () => {
    new Promise((resolve) => setTimeout(resolve, 15)).then(() => {
      throw new RangeError('left running')
    })
    return { statusCode: 200, body: 'ok' }
  },
  takesTime: () => new Promise((resolve) => setTimeout(resolve, 40, { statusCode: 200, body: 'ok' })),
  fillsTmp: () => {
    const chunk = Buffer.alloc(32 * 1024 * 1024)
    let written = 0
    try {
      for (; written < 2 ** 30; written += chunk.length) fs.appendFileSync('/tmp/filler', chunk)
    } catch (error) {
      return { statusCode: 507, body: error.code }
    } finally {
      fs.truncateSync('/tmp/filler')
    }
    return { statusCode: 200, body: String(written) }
  },
  exitsAfterwards: () => {
    setImmediate(() => process.exit(3))
    return { statusCode: 200, body: 'ok' }
  },
  throwsUntyped: () => {
    throw new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('not even this')
        },
      },
    )
  },
  forges: () => {
    fs.writeSync(4, frame({ t: 'idle' }))
    return { statusCode: 200, body: 'ok' }
  },
  forgesDone: () => {
    const done = {
      t: 'done',
      n: 999,
      outcome: { kind: 'returned', text: '"forged"' },
      cpuUs: 1,
      rss: 1,
      log: '',
      reads: [],
      missing: [],
    }
    fs.writeSync(4, frame(done))
    return { statusCode: 200, body: 'ok' }
  },
  garbles: () => {
    fs.writeSync(4, Buffer.from([0, 0, 0, 2, 0x7b, 0x7b]))
    return { statusCode: 200, body: 'ok' }
  },
  floods: () => {
    for (let i = 0; i < 64; i++) console.log('x'.repeat(1024 * 1024))
    return new Promise((resolve) => setTimeout(resolve, 5_000))
  },
  heap: () => {
    const kept = []
    for (;;) kept.push(new Array(1_000_000).fill(kept.length))
  },
  buffers: async () => {
    const kept = []
    for (;;) {
      kept.push(Buffer.alloc(32 * 1024 * 1024, 1))
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  },
  pollutes: () => {
    Object.prototype.efaaaaaaaaaaz = 1
    return 'polluted'
  },
  isClean: () => ({ clean: {}.efaaaaaaaaaaz === undefined }),
  tampers: () => {
    JSON.parse = () => 'mine'
    JSON.stringify = () => '"mine"'
    globalThis.setTimeout = () => undefined
    RegExp.prototype.test = () => false
    Error.prepareStackTrace = () => 'mine'
    return 'tampered'
  },
}

export const handler = async (event) => ways[event.way](event)
export const callback = (event, _context, done) => setImmediate(() => done(null, { got: event.way }))
export const plain = () => 'ignored'
export const succeed = (_event, context) => context.succeed({ by: 'context' })
