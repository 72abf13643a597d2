import { type Html, html, type Slot } from '../html-text.js'

/** A table that scrolls by itself on a narrow screen, and can be scrolled by keyboard. */
export const table = (label: string, head: readonly Slot[], rows: readonly Html[]): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
