import type { AwsFixture, ProjectResource } from '../model/index.js'

/**
 * What AWS says of parameters whose values stand in the templates. Secrets are left out: answers are written beside findings, and a
 * secret in a template is one all the same.
 */
export function seededAnswers(resources: readonly ProjectResource[]): readonly AwsFixture[] {
  return resources.flatMap(({ type, name, properties: { Value: value, Type: kind } }) => {
    if (type !== 'AWS::SSM::Parameter' || typeof value !== 'string' || kind === 'SecureString') return []
    const Parameter = { Name: name, Type: typeof kind === 'string' ? kind : 'String', Value: value, Version: 1 }
    return [{ service: 'ssm', operation: 'GetParameter', when: { Name: name }, answer: { Parameter } }]
  })
}
