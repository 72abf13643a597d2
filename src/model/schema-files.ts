import { readFileSync } from 'node:fs'
import type { JsonObject } from './json.js'

/** Where schemas/, payloads/ and data/ stand in the installed package. */
export const PACKAGE_ROOT = new URL('../../', import.meta.url)

/** Reads a file of the package itself, such as `schemas/frame.schema.json`. */
export const readPackageJson = (path: string): JsonObject =>
  JSON.parse(readFileSync(new URL(path, PACKAGE_ROOT), 'utf8')) as JsonObject
