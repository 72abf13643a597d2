import { escapeHtml, Html, html, MOST_TEXT, NOTHING } from '../html-text.js'
import { visible } from '../visible.js'

/** Text in a fixed-width box, with its line breaks. */
export const codeBlock = (text: string): Html =>
  html`<pre tabindex="0"><code>${Html.trusted(escapeHtml(text, { max: MOST_TEXT, lines: true }))}</code></pre>`

/** A command to copy. What is copied is what is seen: text with something unseen in it is not a command any more, and says so. */
export function commandBlock(command: string): Html {
  const shown = visible(command, { max: MOST_TEXT })
  const note = html`<p class="note">It holds characters that are not shown as they are: copying it does not give the same command.</p>`
  return html`<pre tabindex="0" class="command"><code>${shown}</code></pre>${shown === command ? NOTHING : note}`
}

/** Text cut to what its place can bear. */
export const limited = (text: string, max: number): Html => Html.trusted(escapeHtml(text, { max }))
