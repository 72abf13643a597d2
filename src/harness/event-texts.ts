import { isNameOfEvent } from './event-view.js'
import { isPart } from './parts.js'

/** Planted numbers are all in one small range: see campaign/climb.ts. */
export const isPlanted = (value: unknown): boolean => typeof value === 'number' && value >= 700_000_000 && value < 700_010_000

export function hasCanary(value: unknown): value is string {
  if (typeof value !== 'string' || value.length < 13) return false
  for (let i = 0; i + 12 < value.length && i < 4_096; i++) {
    const [e, f, z] = [value.charCodeAt(i) | 32, value.charCodeAt(i + 1) | 32, value.charCodeAt(i + 12) | 32]
    if (e === 101 && f === 102 && z === 122) return true
  }
  return false
}

export const isName = (value: unknown): value is string => typeof value === 'string' && isNameOfEvent(value)

/** What is no free text of an event, and yet the sender's choice. */
const CHOICES = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '$default'])
const isChoice = CHOICES.has.bind(CHOICES)

export const isOurs = (value: unknown): value is string | number =>
  isPlanted(value) || hasCanary(value) || isChoice(value as string) || isPart(value)
