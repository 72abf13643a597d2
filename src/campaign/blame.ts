import {
  type Case,
  type CaseMaker,
  type Control,
  type Draft,
  escapeToken,
  isJsonObject,
  type Json,
  tokensOf,
} from '../model/index.js'
import { differing } from './differing.js'
import type { Runner } from './runner.js'

const MOST = 12
const WEIGHT: Readonly<Record<Control, number>> = { attacker: 0, producer: 1, service: 2, owner: 3 }

/**
 * Event pointers of the fields that a finding without a marker hangs on: each difference to the honest event is taken back alone,
 * and it is to blame when the rule is silent then. Fields that a sender controls come first, and alone when there are any.
 */
export async function blame(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  honest: Draft,
  fires: (draft: Draft) => Promise<boolean>,
): Promise<readonly string[]> {
  const whole = (pointer: string) => wholeOf(pointer.split('#')[0]!, draft.wire, honest.wire)
  const places = [...new Set(differing(draft.wire, honest.wire).map(whole))]
  const points = [...maker.points(honest), ...maker.points(draft)]
  // What is taken back whole is its sender's who controls any of it.
  const weight = (pointer: string) => {
    const within = points.filter(({ wire }) => wire === pointer || wire.startsWith(`${pointer}/`))
    return within.length === 0 ? WEIGHT.service : Math.min(...within.map(({ control }) => WEIGHT[control]))
  }
  const blamed: { weight: number; pointers: readonly string[] }[] = []
  const sent = () => blamed.filter((one) => one.weight < WEIGHT.service)
  for (const place of places.sort((a, b) => weight(a) - weight(b)).slice(0, MOST)) {
    // What the service fills in counts only where nothing of the sender's does.
    if (runner.stopped || (weight(place) >= WEIGHT.service && sent().length > 0)) break
    const restored = maker.restore(draft, honest, place)
    const pointers = changed(maker, draft, restored, tokensOf(place).at(-1) ?? '')
    if (pointers.length > 0 && !(await fires(restored))) blamed.push({ weight: weight(place), pointers })
  }
  return [...new Set((sent().length > 0 ? sent() : blamed).flatMap(({ pointers }) => pointers))]
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Event pointers of what minimising could not leave out and the sender chooses freely. */
export function freeFields(maker: CaseMaker, made: Case): readonly string[] {
  const needed = new Set(maker.removable(made.draft))
  return made.canaries
    .filter(({ point }) => needed.has(point.wire))
    .flatMap(({ canary }) => maker.pointers(made, canary).slice(0, 1))
}

/** A body of another kind (text, JSON, form) is taken back whole: half of it would be no wire input. */
function wholeOf(pointer: string, a: Json | undefined, b: Json | undefined): string {
  let at = ''
  for (const token of tokensOf(pointer)) {
    if (isJsonObject(a) && isJsonObject(b) && a['kind'] !== b['kind']) return at
    at += `/${escapeToken(token)}`
    a = child(a, token)
    b = child(b, token)
  }
  return at
}

function child(value: Json | undefined, token: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(token)]
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
}

/** Where two drafts differ in the event, the field itself before what is derived from it; nothing when one cannot be delivered. */
function changed(maker: CaseMaker, a: Draft, b: Draft, field: string): readonly string[] {
  const [one, other] = [a, b].map((draft) => maker.render(draft, 1)?.steps.at(-1)?.text)
  if (one === undefined || other === undefined) return []
  const all = differing(JSON.parse(one) as Json, JSON.parse(other) as Json)
  const rank = (pointer: string) =>
    /^\/(?:raw|multiValue|requestContext)/.test(pointer)
      ? 2
      : pointer.split(/[/#]/).some((name) => plain(name) === plain(field))
        ? 0
        : 1
  return all.sort((x, y) => rank(x) - rank(y)).slice(0, 3)
}
