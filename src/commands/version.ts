import { readPackageJson } from '../model/schema-files.js'

export const version = (): string => String(readPackageJson('package.json')['version'])
