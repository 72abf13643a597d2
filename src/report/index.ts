import type { Reporter } from '../model/index.js'

/** Every way to render a report. Doors: whoever wants a list in the terminal does not load the HTML. */
export const reporters = {
  list: async () => (await import('./text.js')).list,
  json: async () => (await import('./json.js')).json,
  html: async () => (await import('./html/page.js')).htmlPage,
  sarif: async () => (await import('./sarif/log.js')).sarif,
  junit: async () => (await import('./junit.js')).junit,
  markdown: async () => (await import('./markdown.js')).markdown,
  csv: async () => (await import('./csv.js')).csv,
  github: async () => (await import('./github.js')).github,
  asff: async () => {
    const { asffFor, placeOfEnvironment } = await import('./asff.js')
    return asffFor(placeOfEnvironment(process.env))
  },
  ndjson: async () => (await import('./ndjson.js')).ndjson,
} satisfies Record<string, () => Promise<Reporter>>

export type ReporterId = keyof typeof reporters
