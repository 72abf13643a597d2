// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import { expect } from 'chai'
import { terraform } from '#src/project/terraform.js'
import { functionOf, project, readAll, triggersOf } from './reading.js'

const managed = (type: string, name: string, values: object, more: object = {}) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  values,
  ...more,
})
const references = (...names: string[]) => ({ references: names })

const PLAN = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  variables: { stage: { value: 'prod' } },
  planned_values: {
    root_module: {
      resources: [
        managed('aws_sqs_queue', 'q', { name: 'jobs', fifo_queue: false }),
        managed('aws_iam_role', 'r', { name: 'r', assume_role_policy: '{}' }),
        managed('aws_iam_role_policy', 'p', { name: 'p' }),
        managed('aws_lambda_event_source_mapping', 'm', { batch_size: 5, function_response_types: ['ReportBatchItemFailures'] }),
        managed('aws_lambda_function', 'f', {
          function_name: 'f',
          handler: 'index.handler',
          timeout: 9,
          filename: 'f.zip',
          environment: [{ variables: { A: '${literally}' } }],
        }),
        managed(
          'aws_lambda_function',
          'many',
          { function_name: 'many-a' },
          { index: 'a', address: 'aws_lambda_function.many["a"]' },
        ),
        managed(
          'aws_lambda_function',
          'many',
          { function_name: 'many-b' },
          { index: 'b', address: 'aws_lambda_function.many["b"]' },
        ),
        managed('aws_apigatewayv2_api', 'api', { name: 'api', protocol_type: 'HTTP' }),
        managed('aws_apigatewayv2_integration', 'i', { integration_type: 'AWS_PROXY', payload_format_version: '2.0' }),
        managed('aws_apigatewayv2_route', 'r', { route_key: 'GET /a' }),
      ],
      child_modules: [
        {
          address: 'module.worker[0]',
          resources: [
            managed(
              'aws_lambda_function',
              'this',
              { function_name: 'worker' },
              { address: 'module.worker[0].aws_lambda_function.this' },
            ),
          ],
        },
      ],
    },
  },
  configuration: {
    root_module: {
      resources: [
        managed('aws_lambda_function', 'f', {}, { expressions: { role: references('aws_iam_role.r.arn', 'aws_iam_role.r') } }),
        managed(
          'aws_iam_role_policy',
          'p',
          {},
          {
            expressions: {
              role: references('aws_iam_role.r.id', 'aws_iam_role.r'),
              policy: references('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
            },
          },
        ),
        managed(
          'aws_lambda_event_source_mapping',
          'm',
          {},
          {
            expressions: {
              event_source_arn: references('aws_sqs_queue.q.arn', 'aws_sqs_queue.q'),
              function_name: references('module.worker[0].arn', 'module.worker'),
            },
          },
        ),
        managed(
          'aws_apigatewayv2_integration',
          'i',
          {},
          {
            expressions: {
              api_id: references('aws_apigatewayv2_api.api.id'),
              integration_uri: references('aws_lambda_function.many["a"].invoke_arn'),
            },
          },
        ),
        managed(
          'aws_apigatewayv2_route',
          'r',
          {},
          {
            expressions: {
              api_id: references('aws_apigatewayv2_api.api.id'),
              target: references('aws_apigatewayv2_integration.i.id'),
            },
          },
        ),
        {
          mode: 'data',
          type: 'aws_iam_policy_document',
          name: 'd',
          expressions: {
            statement: [
              {
                actions: { constant_value: ['sqs:SendMessage'] },
                resources: references('aws_sqs_queue.q.arn', 'aws_sqs_queue.q'),
              },
            ],
          },
        },
      ],
      module_calls: {
        worker: {
          source: './worker',
          module: { outputs: { arn: { expression: references('aws_lambda_function.this.arn', 'aws_lambda_function.this') } } },
        },
      },
    },
  },
}

describe('Terraform: plans', () => {
  const files = { 'tfplan.json': JSON.stringify(PLAN, null, 1), 'f/index.js': '' }

  it('finds a plan by what is in it, and reads it instead of the directory', () => {
    const root = project({ ...files, 'main.tf': '', 'other/plan.json': '{"a": 1}', 'other/x.tfplan.json': JSON.stringify(PLAN) })
    const found = terraform.find(['main.tf', 'other/plan.json', 'other/x.tfplan.json', 'tfplan.json'], root)
    expect(found).to.deep.equal(['other/x.tfplan.json', 'tfplan.json'])
  })

  it('has functions, triggers and roles by their references', async () => {
    const part = await readAll(terraform, project(files))
    expect(part.problems).to.deep.equal([])
    expect(part.functions.map(({ id }) => id)).to.have.members([
      'aws_lambda_function.f',
      'aws_lambda_function.many["a"]',
      'aws_lambda_function.many["b"]',
      'module.worker[0].aws_lambda_function.this',
    ])
    const f = functionOf(part, 'aws_lambda_function.f')
    expect(f).to.include({ name: 'f', handler: 'index.handler', timeoutMs: 9000, code: 'f' })
    expect(f.environment).to.deep.equal({ A: '${literally}' })
    expect(f.at.line).to.be.greaterThan(1)
    expect(f.role?.policies[0]?.document).to.deep.equal({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: 'arn:aws:sqs:us-east-1:000000000000:jobs' }],
    })
    expect(triggersOf(functionOf(part, 'aws_lambda_function.many["a"]'))).to.deep.equal([
      'apigw-v2 {"routes":["GET /a"],"authorizer":"none"}',
    ])
    expect(triggersOf(functionOf(part, 'module.worker[0].aws_lambda_function.this'))).to.deep.equal([
      'sqs {"resource":"jobs","batchSize":5,"fifo":false,"reportBatchItemFailures":true}',
    ])
  })

  it('says what is wrong with a plan that is none', async () => {
    const root = project({ 'plan.json': '{"format_version": 1, "planned_values": [' })
    const { problems } = await terraform.read('plan.json', { root, parameters: {} })
    expect(problems).to.have.lengthOf(1)
    expect(problems[0]?.file).to.match(/plan\.json$/)
  })
})
