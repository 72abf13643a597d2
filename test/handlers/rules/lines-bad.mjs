// Counts what agents report: INFO host=a7 load=3
const REPORT = /^(INFO|DEBUG)\s((\w+=\w*)\s?)+$/

export async function handler({ Records }) {
  let counted = 0
  for (const { Sns } of Records) if (REPORT.test(Sns.Message)) counted++
  console.log(JSON.stringify({ counted }))
}
