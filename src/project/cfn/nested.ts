import type { Json } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { loadYaml, YamlError } from '../yaml.js'
import { type Resource, Stack } from './stack.js'
import { entriesOf, textOf } from './values.js'

const DEEPEST = 10
/** Nested stacks multiply: each of ten may nest ten. */
const MOST_STACKS = 200
const LOCATION: Readonly<Record<string, string>> = {
  'AWS::Serverless::Application': 'Location',
  'AWS::CloudFormation::Stack': 'TemplateURL',
}

/** The nested stack of a resource, when its template is in the project; what is wrong with it becomes a problem, once. */
export function childOf(stack: Stack, resource: Resource): Stack | undefined {
  const known = stack.children.get(resource.id)
  if (known !== undefined) return known ?? undefined
  if (!Object.hasOwn(LOCATION, resource.type)) return undefined
  stack.children.set(resource.id, null)
  const child = open(stack, resource)
  if (child !== undefined) stack.children.set(resource.id, child)
  return child
}

function open(stack: Stack, resource: Resource): Stack | undefined {
  const { line } = resource.at
  const location = stack.resolve(resource.properties[LOCATION[resource.type]!])
  if (typeof location !== 'string' || /^(?:https?|s3):\/\//.test(location)) {
    stack.problem(line, `The template of ${resource.id} is not in the project: its functions are not known`)
    return undefined
  }
  const file = inside(stack.options.root, stack.dir, location)
  if (file === undefined) stack.problem(line, `The template of ${resource.id} is outside the project: ${location}`)
  else if (stack.ancestry.includes(file)) stack.problem(line, `${resource.id} nests a template in itself: ${location}`)
  else if (stack.ancestry.length > DEEPEST) stack.problem(line, `${resource.id} is nested more than ${DEEPEST} deep`)
  else if (stack.world.opened >= MOST_STACKS)
    stack.problem(line, `${resource.id} is left out: there are more than ${MOST_STACKS} nested stacks`)
  else return load(stack, resource, file)
  return undefined
}

function load(stack: Stack, resource: Resource, file: string): Stack | undefined {
  stack.world.opened++
  try {
    const text = readInside(stack.options.root, file, stack.options.edited)
    const { value } = loadYaml(text)
    const parameters = given(stack, resource.properties['Parameters'])
    const prefix = `${stack.prefix}${resource.id}/`
    const name = `${stack.name}-${resource.id}`
    return new Stack(
      stack.world,
      { file, text, value },
      { prefix, name, options: { ...stack.options, parameters }, parent: stack },
    )
  } catch (error) {
    const inChild = error instanceof YamlError
    const why = (error as Error).message
    if (inChild) stack.world.problems.push({ file, line: error.line, text: why })
    else stack.problem(resource.at.line, `The template of ${resource.id} could not be read: ${why}`)
    return undefined
  }
}

function given(stack: Stack, raw: Json | undefined): Readonly<Record<string, string>> {
  const resolved = entriesOf(raw).flatMap(([name, value]) => {
    const found = stack.resolve(value)
    const text = Array.isArray(found) ? (found as readonly Json[]).map((entry) => textOf(entry) ?? '').join(',') : textOf(found)
    return text === undefined ? [] : [[name, text] as const]
  })
  return Object.fromEntries(resolved)
}
