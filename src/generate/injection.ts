import { type Draft, getAt, type Injection } from '../model/index.js'
import { type Markers, markerOf, renderTokens } from './render.js'

/** The markers of a payload that stands at a numbered site, and the payload between them. */
export function injectionOf({ wire, placed }: Draft, markers: Markers, site: number): Injection | null {
  if (placed === null || site === -1) return null
  const { family, payload, point } = placed
  const [head, tail] = [markerOf(markers, site, 'canary'), markerOf(markers, site, 'tail')]
  const leaf = renderTokens(getAt(wire, point.wire) ?? null, markers, site)
  const [from, to] = typeof leaf === 'string' ? [leaf.indexOf(head), leaf.indexOf(tail)] : [-1, -1]
  const text = typeof leaf === 'string' && from !== -1 && to > from ? leaf.slice(from + head.length, to) : undefined
  const joined = markerOf(markers, site, 'canary.a') + markerOf(markers, site, 'canary.b')
  return { family, payload, point, head, tail, joined, ...(text !== undefined && { text }) }
}
