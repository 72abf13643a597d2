import { type HostFrame, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'

const valid = ownSchema<HostFrame>(readPackageJson('schemas/frame.schema.json'))

/** A frame that came out of the target's process, or undefined when it is none of ours. */
export const checkFrame = (frame: unknown): HostFrame | undefined => (valid(frame) ? frame : undefined)
