import type { Finding } from '../../model/index.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { sinkLocation } from '../summary.js'
import { limited } from './code-block.js'

/** From the field that an attacker fills to the line that uses it. */
export function attackerPath(finding: Finding): Html {
  const { sources, surface, pointer, pointers, sink } = finding
  const others = pointers.filter((other) => other !== pointer)
  const fields = [
    pointer === '' ? html`no single field` : html`<code>${limited(pointer, 500)}</code>`,
    ...others.slice(0, 20).map((other) => html`<br><code>${limited(other, 500)}</code>`),
    others.length > 20 ? html`<br>and ${others.length - 20} more` : NOTHING,
  ]
  const at = sinkLocation(finding)
  const way = surface === 'delivered' ? 'delivered by the service' : 'only by whoever may invoke the function directly'
  return html`<ol class="path"><li><small>Comes in through</small>${sources.join(', ')} <small>${way}</small></li>
<li><small>In the field</small>${fields}</li>
<li><small>Reaches</small>${sink === null ? 'nothing of its own: seen from outside' : html`<code>${sink.api}</code>`}</li>
${at === '' ? NOTHING : html`<li><small>At the line</small><code class="at">${at}</code></li>`}</ol>${code(finding)}`
}

/** The lines around the sink, the one that uses the field marked. */
function code({ excerpt, sink }: Finding): Html {
  if (excerpt === undefined || sink?.location == null) return NOTHING
  const at = sink.location.line
  const width = String(excerpt.line + excerpt.lines.length).length
  const lines = excerpt.lines.slice(0, 20).map((text, i) => {
    const number = String(excerpt.line + i).padStart(width)
    const line = html`<span class="no">${number}</span> ${limited(text, 300)}`
    return excerpt.line + i === at ? html`<mark>${line}</mark>` : html`<span>${line}</span>`
  })
  return html`<pre tabindex="0" class="diff source"><code>${lines}</code></pre>`
}
