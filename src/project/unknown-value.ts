import type { Json } from '../model/index.js'

/** Something that stands for a value that only a deployment knows, and why: CloudFormation's word for "from elsewhere". */
export const unknownValue = (why: string): Json => ({ 'Fn::ImportValue': why })

/** What CloudFormation's reader notes about such a value, in our own words. */
export const withoutImports = (note: string): string => note.replaceAll(/Fn::ImportValue (.*?) comes from another stack/g, '$1')
