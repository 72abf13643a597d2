import type { Confidence, Finding, Proof } from '../../model/index.js'
import { eventDiff } from '../event-diff.js'
import { type Html, html, NOTHING } from '../html-text.js'
import { placesText } from '../live-facts.js'
import { suppressionText } from '../open-findings.js'
import { counted } from '../summary.js'
import { severityBadge, severityClass } from './badge.js'
import { owaspName } from './classes.js'
import { codeBlock, commandBlock, limited } from './code-block.js'
import { diffBlock } from './diff.js'
import { attackerPath } from './excerpt.js'

/** What had to be shown before the verdict became a finding. */
export const PROOFS: ReadonlyMap<Proof, string> = new Map([
  ['injection', 'A second payload, made to fire, fired; a harmless value of the same shape in the same place stayed silent.'],
  ['contract', 'The same rule was broken by every valid event that was tried, without any attack.'],
  ['robustness', 'The minimal event has this effect every time in a fresh process; the valid event it was made from has not.'],
  ['growth', 'Processor time was measured over at least four sizes, twice, and grows faster than the input.'],
  ['state', 'The events have this effect in this order in one process; swapped, or each in a fresh process, they have not.'],
])

/** What is missing below `confirmed`. */
export const DOUBTS: ReadonlyMap<Confidence, string> = new Map([
  ['firm', 'Not every control of the full proof could be run.'],
  ['tentative', 'It may rest on an answer that was made up: look at it before acting on it.'],
])

/** One finding, complete in itself. */
export function findingArticle(finding: Finding, anchor: string): Html {
  const { title, severity, target, rule, remediation, evidence } = finding
  return html`<article class="finding ${severityClass(severity)}" id="${anchor}" data-severity="${severity}" data-target="${target}" tabindex="-1">
<header><p class="tags">${severityBadge(severity)}<span class="tag">${finding.confidence}</span>${statusTag(finding)}<code>${rule}</code></p>
<h3>${limited(title, 300)}&nbsp;<a class="anchor" href="#${anchor}" aria-label="Link to this finding">#</a></h3></header>
${facts(finding)}
<h4>Evidence</h4>${codeBlock(evidence)}
${proofPart(finding)}
<h4>${finding.minimal ? 'Minimal event' : 'Event (not minimal: the budget for it ran out)'}</h4>${eventPart(finding)}
${recipePart(finding)}
<h4>Replay</h4>${commandBlock(finding.replay)}
<h4>How to fix it</h4><p class="fix">${remediation}</p>
${references(finding)}
</article>`
}

function proofPart({ confidence, proof, reproduced }: Finding): Html {
  const shown = PROOFS.get(proof) ?? proof
  const times = `Reproduced ${reproduced.k} of ${reproduced.n} times.`
  if (confidence === 'confirmed') return html`<p class="proof"><strong>Why it is believed.</strong> ${shown} ${times}</p>`
  return html`<p class="proof"><strong>How far it is proven.</strong> ${times} ${DOUBTS.get(confidence) ?? ''} Full proof would be: ${shown}</p>`
}

function statusTag({ status, suppression }: Finding): Html {
  const accepted = suppression === null ? NOTHING : html`<span class="tag">${suppression.state}</span>`
  return html`${status === 'new' ? NOTHING : html`<span class="tag">${status}</span>`}${accepted}`
}

function facts(finding: Finding): Html {
  const { target, severityReason, suppression } = finding
  return html`<dl class="facts">
<dt>Function</dt><dd>${target}</dd>
${severityReason === '' ? NOTHING : html`<dt>Severity</dt><dd>${severityReason}</dd>`}
${placesText(finding) === '' ? NOTHING : html`<dt>Seen at</dt><dd>${limited(placesText(finding), 600)}</dd>\n`}${suppression === null ? NOTHING : html`<dt>Known</dt><dd>${suppressionText(finding)}</dd>`}
</dl>
<h4>Attacker path</h4>${attackerPath(finding)}`
}

function eventPart(finding: Finding): Html {
  const { event, case: made } = finding
  const diff = eventDiff(finding)
  const changed = diff?.some(({ kind }) => kind !== 'same') ?? false
  const raw = html`<details><summary>Raw text of the event (${counted(event.length, 'character')})</summary>${codeBlock(event)}</details>`
  const steps = made.steps.map(
    ({ text, warm }) => html`<li>${warm ? 'in the same process' : 'in a fresh process'}${codeBlock(text)}</li>`,
  )
  const sequence =
    steps.length < 2
      ? NOTHING
      : html`<details><summary>All ${steps.length} events of the sequence, in order</summary><ol>${steps.slice(0, 20)}</ol></details>`
  if (diff === undefined || !changed) return html`${codeBlock(event)}${sequence}`
  return html`<p class="note">Against the nearest valid event: <del>- valid</del> <ins>+ this event</ins></p>${diffBlock(diff)}${raw}${sequence}`
}

const recipePart = ({ recipe }: Finding): Html =>
  recipe.length === 0
    ? NOTHING
    : html`<h4>Deliver it through the service</h4>${recipe.slice(0, 20).map((command) => commandBlock(command))}`

function references({ cwe, owasp, fingerprint, stage }: Finding): Html {
  return html`<dl class="facts small">
<dt>CWE</dt><dd>${cwe.join(', ')}</dd>
<dt>OWASP Serverless</dt><dd>${owasp.map(owaspName).join(', ')}</dd>
<dt>Found at stage</dt><dd>${stage}</dd>
<dt>Fingerprint</dt><dd><code>${fingerprint}</code></dd>
</dl>`
}
