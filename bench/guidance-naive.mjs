// What people write by hand: random events that fit the schema, straight into the handler. Prints how many reach the sink with event data.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { sourceOf } from '../dist/events/index.js'
import { sampleWires } from '../dist/generate/index.js'

const [, , file, seed, runs] = process.argv
let reached = 0
childProcess.execSync = (command) => {
  if (!/^echo (?:undefined|null)?$/.test(command)) reached++
  return ''
}
syncBuiltinESMExports()
fc.configureGlobal({ seed: Number(seed) })
const { handler } = await import(pathToFileURL(file).href)
const source = sourceOf('apigw-v2')
for (const wire of sampleWires(source, {}, Number(seed), Number(runs)))
  await Promise.resolve(handler(source.toEvent(wire, {}))).catch(() => undefined)
console.log(reached)
