// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import { expect } from 'chai'
import { functionOf } from './reading.js'
import { needsHcl, readTf } from './terraform-project.js'

/** What an expression becomes in the environment; undefined where it has no value. */
const TABLE: readonly (readonly [expression: string, expected: string | undefined, note?: string])[] = [
  ['"plain"', 'plain'],
  ['var.stage', 'dev'],
  ['"${var.stage}-x"', 'dev-x'],
  ['var.from_tfvars', 'tfvars'],
  ['var.from_user', 'user'],
  ['var.nothing', undefined, 'var.nothing has no value'],
  ['local.name', 'dev-shop'],
  ['local.settings["a"].b', 'deep'],
  ['local.settings.list[1]', 'two'],
  ['local.loop', undefined, 'leads back to itself'],
  ['var.stage == "dev" ? "yes" : "no"', 'yes'],
  ['var.nothing == "x" ? "yes" : "no"', undefined, 'a condition is not known'],
  ['!false && (1 < 2)', 'true'],
  ['60 * 5 + 10 / 2 - 1', '304'],
  ['-3', '-3'],
  ['upper("a")', 'A'],
  ['join("-", ["a", "b"])', 'a-b'],
  ['join("-", [aws_sqs_queue.q.name, "b"])', 'q-b'],
  ['format("%s-%d", "a", 3)', 'a-3'],
  ['concat(["a"], ["b"])[1]', 'b'],
  ['merge({ a = 1 }, { a = 2 }).a', '2'],
  ['merge({ a = 1 }, var.nothing == "" ? {} : { a = 2 }).a', '1'],
  ['lookup({ a = "x" }, "b", "else")', 'else'],
  ['jsonencode({ a = [1] })', '{"a":[1]}'],
  ['jsonencode({ q = aws_sqs_queue.q.arn })', '{"q":"arn:aws:sqs:us-east-1:000000000000:q"}'],
  ['jsondecode("{\\"a\\": 5}").a', '5'],
  ['element(split(",", "a,b"), 1)', 'b'],
  ['length(["a", "b"])', '2'],
  ['keys({ b = 1, a = 2 })[0]', 'a'],
  ['replace("a-b", "-", "_")', 'a_b'],
  ['trimspace(file("${path.module}/text.txt"))', 'hello'],
  ['file("../../../etc/passwd")', undefined, 'file() depends on'],
  ['templatefile("${path.module}/t.tpl", { who = "you" })', 'hi you'],
  ['try(local.settings.missing, "else")', 'else'],
  ['coalesce("", "x")', 'x'],
  ['can(local.settings.missing)', 'false'],
  ['[for x in ["a", "b"] : upper(x) if x != "a"][0]', 'B'],
  ['{ for k, v in { a = 1 } : "${k}!" => v }["a!"]', '1'],
  ['join(",", aws_sqs_queue.many[*].name)', 'many-0,many-1'],
  ['aws_sqs_queue.many.*.name[0]', 'many-0'],
  ['{ for k, q in aws_sqs_queue.many : k => q.name }["1"]', 'many-1'],
  ['aws_sqs_queue.q.url', 'https://sqs.us-east-1.amazonaws.com/000000000000/q'],
  ['aws_dynamodb_table.t.stream_arn', 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000'],
  ['"${aws_s3_bucket.b.arn}/*"', 'arn:aws:s3:::b/*'],
  ['data.aws_caller_identity.me.account_id', '000000000000'],
  ['data.aws_region.here.name', 'us-east-1'],
  ['data.aws_partition.p.partition', 'aws'],
  ['data.aws_sqs_queue.other.arn', 'arn:aws:sqs:us-east-1:000000000000:theirs'],
  ['data.aws_vpc.main.id', undefined, 'data.aws_vpc.main'],
  ['"n-${random_id.r.hex}"', 'n-a1b2c3d4'],
  ['terraform.workspace', 'default'],
  ['cidrsubnet("10.0.0.0/8", 8, 1)', undefined, 'cidrsubnet() is not carried out'],
  ['"$${not}"', '${not}'],
  ['"%{ if true }a%{ endif }"', undefined, 'a text with %{ is not carried out'],
  ['<<EOT\n${var.stage}\nEOT', 'dev\n'],
]

const FILES = { 'terraform.tfvars': 'from_tfvars = "tfvars"\n', 'text.txt': 'hello\n', 't.tpl': 'hi ${who}' }
const MAIN = `
variable "stage" { default = "dev" }
variable "from_tfvars" {}
variable "from_user" { default = "no" }
variable "nothing" {}
locals {
  name     = "\${var.stage}-shop"
  settings = { a = { b = "deep" }, list = ["one", "two"] }
  loop     = local.loop2
  loop2    = local.loop
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_partition" "p" {}
data "aws_vpc" "main" {
  default = true
}
data "aws_sqs_queue" "other" {
  name = "theirs"
}
resource "random_id" "r" {
  byte_length = 4
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sqs_queue" "many" {
  count = 2
  name  = "many-\${count.index}"
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
}
resource "aws_dynamodb_table" "t" {
  name = "t"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
${TABLE.map(([expression], index) => `      V${index} = ${expression}`).join('\n')}
    }
  }
}
`

describe('Terraform: expressions', () => {
  before(needsHcl)
  for (const [index, [expression, expected, note]] of TABLE.entries())
    it(`${expression.replaceAll('\n', ' ')} is ${expected?.trim() ?? 'not known'}`, async () => {
      const f = functionOf(await readTf(MAIN, FILES, { from_user: 'user' }), 'aws_lambda_function.f')
      expect(f.environment[`V${index}`]).to.equal(expected)
      if (note !== undefined) expect(f.unresolved.join('\n')).to.contain(note)
    })
})
