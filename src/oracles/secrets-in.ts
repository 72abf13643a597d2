import type { Trial } from '../model/index.js'

/** A shorter value may stand in a text by accident. */
const SHORTEST = 8

/** Names of the secret environment variables, decoys of ours, whose values stand in a text. */
export const secretsIn = ({ secrets }: Trial, text: string): readonly string[] =>
  secrets.filter(({ value }) => value.length >= SHORTEST && text.includes(value)).map(({ name }) => name)
