/** No value at all can be valid: `pointer` is where in the schema that shows. */
export class Unsatisfiable extends Error {
  override readonly name = 'Unsatisfiable'
  readonly pointer: string

  constructor(pointer: string, why: string) {
    super(`No value can satisfy the schema at ${pointer === '' ? 'its root' : pointer}: ${why}`)
    this.pointer = pointer
  }
}
