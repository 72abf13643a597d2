// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { terraform } from '#src/project/terraform.js'
import { functionOf, project, readAll } from './reading.js'
import { FUNCTION, needsHcl, readTf } from './terraform-project.js'

const fn = (name: string, more: string) =>
  `resource "aws_lambda_function" "${name}" {\n  function_name = "${name}"\n  handler = "app.handler"\n  ${more}\n}\n`

describe('Terraform: functions', () => {
  before(needsHcl)

  it('has the defaults of Lambda, and what is written', async () => {
    const part = await readTf(`${FUNCTION}
resource "aws_sqs_queue" "dead" {
  name = "dead"
}
${fn('g', 'timeout = 30\n  memory_size = 512\n  s3_bucket = "code"\n  s3_key = aws_s3_object.code.key\n  dead_letter_config {\n    target_arn = aws_sqs_queue.dead.arn\n  }')}
resource "aws_s3_object" "code" {
  key    = "g.zip"
  source = data.archive_file.zip.output_path
}
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = aws_lambda_function.g.function_name
  destination_config {
    on_failure {
      destination = "arn:aws:sns:us-east-1:000000000000:failed"
    }
  }
}`)
    const f = functionOf(part, 'aws_lambda_function.f')
    expect(f).to.include({
      name: 'f',
      code: 'src',
      handler: 'index.handler',
      runtime: 'nodejs20.x',
      timeoutMs: 3000,
      memoryMb: 128,
    })
    expect(f.at).to.deep.equal({ file: 'main.tf', line: 11 })
    expect(f.role?.name).to.equal('aws_iam_role.role')
    const g = functionOf(part, 'aws_lambda_function.g')
    expect(g).to.include({ code: 'src', timeoutMs: 30_000, memoryMb: 512 })
    expect(g.destinations).to.have.members([
      'arn:aws:sqs:us-east-1:000000000000:dead',
      'arn:aws:sns:us-east-1:000000000000:failed',
    ])
  })

  it('finds code in archives, in files, and beside archives that something else makes', async () => {
    const part = await readTf(
      `data "archive_file" "one" {
  type        = "zip"
  source_file = "lib/app.js"
  output_path = "one.zip"
}
data "archive_file" "text" {
  type        = "zip"
  output_path = "text.zip"
  source {
    content  = file("\${path.module}/lib/app.js")
    filename = "app.js"
  }
}
${fn('a', 'filename = "one.zip"')}${fn('b', 'filename = data.archive_file.text.output_path')}${fn('c', 'filename = "build/made.zip"')}
${fn('d', 'filename = "nowhere/other.zip"').replace('app.handler', 'missing.handler')}${fn('e', 'package_type = "Image"\n  image_uri = "x"')}${fn('g', 'filename = "../../outside.zip"')}`,
      { 'lib/app.js': '', 'build/made/app.mjs': '' },
    )
    const codes = part.functions.map(({ id, code }) => `${id.at(-1)} ${code}`)
    expect(codes).to.have.members(['a lib', 'b lib', 'c build/made', 'd null', 'e null', 'g null'])
    const why = (id: string) => functionOf(part, `aws_lambda_function.${id}`).unresolved.join()
    expect(why('c')).to.contain('taken to be build/made')
    expect(why('d')).to.contain('other.zip is not made here')
    expect(why('e')).to.contain('container image')
  })

  it('has layers of the project', async () => {
    const layers = 'layers = [aws_lambda_layer_version.l.arn, "arn:aws:lambda:us-east-1:1:layer:x:1"]\n  role          ='
    const part = await readTf(
      `${FUNCTION.replace('role          =', layers)}
data "archive_file" "layer" {
  type        = "zip"
  source_dir  = "layer"
  output_path = "layer.zip"
}
resource "aws_lambda_layer_version" "l" {
  layer_name = "l"
  filename   = data.archive_file.layer.output_path
}`,
      { 'layer/nodejs/x.js': '' },
    )
    expect(functionOf(part, 'aws_lambda_function.f').layers).to.deep.equal(['layer'])
  })

  it('makes one function for each key', async () => {
    const part = await readTf(`
variable "names" { default = ["x", "y"] }
resource "aws_lambda_function" "by_key" {
  for_each      = { a = "first", b = "second" }
  function_name = "fn-\${each.key}"
  handler       = "\${each.value}.handler"
}
resource "aws_lambda_function" "by_set" {
  for_each      = toset(var.names)
  function_name = each.value
}
resource "aws_lambda_function" "by_count" {
  count         = 2
  function_name = "n\${count.index}"
}
resource "aws_lambda_function" "none" {
  count = 0
}
resource "aws_lambda_function" "doubt" {
  count         = var.unknown
  function_name = "doubt"
}
`)
    expect(part.functions.map(({ id, name, handler }) => `${id} ${name} ${handler}`)).to.have.members([
      'aws_lambda_function.by_key["a"] fn-a first.handler',
      'aws_lambda_function.by_key["b"] fn-b second.handler',
      'aws_lambda_function.by_set["x"] x null',
      'aws_lambda_function.by_set["y"] y null',
      'aws_lambda_function.by_count[0] n0 null',
      'aws_lambda_function.by_count[1] n1 null',
      'aws_lambda_function.doubt doubt null',
    ])
    expect(functionOf(part, 'aws_lambda_function.doubt').unresolved).to.include('count is not known')
  })

  it('carries out dynamic blocks', async () => {
    const part = await readTf(
      fn(
        'f',
        'dynamic "environment" {\n    for_each = [{ A = "x" }]\n    content {\n      variables = environment.value\n    }\n  }',
      ),
    )
    expect(functionOf(part, 'aws_lambda_function.f').environment).to.deep.equal({ A: 'x' })
  })

  it('reads .tf.json', async () => {
    const f = { function_name: 'json', handler: 'a.b', environment: { variables: { A: '${upper("x")}' } } }
    const text = JSON.stringify({ resource: { aws_lambda_function: { f } } }, null, 1)
    const part = await readAll(terraform, project({ 'main.tf.json': text }))
    const found = functionOf(part, 'aws_lambda_function.f')
    expect(found).to.include({ name: 'json' })
    expect(found.environment).to.deep.equal({ A: 'X' })
    expect(found.at.line).to.equal(4)
  })
})

describe('Terraform: modules', () => {
  before(needsHcl)

  it('follows local modules, with what they are given and give back', async () => {
    const part = await readTf(
      `module "fn" {
  source   = "./modules/fn"
  for_each = toset(["a", "b"])
  name     = each.key
  queue    = aws_sqs_queue.q
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = module.fn["a"].arn
}`,
      {
        'modules/fn/main.tf': `variable "name" {}
variable "queue" {}
resource "aws_lambda_function" "this" {
  function_name = var.name
  handler = "index.handler"
  filename = data.archive_file.zip.output_path
  environment {
    variables = { QUEUE = var.queue.url }
  }
}
data "archive_file" "zip" {
  type = "zip"
  source_dir = "\${path.module}/src"
  output_path = "x.zip"
}
output "arn" {
  value = aws_lambda_function.this.arn
}`,
        'modules/fn/src/index.js': '',
      },
    )
    const a = functionOf(part, 'module.fn["a"].aws_lambda_function.this')
    expect(a).to.include({ name: 'a', code: 'modules/fn/src' })
    expect(a.environment).to.deep.equal({ QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' })
    expect(a.triggers.map(({ kind }) => kind)).to.deep.equal(['sqs'])
    expect(a.at).to.deep.equal({ file: 'modules/fn/main.tf', line: 3 })
    expect(functionOf(part, 'module.fn["b"].aws_lambda_function.this').triggers[0]?.kind).to.equal('direct')
    expect(part.functions).to.have.lengthOf(2)
  })

  it('knows terraform-aws-modules/lambda and its neighbours', async () => {
    const part = await readTf(
      `
module "orders" {
  source                = "terraform-aws-modules/lambda/aws"
  version               = "~> 7.0"
  function_name         = "orders"
  handler               = "index.handler"
  runtime               = "nodejs20.x"
  source_path           = "\${path.module}/src"
  timeout               = 10
  environment_variables = { TABLE = module.table.dynamodb_table_id }
  policy_statements = {
    table = { effect = "Allow", actions = ["dynamodb:PutItem"], resources = [module.table.dynamodb_table_arn] }
  }
  policies = ["arn:aws:iam::aws:policy/X"]
  layers   = [module.layer.lambda_layer_arn]
  event_source_mapping = {
    queue = {
      event_source_arn        = module.queue.queue_arn
      function_response_types = ["ReportBatchItemFailures"]
      filter_criteria         = [{ pattern = jsonencode({ body = { a = [1] } }) }]
    }
  }
}
module "layer" {
  source       = "terraform-aws-modules/lambda/aws"
  create_layer = true
  layer_name   = "l"
  source_path  = "./layer"
}
module "queue" {
  source = "terraform-aws-modules/sqs/aws"
  name   = "jobs"
}
module "table" {
  source     = "terraform-aws-modules/dynamodb-table/aws"
  name       = "orders"
  hash_key   = "id"
  attributes = [{ name = "id", type = "S" }]
}
module "api" {
  source = "terraform-aws-modules/apigateway-v2/aws"
  name   = "api"
  routes = {
    "GET /orders" = { integration = { uri = module.orders.lambda_function_arn, payload_format_version = "2.0" } }
  }
}
module "git" {
  source        = "github.com/terraform-aws-modules/terraform-aws-lambda?ref=1234"
  function_name = "git"
  create_role   = false
  lambda_role   = "arn:aws:iam::1:role/mine"
  allowed_triggers = {
    config = { principal = "config.amazonaws.com" }
  }
}
`,
      { 'layer/nodejs/x.js': '' },
    )
    const orders = functionOf(part, 'module.orders.aws_lambda_function.this[0]')
    expect(orders).to.include({ name: 'orders', code: 'src', handler: 'index.handler', timeoutMs: 10_000 })
    expect(orders.at).to.deep.equal({ file: 'main.tf', line: 2 })
    expect(orders.environment).to.deep.equal({ TABLE: 'orders' })
    expect(orders.layers).to.deep.equal(['layer'])
    expect(orders.triggers.map(({ kind }) => kind)).to.have.members(['sqs', 'apigw-v2'])
    expect(orders.triggers.find(({ kind }) => kind === 'sqs')?.trigger).to.deep.include({
      resource: 'jobs',
      reportBatchItemFailures: true,
      filters: [{ body: { a: [1] } }],
    })
    expect(JSON.stringify(orders.role)).to.contain('dynamodb:PutItem').and.to.contain('table/orders"').and.to.contain('policy/X')
    const git = functionOf(part, 'module.git.aws_lambda_function.this[0]')
    expect(git.name).to.equal('git')
    expect(git.triggers.map(({ kind }) => kind)).to.deep.equal(['config'])
    expect(part.functions).to.have.lengthOf(2)
    expect(part.problems).to.deep.equal([])
  })

  it('knows the notification, topic and rule modules', async () => {
    const part = await readTf(`${FUNCTION}
module "notification" {
  source = "terraform-aws-modules/s3-bucket/aws//modules/notification"
  bucket = "uploads"
  lambda_notifications = {
    f = { function_arn = aws_lambda_function.f.arn, function_name = "f", events = ["s3:ObjectCreated:Put"], filter_prefix = "in/" }
  }
}
module "topic" {
  source        = "terraform-aws-modules/sns/aws"
  name          = "news"
  subscriptions = { f = { protocol = "lambda", endpoint = aws_lambda_function.f.arn } }
}
module "bus" {
  source  = "terraform-aws-modules/eventbridge/aws"
  rules   = { orders = { event_pattern = jsonencode({ source = ["shop"] }) } }
  targets = { orders = [{ name = "f", arn = aws_lambda_function.f.arn }] }
}
`)
    const { triggers } = functionOf(part, 'aws_lambda_function.f')
    expect(Object.fromEntries(triggers.map(({ kind, trigger }) => [kind, trigger]))).to.deep.equal({
      s3: { resource: 'uploads', s3Events: ['s3:ObjectCreated:Put'], keyPrefix: 'in/' },
      sns: { resource: 'news', fifo: false },
      eventbridge: { filters: [{ source: ['shop'] }] },
    })
  })

  it('names modules that it has not got, is not sent outside, and does not run in circles', async () => {
    const part = await readTf(
      `${FUNCTION}
module "far" {
  source = "someone/thing/aws"
}
module "up" {
  source = "../../elsewhere"
}
module "self" {
  source = "./self"
}`,
      { 'self/main.tf': 'module "again" {\n  source = "../self"\n}\n' },
    )
    expect(functionOf(part, 'aws_lambda_function.f').code).to.equal('src')
    const texts = part.problems.map(({ file, line, text }) => `${file}:${line} ${text}`).join('\n')
    expect(texts).to.contain('main.tf:19 module far (someone/thing/aws) is not in the project')
    expect(texts).to.contain('../../elsewhere is outside the project')
  })
})

describe('Terraform: the parser', () => {
  it('is not there where it is not installed', async () => {
    const { hclParser } = await import('#src/project/terraform/hcl.js')
    expect(await hclParser('file:///nowhere/at/all.js')).to.equal(undefined)
  })

  it('is never the one of the project: to read a project runs nothing of it', async () => {
    const ran = `globalThis.ranProject = true\nexport const parse = async () => ({})`
    await readTf(FUNCTION, {
      'node_modules/@cdktn/hcl2json/package.json': '{"name":"@cdktn/hcl2json","type":"module","main":"index.js"}',
      'node_modules/@cdktn/hcl2json/index.js': ran,
    })
    expect(globalThis).to.not.have.property('ranProject')
  })
})

describe('Terraform: hostile', () => {
  before(needsHcl)

  it('says the line of a syntax error, and reads the other files', async () => {
    const part = await readTf(FUNCTION, { 'broken.tf': 'resource "a" "b" {\n  x = \n}\n' })
    functionOf(part, 'aws_lambda_function.f')
    expect(part.problems).to.have.lengthOf(1)
    expect(part.problems[0]).to.include({ file: 'broken.tf', line: 2 })
  })

  it('refuses depth, and texts that double', async () => {
    const deep = await readTf(`locals {\n  a = ${'['.repeat(5000)}${']'.repeat(5000)}\n}\n`, { 'f.tf': FUNCTION })
    expect(deep.problems[0]?.text).to.equal('it is nested too deeply')
    functionOf(deep, 'aws_lambda_function.f')
    const lines = Array.from({ length: 60 }, (_, n) => `  a${n + 1} = "\${local.a${n}}\${local.a${n}}"`)
    const bomb = await readTf(
      `locals {\n  a0 = "xxxxxxxxxx"\n${lines.join('\n')}\n}\nresource "aws_lambda_function" "f" {\n  function_name = local.a60\n}\n`,
    )
    expect(bomb.problems[0]?.text).to.contain('too long')
  })

  it('keeps hostile names as names', async () => {
    const part = await readTf(
      'resource "aws_lambda_function" "__proto__" {\n  function_name = "p"\n  environment {\n    variables = { __proto__ = "x", constructor = "y" }\n  }\n}\nresource "aws_lambda_function" "constructor" {\n  function_name = "c"\n}\n',
    )
    expect(part.functions.map(({ name }) => name)).to.include('c')
    expect(({} as { function_name?: string }).function_name).to.equal(undefined)
  })

  it('counts no instances by themselves', async () => {
    const own = '${aws_lambda_function.f.arn}'
    const root = project({
      'main.tf.json': JSON.stringify({ resource: { aws_lambda_function: { f: { for_each: [{ a: own, b: own }] } } } }),
    })
    const { functions } = await terraform.read('.', { root, parameters: {} })
    expect(functions).to.have.lengthOf(1)
  })

  it('never throws, whatever the blocks hold', async () => {
    const word = fc.constantFrom(
      ...[
        'resource',
        'module',
        'data',
        'locals',
        'variable',
        'aws_lambda_function',
        'f',
        'count',
        'for_each',
        '__proto__',
        'source',
      ],
      ...[
        '${var.x}',
        '${',
        '${local.a[',
        '${{for x in local.a : x => x}}',
        '${aws_lambda_function.f.arn}',
        '${jsonencode(local)}',
      ],
      ...['${path.module}', 'environment', 'dynamic', './x'],
    )
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        word,
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(word, tie('any'), { maxKeys: 4 }),
      ),
    }))
    const root = project({ 'main.tf.json': '{}' })
    await fc.assert(
      fc.asyncProperty(fc.dictionary(word, any), any, async (top, f) => {
        const resource = { aws_lambda_function: { f }, ...(top['resource'] as object) }
        writeFileSync(`${root}/main.tf.json`, JSON.stringify({ ...top, locals: { a: f }, resource }))
        const part = await terraform.read('.', { root, parameters: {} })
        expect(part.functions).to.be.an('array')
      }),
      { numRuns: 300, seed: 20_261_122 },
    )
  })
})
