import type { Report, Reporter } from '../model/index.js'
import { jsonText } from './json-text.js'

/** report.json: the values of the report, safe to print. */
export const json: Reporter = {
  id: 'json',
  render: (report: Report) => `${jsonText(report, 2)}\n`,
}
