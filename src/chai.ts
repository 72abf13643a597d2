/** For chai: `chai.use(eventfuzz)`, then `await expect('src/orders.mjs').to.survive('sqs')`. */
import { AssertionError } from 'node:assert'
import { type FuzzHandlerOptions, fuzzHandler } from './assert.js'

declare global {
  // The name that @types/chai gives its types.
  namespace Chai {
    interface Assertion {
      /**
       * Fuzzes the handler file (or `file#export`) with events of a source such as 'sqs'. Await it: it rejects with each finding, its
       * minimal event and its replay line; negated, where nothing was found.
       */
      survive(event: string | readonly string[], options?: Omit<FuzzHandlerOptions, 'event'>): Promise<void>
    }
  }
}

/** What of chai is used: any version has it. */
interface ChaiStatic {
  readonly Assertion: { addMethod(name: string, method: (this: object, ...args: never[]) => unknown): void }
}
interface ChaiUtils {
  flag(assertion: object, name: string): unknown
}

/** The plug-in. */
export function eventfuzz({ Assertion }: ChaiStatic, { flag }: ChaiUtils): void {
  Assertion.addMethod(
    'survive',
    function survive(event: string | readonly string[], options: Omit<FuzzHandlerOptions, 'event'> = {}) {
      const handler = flag(this, 'object') as string | URL
      return flag(this, 'negate') === true ? mustFall(handler, event, options) : fuzzHandler(handler, { ...options, event })
    },
  )
}

async function mustFall(handler: string | URL, event: string | readonly string[], options: object): Promise<void> {
  const fallen = await fuzzHandler(handler, { ...options, event }).then(
    () => false,
    (error: unknown) => {
      // A handler that could not be tested has not fallen.
      if (error instanceof AssertionError) return true
      throw error
    },
  )
  if (!fallen)
    throw new AssertionError({ message: `${String(handler)} survives ${[event].flat().join(', ')}`, stackStartFn: mustFall })
}
