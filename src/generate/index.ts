export { caseMaker } from './case-maker.js'
export { compile } from './compile.js'
export { removeAt, setAt, withProperty } from './edit.js'
export { findPointers } from './find-pointers.js'
export { inconsistent } from './inconsistent.js'
export {
  ALGORITHMS,
  learnMac,
  learnToken,
  NOW,
  type SignedPart,
  type TextPath,
  textsOf,
} from './keyring.js'
export { malformed } from './malformed.js'
export { type Negative, negatives, type Site } from './negative.js'
export { withRoom } from './room.js'
export { sampleWires } from './samples.js'
export { skeletonOf } from './skeleton.js'
export { honestWires, withStrategies } from './tailored.js'
export { usualText } from './usual-texts.js'
export { type Violation, violationsOf } from './violations.js'
export { wireSchemaOf } from './wire-schema.js'
