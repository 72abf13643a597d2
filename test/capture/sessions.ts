import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { localInvoker } from '#src/invokers/local.js'
import type { Invoker, Session } from '#src/model/index.js'
import { target } from '../invokers/target-maker.js'
import type { Cell } from './cells.js'

export const HERE = fileURLToPath(new URL('../../test/capture/handlers', import.meta.url))
const BUNDLES = fileURLToPath(new URL('../capture-bundles', import.meta.url))

/** Where the file that runs stands, and the directory it is deployed from. */
export interface Deployed {
  readonly file: string
  readonly root: string
}

/** Handlers as they are deployed, each loaded once: bundles are made when they are asked for. */
export class Sessions implements AsyncDisposable {
  #invoker: Invoker
  #open = new Map<string, Session>()

  private constructor(invoker: Invoker) {
    this.#invoker = invoker
  }

  static async start(): Promise<Sessions> {
    rmSync(BUNDLES, { recursive: true, force: true })
    const strong = { node: process.execPath, sandbox: 'strong', executeSinks: true } as const
    const any = { node: process.execPath, sandbox: undefined }
    const isStrict = process.env['REQUIRE_ALL'] === '1'
    return new Sessions(await localInvoker(strong).catch((error) => (isStrict ? Promise.reject(error) : localInvoker(any))))
  }

  get isStrong(): boolean {
    return this.#invoker.sandbox.level === 'strong'
  }

  async of(cell: Cell): Promise<Session> {
    const { file, root } = deployed(cell)
    const known = this.#open.get(file)
    if (known !== undefined) return known
    if (cell.bundle !== undefined) await bundle(cell, file)
    const opened = await this.#invoker.open(target({ id: path.basename(file), file, root, timeoutMs: 8_000, memoryMb: 256 }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    this.#open.set(file, opened.session)
    return opened.session
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#open.values()) await session[Symbol.asyncDispose]()
    await this.#invoker[Symbol.asyncDispose]()
  }
}

export function deployed({ file, bundle }: Cell): Deployed {
  if (bundle === undefined) return { file: path.join(HERE, file), root: HERE }
  const root = path.join(BUNDLES, bundle)
  return { file: path.join(root, `${file}.cjs`), root }
}

/** As people deploy: one file with the SDK in it. */
async function bundle({ file, bundle: kind }: Cell, outfile: string): Promise<void> {
  mkdirSync(path.dirname(outfile), { recursive: true })
  await build({
    ...{ entryPoints: [path.join(HERE, file)], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs' },
    ...{ minify: kind === 'minified', sourcemap: kind === 'mapped', logLevel: 'error' },
  })
}
