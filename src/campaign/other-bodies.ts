import { type CaseMaker, type Draft, getAt, type InsertionPoint, SLOT } from '../model/index.js'

const MOST = 2
const BODY: InsertionPoint = { wire: '/body', control: 'attacker', encodings: [], kind: 'object' }

/** Requests whose body is plain text, or bytes: JSON in its place says little to a function that reads something else. */
export const otherBodies = (maker: CaseMaker, templates: readonly Draft[]): readonly Draft[] =>
  templates
    .filter(({ wire }) => getAt(wire, '/body/kind') === 'json')
    .slice(0, MOST)
    .flatMap((draft) => ['text', 'binary'].map((kind) => maker.withValue(draft, BODY, { kind, text: SLOT })))
