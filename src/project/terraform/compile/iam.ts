import type { Json, JsonObject } from '../../../model/index.js'
import { unknownValue } from '../../unknown-value.js'
import { list } from '../config.js'
import type { Instance } from '../instance.js'
import { jsonOf } from '../json-text.js'
import { type Compilation, type Compiler, nameOf, names } from './compilation.js'

/** Attachments stand beside roles in Terraform, inside them in CloudFormation. */
const role: Compiler = (instance, compilation) => {
  const inline = instance.blocks('inline_policy').filter(({ policy }) => policy !== undefined)
  compilation.add(instance, 'AWS::IAM::Role', {
    RoleName: nameOf(instance),
    AssumeRolePolicyDocument: jsonOf(instance.written('assume_role_policy')) ?? null,
    Policies: inline.map(({ name, policy }, index) => ({
      PolicyName: name ?? `inline${index}`,
      PolicyDocument: document(policy),
    })),
    ManagedPolicyArns: [...list(instance.written('managed_policy_arns')), ...attached(instance, compilation)],
  })
}

function attached(role: Instance, compilation: Compilation): readonly Json[] {
  const single = compilation.ofType('aws_iam_role_policy_attachment').filter((each) => names(each.written('role'), role))
  const several = compilation
    .ofType('aws_iam_policy_attachment')
    .filter((each) => list(each.written('roles')).some((name) => names(name, role)))
  return [...single, ...several].map((each) => each.written('policy_arn'))
}

const document = (value: Json | undefined): Json => jsonOf(value) ?? value ?? unknownValue('the policy is not known')

const rolePolicy: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::IAM::Policy', {
    PolicyName: instance.written('name') ?? instance.origin.block.name,
    PolicyDocument: document(instance.written('policy')),
    Roles: [roleName(instance.written('role'))],
  })

/** A role is named by `id`, `name` or, by mistake, by ARN. */
function roleName(value: Json): Json {
  const got = (value as JsonObject | null)?.['Fn::GetAtt']
  return Array.isArray(got) ? { Ref: got[0] as Json } : value
}

const managedPolicy: Compiler = (instance, compilation) =>
  compilation.add(instance, 'AWS::IAM::ManagedPolicy', {
    ManagedPolicyName: nameOf(instance),
    PolicyDocument: document(instance.written('policy')),
  })

export const iamCompilers: Readonly<Record<string, Compiler>> = {
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_policy: managedPolicy,
}
