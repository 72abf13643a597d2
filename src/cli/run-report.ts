import { storedReport } from '../commands/stored-report.js'
import { ConfigError } from '../model/index.js'
import { EXIT } from './exit-codes.js'
import { type Output, outputsOf, writeOutputs } from './outputs.js'

export interface ReportFlags {
  readonly format: string
  readonly output?: string
}

/** `eventfuzz report`: the same report in other forms. It judges nothing: 0 whatever was found. */
export async function runReport(run: string, { format, output }: ReportFlags): Promise<number> {
  const outputs = output === undefined ? outputsOf(format) : [singleOutput(format, output)]
  await writeOutputs(storedReport(run, process.cwd()), outputs)
  return EXIT.clean
}

function singleOutput(format: string, file: string): Output {
  const [only, ...more] = outputsOf(`${format}=${file}`)
  if (only === undefined || more.length > 0 || format.includes(',') || format.includes('='))
    throw new ConfigError('--output takes one --format; several are written by --format sarif=out.sarif,junit=out.xml')
  return only
}
