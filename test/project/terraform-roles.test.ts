// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of Terraform.
import { expect } from 'chai'
import type { ProjectPart } from '#src/model/index.js'
import { functionOf } from './reading.js'
import { FUNCTION, needsHcl, readTf } from './terraform-project.js'

const actions = (part: ProjectPart): readonly string[] =>
  (functionOf(part, 'aws_lambda_function.f').role?.policies ?? []).flatMap(({ document }) =>
    (document as { Statement: { Action: string | string[] }[] }).Statement.flatMap(({ Action }) => Action),
  )

const POLICY = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["a:B"], Resource = "*" }] })'
const block = (type: string, name: string, ...lines: string[]) => `resource "${type}" "${name}" {\n  ${lines.join('\n  ')}\n}\n`

const TABLE: readonly (readonly [string, string, readonly string[]])[] = [
  ['aws_iam_role_policy by id', block('aws_iam_role_policy', 'p', 'role = aws_iam_role.role.id', `policy = ${POLICY}`), ['a:B']],
  ['aws_iam_role_policy by name', block('aws_iam_role_policy', 'p', 'role = "the-role"', `policy = ${POLICY}`), ['a:B']],
  [
    'an attached policy as a heredoc with a reference',
    block(
      'aws_iam_policy',
      'p',
      'name = "p"',
      'policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": "a:C", "Resource": "${aws_iam_role.role.arn}"}]}\nEOF',
    ) + block('aws_iam_role_policy_attachment', 'a', 'role = aws_iam_role.role.name', 'policy_arn = aws_iam_policy.p.arn'),
    ['a:C'],
  ],
  [
    'aws_iam_policy_attachment',
    block('aws_iam_policy', 'p', 'name = "p"', `policy = ${POLICY}`) +
      block(
        'aws_iam_policy_attachment',
        'a',
        'name = "a"',
        'roles = [aws_iam_role.role.name]',
        'policy_arn = aws_iam_policy.p.arn',
      ),
    ['a:B'],
  ],
]

describe('Terraform: roles', () => {
  before(needsHcl)

  for (const [name, source, expected] of TABLE)
    it(name, async () => {
      expect(actions(await readTf(FUNCTION + source))).to.deep.equal(expected)
    })

  it('reads inline policies, policy documents and managed policies', async () => {
    const inline =
      'assume_role_policy = "{}"\n  inline_policy {\n    name = "in"\n    policy = data.aws_iam_policy_document.d.json\n  }'
    const part = await readTf(`${FUNCTION.replace('assume_role_policy = "{}"', inline)}
data "aws_iam_policy_document" "d" {
  statement {
    sid       = "One"
    actions   = ["s3:GetObject"]
    resources = ["\${aws_s3_bucket.b.arn}/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/x"
      values   = ["y"]
    }
  }
  statement {
    effect      = "Deny"
    not_actions = ["s3:*"]
    resources   = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
}
data "aws_iam_policy" "managed" {
  name = "AmazonS3ReadOnlyAccess"
}
resource "aws_iam_role_policy_attachment" "m" {
  for_each   = toset(["arn:aws:iam::aws:policy/X", data.aws_iam_policy.managed.arn])
  role       = aws_iam_role.role.name
  policy_arn = each.value
}`)
    const { role } = functionOf(part, 'aws_lambda_function.f')
    const Condition = { StringEquals: { 'aws:PrincipalTag/x': ['y'] } }
    expect(role?.policies[0]?.document).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Sid: 'One', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'], Condition },
        { Effect: 'Deny', NotAction: ['s3:*'], Resource: ['*'], Principal: { AWS: ['*'] } },
      ],
    })
    expect(role?.managed).to.deep.equal(['arn:aws:iam::aws:policy/X', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'])
    expect(role?.at).to.deep.equal({ file: 'main.tf', line: 7 })
  })
})
