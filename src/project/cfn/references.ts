import type { Json } from '../../model/index.js'
import { arn, nameInArn } from './account.js'
import { childOf } from './nested.js'
import { pseudoParameter } from './parameters.js'
import type { Resolver } from './resolver.js'
import { attributesOf, type Names, nameOf } from './resource-names.js'
import type { Resource, Stack } from './stack.js'
import { own, textOf } from './values.js'

/** What `Ref` gives: a parameter's value, or what identifies a resource. */
export function referenceTo(name: string, resolver: Resolver): Json | undefined {
  const { stack, notes } = resolver
  if (name === 'AWS::NoValue') return undefined
  const pseudo = pseudoParameter(name, stack.name)
  if (pseudo !== undefined) return pseudo
  const parameter = stack.parameters.get(name)
  if (parameter !== undefined) return 'value' in parameter ? parameter.value : resolver.unknown(parameter.why)
  const resource = stack.resources.get(name)
  if (resource !== undefined) return namesOf(stack, resource).ref
  const dot = name.indexOf('.')
  if (dot > 0) return attributeOf(name, resolver)
  const made = madeBySam(stack, name)
  if (made !== undefined) return made.ref
  notes.push(`Ref ${name} names nothing in this template`)
  return undefined
}

/** What `Fn::GetAtt` gives for `Logical.Attribute`. */
export function attributeOf(path: string, resolver: Resolver): Json | undefined {
  const { stack } = resolver
  const dot = path.indexOf('.')
  const [id, attribute] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
  const resource = stack.resources.get(id)
  if (resource === undefined) {
    const made = madeBySam(stack, id)?.attributes
    return own(made, attribute) ?? resolver.unknown(`GetAtt ${path}: ${id} is not in this template`)
  }
  if (attribute.startsWith('Outputs.')) return output(stack, resource, attribute.slice('Outputs.'.length), resolver)
  const known = own(namesOf(stack, resource).attributes, attribute)
  if (known !== undefined) return known
  const property = Object.hasOwn(resource.properties, attribute) ? resolver.value(resource.properties[attribute]) : undefined
  return property ?? resolver.unknown(`GetAtt ${path}: this attribute of ${resource.type} is not known`)
}

function output(stack: Stack, resource: Resource, name: string, resolver: Resolver): Json | undefined {
  const child = childOf(stack, resource)
  const raw = own(own(own(child?.sections, 'Outputs'), name), 'Value')
  if (child === undefined || raw === undefined)
    return resolver.unknown(`GetAtt ${resource.id}.Outputs.${name} is not in the project`)
  return child.resolver(resolver.notes).value(raw)
}

/** Name of a resource, as its template gives it; its logical id where it gives none. */
const namesOf = (stack: Stack, resource: Resource): Names => attributesOf(stack, resource, nameOf(stack, resource))

/** Resources that SAM adds by itself: a function's role, alias and URL, the implicit APIs. */
function madeBySam(stack: Stack, id: string): Names | undefined {
  if (id === 'ServerlessRestApi' || id === 'ServerlessHttpApi') {
    const url = `https://${id}.execute-api.us-east-1.amazonaws.com`
    return { ref: id, attributes: { RootResourceId: 'root', ApiEndpoint: url, ApiId: id, RestApiId: id } }
  }
  const found = /^(.+?)(Role|Url|Version|Alias.*|ProdStage|Stage)$/.exec(id)
  const owner = found === null ? undefined : stack.resources.get(found[1]!)
  if (found === null || owner === undefined || !owner.type.startsWith('AWS::Serverless::')) {
    return /^Serverless(?:Rest|Http)Api.*Stage$/.test(id) ? { ref: 'Prod', attributes: {} } : undefined
  }
  const name = nameOf(stack, owner)
  if (found[2] === 'Role') {
    const role = stack.standardName(id)
    return { ref: role, attributes: { Arn: arn('iam', `role/${role}`) } }
  }
  if (found[2] === 'Url') return { ref: arn('lambda', `function:${name}`), attributes: { FunctionUrl: functionUrl(name) } }
  if (found[2]!.endsWith('Stage')) return { ref: textOf(stack.resolve(owner.properties['StageName'])) ?? 'Prod', attributes: {} }
  return { ref: arn('lambda', `function:${name}:live`), attributes: {} }
}

export const functionUrl = (name: string): string => `https://${nameInArn(name).toLowerCase()}.lambda-url.us-east-1.on.aws/`
