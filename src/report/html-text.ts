import { type VisibleOptions, visible } from './visible.js'

/** Text that is markup already. Only `html` makes one, so data cannot become markup by being forgotten. */
export class Html {
  readonly #markup: string
  private constructor(markup: string) {
    this.#markup = markup
  }

  static trusted(markup: string): Html {
    return new Html(markup)
  }

  toString(): string {
    return this.#markup
  }
}

/** What may stand in a `html` template: data, which is escaped, or markup made by another template. */
export type Slot = string | number | Html | readonly Slot[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** More of one text than this is no longer read on a page; report.json has all of it. */
export const MOST_TEXT = 20_000

/** Data as HTML text or as a double-quoted attribute: no markup, nothing unseen. */
export const escapeHtml = (text: string, options?: VisibleOptions): string =>
  visible(text, options).replace(/[&<>"'`]/g, (sign) => ENTITIES[sign] ?? '')

/** A template whose every slot is escaped, unless it is Html. */
export const html = (parts: TemplateStringsArray, ...slots: readonly Slot[]): Html =>
  Html.trusted(parts.map((part, i) => part + (i < slots.length ? markupOf(slots[i] as Slot) : '')).join(''))

/** No markup at all, for the else of a condition. */
export const NOTHING = html``

function markupOf(slot: Slot): string {
  if (slot instanceof Html) return slot.toString()
  if (typeof slot === 'object') return slot.map(markupOf).join('')
  return escapeHtml(String(slot), { max: MOST_TEXT })
}
