// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import { expect } from 'chai'
import { functionOf, triggersOf } from './reading.js'
import { FUNCTION, needsHcl, readTf } from './terraform-project.js'

const REST = `
resource "aws_api_gateway_rest_api" "api" {
  name = "api"
}
resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "orders"
}
resource "aws_api_gateway_resource" "one" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_resource.orders.id
  path_part   = "{id}"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.one.id
  http_method             = aws_api_gateway_method.m.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.f.invoke_arn
}
`
const METHOD = (more: string) => `
resource "aws_api_gateway_method" "m" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.one.id
  http_method = "POST"
  ${more}
}
`
const GUARD = FUNCTION.slice(FUNCTION.indexOf('resource "aws_lambda')).replaceAll('"f"', '"guard"')
const QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = "orders.fifo"\n  fifo_queue = true\n}\n'
const HTTP = `
resource "aws_apigatewayv2_api" "api" {
  name          = "api"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "i" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.f.invoke_arn
  payload_format_version = "2.0"
}
`
const ROUTE = (key: string, more = '') => `
resource "aws_apigatewayv2_route" "r" {
  api_id    = aws_apigatewayv2_api.api.id
  route_key = ${key}
  target    = "integrations/\${aws_apigatewayv2_integration.i.id}"
  ${more}
}
`
const mapping = (arn: string, more = '') => `
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = ${arn}
  function_name    = aws_lambda_function.f.arn
  ${more}
}
`

/** What the triggers of `f` are read as. */
const TABLE: readonly (readonly [name: string, source: string, expected: readonly string[]])[] = [
  ['nothing', '', ['direct {}']],
  ['a REST API', REST + METHOD('authorization = "NONE"'), ['apigw-v1 {"routes":["POST /orders/{id}"],"authorizer":"none"}']],
  [
    'a REST API with IAM',
    REST + METHOD('authorization = "AWS_IAM"'),
    ['apigw-v1 {"routes":["POST /orders/{id}"],"authorizer":"iam"}'],
  ],
  [
    'a REST API with a key',
    REST + METHOD('authorization = "NONE"\n  api_key_required = true'),
    ['apigw-v1 {"routes":["POST /orders/{id}"],"authorizer":"api-key"}'],
  ],
  [
    'a REST API with a token authorizer',
    `${REST}${METHOD('authorization = "CUSTOM"\n  authorizer_id = aws_api_gateway_authorizer.a.id')}${GUARD}
resource "aws_api_gateway_authorizer" "a" {
  name           = "a"
  rest_api_id    = aws_api_gateway_rest_api.api.id
  authorizer_uri = aws_lambda_function.guard.invoke_arn
}`,
    ['apigw-v1 {"routes":["POST /orders/{id}"],"authorizer":"lambda-token"}'],
  ],
  [
    'a REST API with a validator and a model',
    `${REST}${METHOD(`authorization = "NONE"
  request_parameters = { "method.request.querystring.page" = true, "method.request.header.x" = false }
  request_validator_id = aws_api_gateway_request_validator.v.id
  request_models = { "application/json" = aws_api_gateway_model.order.name }`)}
resource "aws_api_gateway_request_validator" "v" {
  name                        = "both"
  rest_api_id                 = aws_api_gateway_rest_api.api.id
  validate_request_body       = true
  validate_request_parameters = true
}
resource "aws_api_gateway_model" "order" {
  rest_api_id  = aws_api_gateway_rest_api.api.id
  name         = "Order"
  content_type = "application/json"
  schema       = jsonencode({ type = "object", required = ["name"] })
}`,
    [
      'apigw-v1 {"routes":["POST /orders/{id}"],"validators":{"POST /orders/{id}":{"body":{"type":"object","required":["name"]},"required":["querystring.page"]}},"authorizer":"none"}',
    ],
  ],
  [
    'a REST API from an OpenAPI template',
    `
resource "aws_api_gateway_rest_api" "api" {
  name = "api"
  body = templatefile("\${path.module}/api.yaml", { uri = aws_lambda_function.f.invoke_arn })
}`,
    ['apigw-v1 {"routes":["GET /pets"],"authorizer":"none"}'],
  ],
  ['an HTTP API', HTTP + ROUTE('"GET /a"'), ['apigw-v2 {"routes":["GET /a"],"authorizer":"none"}']],
  [
    'an HTTP API with payload 1.0, its default',
    HTTP.replace(/ {2}payload_format.*\n/, '') + ROUTE('"$default"'),
    ['apigw-v1 {"routes":["$default"],"authorizer":"none"}'],
  ],
  [
    'routes by for_each',
    HTTP + ROUTE('each.value', 'for_each = toset(["GET /a", "POST /b"])'),
    ['apigw-v2 {"routes":["GET /a","POST /b"],"authorizer":"none"}'],
  ],
  [
    'an HTTP API with a JWT',
    HTTP + ROUTE('"GET /a"', 'authorization_type = "JWT"\n  authorizer_id = "x"'),
    ['apigw-v2 {"routes":["GET /a"],"authorizer":"jwt"}'],
  ],
  [
    'an HTTP API, quickly created',
    'resource "aws_apigatewayv2_api" "api" {\n  name = "a"\n  protocol_type = "HTTP"\n  target = aws_lambda_function.f.arn\n}',
    ['apigw-v2 {"routes":["$default"],"authorizer":"none"}'],
  ],
  [
    'a WebSocket API',
    HTTP.replace('"HTTP"', '"WEBSOCKET"') + ROUTE('"$connect"'),
    ['apigw-websocket {"routes":["$connect"],"authorizer":"none"}'],
  ],
  [
    'a function URL',
    'resource "aws_lambda_function_url" "u" {\n  function_name = aws_lambda_function.f.function_name\n  authorization_type = "AWS_IAM"\n}',
    ['function-url {"authorizer":"iam"}'],
  ],
  [
    'a queue',
    QUEUE +
      mapping(
        'aws_sqs_queue.q.arn',
        'batch_size = 3\n  function_response_types = ["ReportBatchItemFailures"]\n  filter_criteria {\n    filter {\n      pattern = jsonencode({ body = { kind = ["new"] } })\n    }\n  }',
      ),
    [
      'sqs {"resource":"orders.fifo","batchSize":3,"fifo":true,"filters":[{"body":{"kind":["new"]}}],"reportBatchItemFailures":true}',
    ],
  ],
  [
    'a stream of a table',
    `
resource "aws_dynamodb_table" "t" {
  name             = "orders"
  hash_key         = "id"
  range_key        = "at"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
}${mapping('aws_dynamodb_table.t.stream_arn', 'starting_position = "LATEST"')}`,
    [
      'dynamodb-stream {"resource":"orders","batchSize":100,"streamViewType":"NEW_AND_OLD_IMAGES","keys":{"id":"S","at":"N"},"reportBatchItemFailures":false}',
    ],
  ],
  [
    'a Kinesis stream',
    `resource "aws_kinesis_stream" "s" {\n  name = "clicks"\n}${mapping('aws_kinesis_stream.s.arn', 'starting_position = "LATEST"')}`,
    ['kinesis {"resource":"clicks","batchSize":100,"reportBatchItemFailures":false}'],
  ],
  [
    'a bucket',
    `
resource "aws_s3_bucket" "b" {
  bucket = "uploads"
}
resource "aws_s3_bucket_notification" "n" {
  bucket = aws_s3_bucket.b.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.f.arn
    events              = ["s3:ObjectCreated:Put"]
    filter_prefix       = "in/"
    filter_suffix       = ".csv"
  }
}`,
    ['s3 {"resource":"uploads","s3Events":["s3:ObjectCreated:Put"],"keyPrefix":"in/","keySuffix":".csv"}'],
  ],
  [
    'a topic',
    `
resource "aws_sns_topic" "t" {
  name = "news"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn     = aws_sns_topic.t.arn
  protocol      = "lambda"
  endpoint      = aws_lambda_function.f.arn
  filter_policy = jsonencode({ kind = ["a"] })
}`,
    ['sns {"resource":"news","fifo":false,"filters":[{"Sns":{"MessageAttributes":{"kind":{"Value":["a"]}}}}]}'],
  ],
  [
    'a rule with a pattern',
    `
resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  event_pattern = jsonencode({ source = ["shop"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule  = aws_cloudwatch_event_rule.r.name
  arn   = aws_lambda_function.f.arn
  input = jsonencode({ a = 1 })
}`,
    ['eventbridge {"filters":[{"source":["shop"]}],"input":{"a":1}}'],
  ],
  [
    'a scheduler',
    `
resource "aws_scheduler_schedule" "s" {
  schedule_expression = "rate(1 day)"
  target {
    arn      = aws_lambda_function.f.arn
    role_arn = aws_iam_role.role.arn
    input    = jsonencode({ b = 2 })
  }
}`,
    ['eventbridge {"input":{"b":2}}'],
  ],
  [
    'a log group',
    'resource "aws_cloudwatch_log_subscription_filter" "l" {\n  name = "l"\n  log_group_name = "/x"\n  filter_pattern = ""\n  destination_arn = aws_lambda_function.f.arn\n}',
    ['cloudwatch-logs {"resource":"/x"}'],
  ],
  [
    'a user pool',
    'resource "aws_cognito_user_pool" "p" {\n  name = "people"\n  lambda_config {\n    pre_sign_up = aws_lambda_function.f.arn\n  }\n}',
    ['cognito {"resource":"people","cognitoTriggers":["PreSignUp"]}'],
  ],
  [
    'a load balancer',
    `
resource "aws_lb_target_group" "g" {
  name        = "g"
  target_type = "lambda"
}
resource "aws_alb_target_group_attachment" "a" {
  target_group_arn = aws_lb_target_group.g.arn
  target_id        = aws_lambda_function.f.arn
}
resource "aws_lb_listener_rule" "r" {
  listener_arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/a/b/c"
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.g.arn
  }
  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}`,
    ['alb {"routes":["ANY /api/*"],"multiValueHeaders":false}'],
  ],
  [
    'a state machine',
    `
resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = aws_iam_role.role.arn
  definition = <<EOF
{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "\${aws_lambda_function.f.arn}", "End": true } } }
EOF
}`,
    ['step-functions {}'],
  ],
  [
    'a topic rule of IoT',
    'resource "aws_iot_topic_rule" "r" {\n  name = "r"\n  sql = "SELECT *"\n  lambda {\n    function_arn = aws_lambda_function.f.arn\n  }\n}',
    ['iot {}'],
  ],
  [
    'an AppSync data source',
    'resource "aws_appsync_datasource" "d" {\n  name = "d"\n  type = "AWS_LAMBDA"\n  lambda_config {\n    function_arn = aws_lambda_function.f.arn\n  }\n}',
    ['appsync {}'],
  ],
  [
    'a pipe',
    `${QUEUE}resource "aws_pipes_pipe" "p" {\n  name = "p"\n  source = aws_sqs_queue.q.arn\n  target = aws_lambda_function.f.arn\n}`,
    ['pipes {"resource":"orders.fifo"}'],
  ],
  [
    'mail',
    'resource "aws_ses_receipt_rule" "r" {\n  rule_set_name = "s"\n  lambda_action {\n    function_arn = aws_lambda_function.f.arn\n  }\n}',
    ['ses {}'],
  ],
  [
    'a permission, where nothing else is known',
    'resource "aws_lambda_permission" "p" {\n  action = "lambda:InvokeFunction"\n  function_name = aws_lambda_function.f.function_name\n  principal = "config.amazonaws.com"\n}',
    ['config {}'],
  ],
]

describe('Terraform: triggers', () => {
  before(needsHcl)
  const api = `openapi: 3.0.0
paths:
  /pets:
    get:
      x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: "\${uri}" }
`
  for (const [name, source, expected] of TABLE)
    it(name, async () => {
      const part = await readTf(FUNCTION + source, { 'api.yaml': api })
      expect(part.problems).to.deep.equal([])
      expect(triggersOf(functionOf(part, 'aws_lambda_function.f'))).to.deep.equal(expected)
    })

  it('gives the authorizer its own trigger, with the line of its block', async () => {
    const [, source] = TABLE.find(([name]) => name.includes('token authorizer'))!
    const part = await readTf(FUNCTION + source)
    const [trigger] = functionOf(part, 'aws_lambda_function.guard').triggers
    expect(trigger?.kind).to.equal('authorizer-token')
    const lines = (FUNCTION + source).split('\n')
    expect(lines[trigger!.at!.line - 1]).to.contain('resource "aws_api_gateway_authorizer" "a"')
  })
})
