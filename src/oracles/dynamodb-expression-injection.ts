import type { Oracle } from '../model/index.js'
import { leavesExpressionToken } from './lexers/dynamodb-expression.js'
import { anchorOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'
import { dynamodbTexts } from './statement-texts.js'

const EXPRESSIONS = new Set(['KeyCondition', 'Filter', 'Projection', 'Condition', 'Update'].map((what) => `${what}Expression`))

/** Event data stands in the text of a DynamoDB expression and is more than one name there. */
export const dynamodbExpressionInjection: Oracle = {
  id: 'dynamodb-expression-injection',
  title: 'Event data changes a DynamoDB expression',
  severity: 'high',
  cwe: ['CWE-943'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['expression'],
  remediation:
    'Keep expression texts constant: pass values in ExpressionAttributeValues and names, from an allow-list, in ExpressionAttributeNames.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const { effect, name, text } of dynamodbTexts(trial, (key) => EXPRESSIONS.has(key))) {
      const region = regionsOf(text, injection).find((found) => leavesExpressionToken(text, found))
      if (region === undefined) continue
      yield {
        rule: 'dynamodb-expression-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${name} of ${effect.api}: ${excerpt(text, region)}`,
      }
    }
  },
}
