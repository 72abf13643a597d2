import type { Injection, Placed } from '../model/index.js'
import { type Markers, markerOf } from './render.js'

/** The markers of a payload that stands at a numbered site. */
export const injectionOf = ({ family, payload, point }: Placed, markers: Markers, site: number): Injection => ({
  family,
  payload,
  point,
  head: markerOf(markers, site, 'canary'),
  tail: markerOf(markers, site, 'tail'),
  joined: markerOf(markers, site, 'canary.a') + markerOf(markers, site, 'canary.b'),
})
