import type { Report, Reporter } from '../model/index.js'

// Valid JSON may hold C1, bidi and private-use characters and CI commands raw; on a terminal or in a log they would act.
const ACTING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{DI}\p{Noncharacter_Code_Point}]/gu
const MARKED_COMMAND = /##(?=\w*\[)/g

const unitEscapes = (sign: string): string =>
  Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

/** report.json: the same values as `JSON.stringify` gives, written so that printing it is harmless too. */
export const json: Reporter = {
  id: 'json',
  render: (report: Report) =>
    `${JSON.stringify(report, null, 2).replace(MARKED_COMMAND, '\\u0023#').replace(ACTING, keepBreaks)}\n`,
}

// Line breaks of the indentation: inside a string JSON.stringify has escaped them already.
function keepBreaks(sign: string): string {
  return sign === '\n' ? sign : unitEscapes(sign)
}
