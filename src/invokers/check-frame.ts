import { Ajv2020 } from 'ajv/dist/2020.js'
import { type HostFrame, readPackageJson } from '../model/index.js'

const ajv = new Ajv2020({ strict: false, ownProperties: true })
const valid = ajv.compile<HostFrame>(readPackageJson('schemas/frame.schema.json'))

/** A frame that came out of the target's process, or undefined when it is none of ours. */
export const checkFrame = (frame: unknown): HostFrame | undefined => (valid(frame) ? frame : undefined)
