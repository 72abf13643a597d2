import path from 'node:path'
import type { FileLine, JsonObject, ProjectFunction, ProjectPart, ProjectProblem, ReadOptions } from '../../model/index.js'
import { readTemplate } from '../cfn/index.js'
import { Assembly, object, type StackArtifact } from './assembly.js'
import { FRAMEWORK_VARIABLES, isOwnFunction } from './own-functions.js'
import { prepare } from './prepare.js'
import { Sources } from './source.js'

/** All stacks of a cloud assembly (`cdk.out`). `app` is the directory of cdk.json. */
export function readAssembly(manifest: string, app: string, options: ReadOptions): ProjectPart {
  const assembly = new Assembly(options.root)
  const sources = new Sources(options.root, app)
  const parts = assembly.stacks(manifest).map((stack) => readStack(stack, { assembly, sources, options }))
  return {
    functions: parts.flatMap(({ functions }) => functions),
    resources: parts.flatMap(({ resources }) => resources),
    problems: [...assembly.problems, ...parts.flatMap(({ problems }) => problems)],
  }
}

interface Tools {
  readonly assembly: Assembly
  readonly sources: Sources
  readonly options: ReadOptions
}

function readStack({ name, template }: StackArtifact, tools: Tools): ProjectPart {
  const invented = prepare(template.value)
  const parameters = { ...tools.options.parameters, 'AWS::StackName': name }
  const part = readTemplate({ ...template, codeOf: () => null }, { ...tools.options, parameters })
  const found = part.functions.map((each) => ({ each, resource: resourceOf(each, tools.assembly) }))
  const isOwn = ({ each, resource }: (typeof found)[number]) => isOwnFunction(pathOf(resource), lastOf(each.id))
  const called = calledByFramework(found.filter(isOwn).map(({ each }) => each))
  const functions = found
    .filter((one) => !isOwn(one))
    .map(({ each, resource }) => withSource(withCustomResource(each, called), resource, name, tools.sources))
  return {
    functions,
    resources: part.resources.filter(({ id }) => !invented.has(id)),
    problems: [
      ...part.problems,
      ...ownProblem(
        template.file,
        found.filter(isOwn).map(({ each }) => each.id),
      ),
    ],
  }
}

const lastOf = (id: string): string => id.split('/').at(-1)!

/** The function's entry in its template, which may be a nested one. */
function resourceOf({ id, at }: ProjectFunction, assembly: Assembly): JsonObject {
  return object(object(assembly.template(at.file)?.value['Resources'])[lastOf(id)])
}

/** `Shop/Orders` for the construct whose resource is `Shop/Orders/Resource`. */
function pathOf(resource: JsonObject): string | undefined {
  const found = object(resource['Metadata'])['aws:cdk:path']
  return typeof found === 'string' ? found.replace(/\/Resource$/, '') : undefined
}

function withSource(found: ProjectFunction, resource: JsonObject, stack: string, sources: Sources): ProjectFunction {
  const id = pathOf(resource) ?? `${stack}/${found.id}`
  if (found.inline !== null) return { ...found, id }
  const asset = sources.assetOf(path.dirname(found.at.file), resource)
  const source = asset === undefined ? undefined : sources.behind(asset, found.handler ?? '')
  if (source === undefined) return { ...found, id }
  const unresolved = found.unresolved.filter((note) => !/code is in S3/.test(note))
  return { ...found, id, ...source, unresolved }
}

/** Functions that the framework of a Provider calls for custom resources: CDK tells it by a variable. */
function calledByFramework(own: readonly ProjectFunction[]): ReadonlyMap<string, FileLine> {
  return new Map(
    own.flatMap(({ environment, at }) =>
      FRAMEWORK_VARIABLES.flatMap((name): [string, FileLine][] => {
        const arn = environment[name]
        return arn === undefined ? [] : [[arn.split(':').at(-1)!, at]]
      }),
    ),
  )
}

function withCustomResource(found: ProjectFunction, called: ReadonlyMap<string, FileLine>): ProjectFunction {
  const names = [found.name, found.id.replaceAll('/', '-')]
  const at = [...called].find(([name]) => names.includes(name))?.[1]
  if (at === undefined) return found
  const known = found.triggers.filter(({ kind }) => kind !== 'direct')
  return { ...found, triggers: [...known, { kind: 'cfn-custom-resource', trigger: {}, at }] }
}

function ownProblem(file: string, ids: readonly string[]): readonly ProjectProblem[] {
  if (ids.length === 0) return []
  return [{ file, line: null, text: `functions that CDK adds for itself are left out: ${ids.join(', ')}` }]
}
