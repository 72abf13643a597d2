import { expect } from 'chai'
import type { ProjectTrigger } from '#src/model/index.js'
import { sam } from '#src/project/sam.js'
import { functionOf, project, readAll } from './reading.js'

const TEMPLATE = (name: string) => `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: { Handler: a.handler, Runtime: nodejs22.x, Role: !GetAtt Role.Arn, Code: ./src }
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: orders } }
  ByToken:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      ${name}
      RestApiId: !Ref Api
      Type: TOKEN
      AuthorizerUri: !Sub 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations'
  Strict:
    Type: AWS::ApiGateway::RequestValidator
    Properties: { ${name}, RestApiId: !Ref Api, ValidateRequestBody: false, ValidateRequestParameters: true }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref ByToken
      RequestValidatorId: !Ref Strict
      RequestParameters: { method.request.querystring.id: true }
      Integration:
        Type: AWS_PROXY
        Uri: !Sub 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations'
`

const triggerOf = (triggers: readonly ProjectTrigger[], kind: string) => triggers.find((each) => each.kind === kind)?.trigger

describe('authorizers and validators of a REST API', () => {
  for (const [what, name] of [
    ['without a name', ''],
    ['with a name', 'Name: another-name'],
  ] as const) {
    it(`are found by what refers to them ${what}`, async () => {
      const text = TEMPLATE(name).replace('{ , ', '{ ')
      const { triggers } = functionOf(await readAll(sam, project({ 'template.yaml': text })), 'Fn')
      expect(triggers.map(({ kind }) => kind)).to.have.members(['apigw-v1', 'authorizer-token'])
      expect(triggerOf(triggers, 'apigw-v1')).to.include({ authorizer: 'lambda-token' })
      expect(triggerOf(triggers, 'apigw-v1')?.validators).to.deep.equal({ 'GET /': { required: ['querystring.id'] } })
    })
  }
})

const BALANCED = (listeners: string) => `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: { Handler: a.handler, Runtime: nodejs22.x, Role: x, Code: ./src }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: lambda, Targets: [{ Id: !GetAtt Fn.Arn }] } }
  Others: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: ip } }
${listeners}`
const RULE = (actions: string, conditions: string) => `
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties: { ListenerArn: x, Priority: 1, Actions: [${actions}], Conditions: [${conditions}] }`

describe('a load balancer', () => {
  for (const [what, listeners, routes] of [
    ['without a listener in the template', '', undefined],
    [
      'that sends everything',
      `  Main: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }`,
      ['ANY /*'],
    ],
    [
      'with a rule of methods and paths',
      RULE(
        '{ Type: forward, TargetGroupArn: !Ref Targets }',
        '{ Field: path-pattern, Values: [/api/*, /v?/x] }, { Field: http-request-method, HttpRequestMethodConfig: { Values: [GET, POST] } }',
      ),
      ['GET /api/*', 'GET /v?/x', 'POST /api/*', 'POST /v?/x'],
    ],
    [
      'with weights',
      RULE('{ Type: forward, ForwardConfig: { TargetGroups: [{ TargetGroupArn: !Ref Targets, Weight: 1 }] } }', ''),
      ['ANY /*'],
    ],
    ['whose rule leads elsewhere', RULE('{ Type: forward, TargetGroupArn: !Ref Others }', ''), undefined],
    ['whose rule is nonsense', RULE('7, { Type: forward, TargetGroupArn: [!Ref Nobody] }', 'x, { Field: 3 }'), undefined],
  ] as const) {
    it(`gives the function its routes: one ${what}`, async () => {
      const { triggers } = functionOf(await readAll(sam, project({ 'template.yaml': BALANCED(listeners) })), 'Fn')
      expect(triggers.map(({ kind, trigger }) => [kind, trigger.routes])).to.deep.equal([['alb', routes]])
    })
  }
})
