import { expect } from 'chai'
import type { JsonObject } from '#src/model/index.js'
import { seededAnswers } from '#src/project/seeded-answers.js'

const answers = (type: string, properties: JsonObject) => seededAnswers([{ id: 'R', type, name: '/app/mode', properties }])

describe('answers from the templates', () => {
  it('are the values of parameters', () => {
    expect(answers('AWS::SSM::Parameter', { Type: 'StringList', Value: 'a,b' })).to.deep.equal([
      {
        service: 'ssm',
        operation: 'GetParameter',
        when: { Name: '/app/mode' },
        answer: { Parameter: { Name: '/app/mode', Type: 'StringList', Value: 'a,b', Version: 1 } },
      },
    ])
  })

  it('are none for what is secret, unknown, or something else', () => {
    expect(answers('AWS::SSM::Parameter', { Type: 'SecureString', Value: 'x' })).to.deep.equal([])
    expect(answers('AWS::SSM::Parameter', { Type: 'String', Value: { Ref: 'Later' } })).to.deep.equal([])
    expect(answers('AWS::SecretsManager::Secret', { SecretString: 'x', Value: 'x' })).to.deep.equal([])
  })
})
