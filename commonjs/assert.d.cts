import type * as assert from '../dist/assert.js' with { 'resolution-mode': 'import' }

export type FuzzHandlerOptions = assert.FuzzHandlerOptions
export declare const fuzzHandler: typeof assert.fuzzHandler
export declare const assertFixed: typeof assert.assertFixed
