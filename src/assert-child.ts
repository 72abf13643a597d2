/** The process behind `require('eventfuzz/assert')`: does one call, which comes as JSON on the standard input, and tells what came of it. */
import { readFileSync } from 'node:fs'
import { assertFixed, type FuzzHandlerOptions, fuzzHandler } from './assert.js'

interface Call {
  readonly name: 'fuzzHandler' | 'assertFixed'
  readonly file: string | { readonly href: string } | null
  readonly options?: FuzzHandlerOptions
}

const { name, file, options } = JSON.parse(readFileSync(0, 'utf8')) as Call
// What is neither is refused by the call itself.
const target = typeof file === 'object' && file !== null ? new URL(file.href) : (file as string)
const call = name === 'fuzzHandler' ? fuzzHandler(target, options ?? { event: [] }) : assertFixed(target)
const told = await call.then(
  () => ({}),
  (error: Error & { findings?: unknown }) => ({
    failed: { name: error.name, message: error.message, findings: error.findings },
  }),
)
process.send?.(told, () => process.disconnect())
