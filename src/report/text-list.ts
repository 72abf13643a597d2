import type { ProjectProblem, ProjectTrigger } from '../model/index.js'
import { counted } from './summary.js'
import { columns } from './text-layout.js'
import { visible } from './visible.js'

/** What a listing shows of one function. */
export interface ListRow {
  readonly id: string
  /** `template.yaml:12` */
  readonly template: string
  readonly handler: string | null
  readonly triggers: readonly ProjectTrigger[]
  readonly role: { readonly name: string; readonly managed: readonly string[] } | null
  readonly unresolved: readonly string[]
  readonly notTested: string | null
}

/** A table of the functions of a project, and below it what could not be found out. */
export function renderList(rows: readonly ListRow[], problems: readonly ProjectProblem[]): string {
  const fuzzed = rows.filter(({ notTested }) => notTested === null).length
  const table = columns([
    ['FUNCTION', 'TRIGGERS', 'HANDLER', 'ROLE'],
    ...rows.map((row) => [
      visible(row.id, { max: 50 }),
      visible(triggersOf(row.triggers), { max: 60 }),
      visible(row.handler ?? '-', { max: 70 }),
      visible(row.role?.name ?? '-', { max: 40 }),
    ]),
  ])
  const notes = [
    ...rows.flatMap((row) => (row.notTested === null ? [] : [`${placeOf(row)}${row.id} is not fuzzed: ${row.notTested}`])),
    ...rows.flatMap((row) => row.unresolved.map((text) => `${placeOf(row)}${row.id}: ${text}`)),
    ...problems.map(({ file, line, text }) => `${file}${line === null ? '' : `:${line}`}: ${text}`),
  ].map((note) => `  ${visible(note, { max: 300 })}`)
  const summary = `${counted(rows.length, 'function')}, ${fuzzed} of them can be fuzzed`
  return `${[...table, '', ...(notes.length === 0 ? [] : ['Not found out', ...notes, '']), summary].join('\n')}\n`
}

const placeOf = ({ template }: ListRow): string => (template === '' ? '' : `${template}: `)

/** `apigw-v2 (5 routes), sqs orders` */
function triggersOf(triggers: readonly ProjectTrigger[]): string {
  return triggers
    .map(({ kind, trigger }) => {
      const { routes, resource, filters } = trigger
      const detail = routes === undefined ? (resource ?? '') : routes.length === 1 ? routes[0]! : `${routes.length} routes`
      return [kind, detail, filters === undefined || filters.length === 0 ? '' : 'filtered']
        .filter((part) => part !== '')
        .join(' ')
    })
    .join(', ')
}
