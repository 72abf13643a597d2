import type { Oracle, Trial, Verdict } from '../model/index.js'
import { answerIn, answerSink } from './answer-text.js'
import { leavesJavaScriptToken } from './lexers/javascript.js'
import { anchorOf, effectsOf, excerpt, guilty, regionsIn, sinkOf } from './region.js'
import { awsTexts } from './statement-texts.js'
import { engineOf } from './template-engines.js'

/** Event data is part of a template, not of what is put into it. */
export const templateInjection: Oracle = {
  id: 'template-injection',
  title: 'Event data is compiled as a template',
  severity: 'critical',
  cwe: ['CWE-1336'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['code', 'html'],
  remediation: 'Keep templates constant and pass event data as values: render(template, { name: value }).',
  *judge(trial) {
    const compiled = [...compilations(trial)]
    yield* compiled
    // What an engine compiled is judged by what it compiled.
    const compiles = [...effectsOf(trial, 'code')].some(({ source }) => engineOf(source) !== undefined)
    if (!compiles) yield* evaluations(trial)
  },
}

/** Engines that compile to JavaScript: plain text of a template is one string there, its commands are not. */
function* compilations(trial: Trial): Generator<Verdict> {
  const { injection } = trial.case
  if (injection === null) return
  for (const effect of effectsOf(trial, 'code')) {
    const engine = engineOf(effect.source)
    // Not only regions that are the payload's own text: what the engine makes of a command has quotes of its own.
    const regions = regionsIn(effect.source, injection.head, injection.tail)
    const region = regions.find((found) => leavesJavaScriptToken(effect.source, found))
    if (engine === undefined || region === undefined) continue
    yield {
      rule: 'template-injection',
      canary: guilty(trial),
      sink: sinkOf(effect),
      anchor: anchorOf(effect),
      evidence: `${engine} compiled the value as a part of the template: ${excerpt(effect.source, region)}`,
    }
  }
}

/** Engines that interpret: two halves that stand apart and the other way round in the event come out as one. */
function* evaluations(trial: Trial): Generator<Verdict> {
  const { injection } = trial.case
  if (injection?.family !== 'template-injection') return
  const answer = answerIn(trial)
  if (answer?.body.includes(injection.joined) === true) {
    const evidence = `The answer holds ${injection.joined}, which only a template makes of the value`
    yield { rule: 'template-injection', canary: guilty(trial), sink: answerSink('body'), anchor: 'template:body', evidence }
  }
  for (const { effect, name, text } of awsTexts(trial)) {
    if (!text.includes(injection.joined)) continue
    const evidence = `${name} of ${effect.api} holds ${injection.joined}, which only a template makes of the value`
    yield { rule: 'template-injection', canary: guilty(trial), sink: sinkOf(effect), anchor: anchorOf(effect), evidence }
  }
}
