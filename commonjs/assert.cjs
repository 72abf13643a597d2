/**
 * `require('eventfuzz/assert')`: what runs test files as CommonJS (jest without flags) cannot load the rest of eventfuzz, which is ESM.
 * The work is done in a process of its own, as it would be for the function anyhow.
 */
const { AssertionError } = require('node:assert')
const { spawn } = require('node:child_process')
const path = require('node:path')

const CHILD = path.join(__dirname, '..', 'dist', 'assert-child.js')

exports.fuzzHandler = function fuzzHandler(handler, options) {
  return inChild('fuzzHandler', fuzzHandler, handler, options)
}

exports.assertFixed = function assertFixed(caseFile) {
  return inChild('assertFixed', assertFixed, caseFile)
}

async function inChild(name, stackStartFn, file, options) {
  // Once the other process has answered, nothing knows any more who called.
  const called = {}
  Error.captureStackTrace(called, stackStartFn)
  // A URL of another realm is no instance of ours.
  const named = typeof file?.href === 'string' ? { href: file.href } : file
  const failed = await run(JSON.stringify({ name, file: named ?? null, options }))
  if (failed === undefined) return
  const { message, findings } = failed
  if (failed.name !== 'AssertionError') throw Object.assign(new Error(message), { name: failed.name })
  const error = new AssertionError({ message })
  const frames = called.stack.split('\n').slice(1)
  throw Object.assign(error, { findings, stack: [`${error.name} [${error.code}]: ${message}`, ...frames].join('\n') })
}

/** The error that the call ended with; undefined when there was none. */
function run(call) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] })
    let told
    child.on('message', (message) => {
      told = message
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (told === undefined) reject(new Error(`eventfuzz ended with ${code} and did not say what it found`))
      else resolve(told.failed)
    })
    child.stdin.on('error', () => {}) // It has ended: `close` says so.
    child.stdin.end(call)
  })
}
