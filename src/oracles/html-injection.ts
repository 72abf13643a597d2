import { isHtml, isJsonObject, type Json, mailOf, type Oracle, type Sink, type Trial } from '../model/index.js'
import { answerIn, answerSink } from './answer-text.js'
import { leavesHtmlContext } from './lexers/html.js'
import { effectsOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'

/** Event data is markup or script in a page or a mail, not text. */
export const htmlInjection: Oracle = {
  id: 'html-injection',
  title: 'Event data becomes markup of a page',
  severity: 'medium',
  cwe: ['CWE-79'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['html', 'mail'],
  remediation:
    'Escape & < > " \' where the value enters the page (or use a template engine that does), and JSON.stringify plus \\u003c inside scripts.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const { html, sink, place, severity } of pages(trial)) {
      const region = regionsOf(html, injection).find((found) => leavesHtmlContext(html, found))
      if (region === undefined) continue
      yield {
        rule: 'html-injection',
        canary: guilty(trial),
        sink,
        anchor: `${place}:${elementAt(html, region.start)}`,
        evidence: `${sink.api} holds: ${excerpt(html, region)}`,
        severity,
        severityReason: severity === 'medium' ? 'a browser runs it on this site' : 'a mail client shows it as ours',
      }
    }
  },
}

/** `a href`: the element, and the attribute if it is in one, that the value stands in. It stays what it is when the page's texts change. */
function elementAt(html: string, at: number): string {
  const open = html.lastIndexOf('<', at)
  const [, name = ''] = /^<(\/?[a-z][\w-]{0,30})/i.exec(html.slice(Math.max(0, open), at)) ?? []
  const inside = html.slice(Math.max(0, open), at)
  const value = /\s([\w-]{1,30})\s*=\s*(?:"[^"]*|'[^']*|[^\s"'<>]*)$/
  const [, attribute = ''] = inside.includes('>') ? [] : (value.exec(inside) ?? [])
  return `${name} ${attribute}`.trim().toLowerCase()
}

interface Page {
  readonly html: string
  readonly sink: Sink
  /** Kind of page, and its status. */
  readonly place: string
  readonly severity: 'medium' | 'low'
}

function* pages(trial: Trial): Generator<Page> {
  const answer = answerIn(trial)
  if (answer !== undefined && isHtml(answer)) {
    yield { html: answer.body, sink: answerSink('body (text/html)'), place: `html:${answer.status}`, severity: 'medium' }
  }
  const mail = mailOf(trial.case.contract, trial.observations.at(-1)?.outcome)
  if (mail !== undefined) yield { html: mail, sink: answerSink('response.emailMessage'), place: 'html:mail', severity: 'low' }
  for (const effect of effectsOf(trial, 'aws')) {
    const html = effect.service === 'ses' ? mailHtml(effect.params) : undefined
    if (html !== undefined) yield { html, sink: sinkOf(effect), place: `html:${effect.api}`, severity: 'low' }
  }
}

/** SES: `Message.Body.Html.Data`, in version 2 `Content.Simple.Body.Html.Data`. */
function mailHtml(params: Json): string | undefined {
  for (const way of ['Message/Body/Html/Data', 'Content/Simple/Body/Html/Data']) {
    const text = way.split('/').reduce<Json>((value, key) => (isJsonObject(value) ? (value[key] ?? null) : null), params)
    if (typeof text === 'string') return text
  }
  return undefined
}
