import { readPackageJson } from '../model/index.js'

export const version = (): string => String(readPackageJson('package.json')['version'])
