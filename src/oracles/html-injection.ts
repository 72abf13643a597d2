import { isHtml, isJsonObject, type Json, type Oracle, type Sink, type Trial } from '../model/index.js'
import { answerIn, answerSink, beginningOf } from './answer-text.js'
import { leavesHtmlContext } from './lexers/html.js'
import { effectsOf, excerpt, guilty, regionsIn, sinkOf } from './region.js'

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
    for (const { html, sink, anchor, severity } of pages(trial)) {
      const region = regionsIn(html, injection.head, injection.tail).find((found) => leavesHtmlContext(html, found))
      if (region === undefined) continue
      yield {
        rule: 'html-injection',
        canary: guilty(trial),
        sink,
        anchor,
        evidence: `${sink.api} holds: ${excerpt(html, region)}`,
        severity,
        severityReason: severity === 'medium' ? 'a browser runs it on this site' : 'a mail client shows it as ours',
      }
    }
  },
}

interface Page {
  readonly html: string
  readonly sink: Sink
  readonly anchor: string
  readonly severity: 'medium' | 'low'
}

function* pages(trial: Trial): Generator<Page> {
  const answer = answerIn(trial)
  if (answer !== undefined && isHtml(answer)) {
    const anchor = `html:${answer.status}:${beginningOf(answer.body)}`
    yield { html: answer.body, sink: answerSink('body (text/html)'), anchor, severity: 'medium' }
  }
  for (const effect of effectsOf(trial, 'aws')) {
    const html = effect.service === 'ses' ? mailHtml(effect.params) : undefined
    if (html !== undefined) yield { html, sink: sinkOf(effect), anchor: `html:${effect.api}`, severity: 'low' }
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
