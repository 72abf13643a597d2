import { existsSync, readFileSync } from 'node:fs'
import type { OtherFormat } from '../campaign/formats.js'
import { inOtherFormat, otherFormats } from '../events/in-other-format.js'
import { sourceOf } from '../events/index.js'
import { caseMaker } from '../generate/index.js'
import type { SourceId, Target } from '../model/index.js'

/** Other formats in which the same requests reach a target. `code`: path of what runs. */
export function formatsOf(source: SourceId, tag: number, target: Target, code: string): readonly OtherFormat[] {
  const text = existsSync(code) ? readFileSync(code, 'utf8') : ''
  return otherFormats(source, target, text).map(({ source: other, isTrigger }) => {
    const trigger = target.triggers[other] ?? {}
    return {
      isTrigger,
      maker: caseMaker(sourceOf(other, trigger), trigger, tag),
      to: (wire) => inOtherFormat(wire, other, trigger.routes),
      from: (wire) => inOtherFormat(wire, source, target.triggers[source]?.routes),
    }
  })
}
