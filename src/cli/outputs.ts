import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, type Report } from '../model/index.js'
import { type ReporterId, reporters } from '../report/index.js'
import { writeRendered } from '../report/rendered.js'
import { renderText } from '../report/text.js'
import { list, oneOf } from './options.js'
import { findChromium, printPdf } from './print-pdf.js'

/** One rendering that was asked for: to a file, or to the terminal. */
export interface Output {
  readonly id: ReporterId | 'pdf'
  readonly file: string | undefined
}

export const REPORTER_IDS = [...(Object.keys(reporters) as ReporterId[]), 'pdf'] as const

/** `sarif=out.sarif,junit=out.xml,list` of --reporter, and each `format=path` of --output-file. What cannot be written is said before the run. */
export function outputsOf(reporter: string | undefined, outputFiles: readonly string[] = []): readonly Output[] {
  const outputs = [
    ...list(reporter ?? 'list').map((text) => outputOf(text, '--reporter')),
    ...outputFiles.map((text) => {
      if (!text.includes('=')) throw new ConfigError(`--output-file takes <format>=<path>, not '${text}'`)
      return outputOf(text, '--output-file')
    }),
  ]
  for (const { file } of outputs) if (file !== undefined) checkPlace(file)
  return outputs
}

function outputOf(text: string, flag: string): Output {
  const [name = '', ...rest] = text.split('=')
  const id = oneOf(name, flag, REPORTER_IDS)
  if (id === 'pdf') findChromium()
  if (rest.length === 0 && id === 'pdf') throw new ConfigError(`${flag} pdf is written to a file: pdf=report.pdf`)
  if (rest.length === 0) return { id, file: undefined }
  const file = rest.join('=')
  if (file === '') throw new ConfigError(`${flag} ${text} names no file`)
  return { id, file }
}

function checkPlace(file: string): void {
  const dir = path.dirname(path.resolve(file))
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ConfigError(`${file} cannot be written: there is no directory ${dir}`)
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new ConfigError(`${file} cannot be written: it is a directory`)
}

/** The page that every stored run has. */
export async function writePage(report: Report, store: { write(name: string, text: string): void }): Promise<void> {
  store.write('report.html', (await reporters.html()).render(report))
}

/** Renders each output of the same report. A file is replaced when all of it is there. */
export async function writeOutputs(report: Report, outputs: readonly Output[]): Promise<void> {
  for (const { id, file } of outputs) {
    if (id === 'pdf') {
      printPdf((await reporters.html()).render(report), file ?? '')
      continue
    }
    const reporter = await reporters[id]()
    if (file !== undefined) writeWhole(file, (write) => writeRendered(reporter, report, write))
    else if (id === 'list') process.stdout.write(renderText(report, { color: isColoured() }))
    else writeRendered(reporter, report, (text) => process.stdout.write(text))
  }
}

const isColoured = (): boolean => process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined

function writeWhole(file: string, render: (write: (text: string) => void) => void): void {
  // A device or a pipe is written to, not replaced.
  const isPlain = statSync(file, { throwIfNoEntry: false })?.isFile() ?? true
  const written = isPlain ? `${file}.${process.pid}.tmp` : file
  try {
    const handle = openSync(written, 'w')
    try {
      render((text) => writeFileSync(handle, text))
    } finally {
      closeSync(handle)
    }
    if (isPlain) renameSync(written, file)
  } catch (error) {
    if (isPlain) rmSync(written, { force: true })
    throw new ConfigError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
