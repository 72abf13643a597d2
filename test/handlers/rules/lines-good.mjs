// Counts what agents report: INFO host=a7 load=3
const LEVEL = /^(INFO|DEBUG)\s/
const PAIR = /^\w+=\w*$/

const isReport = (line) =>
  LEVEL.test(line) &&
  line
    .split(' ')
    .slice(1)
    .every((pair) => PAIR.test(pair))

export async function handler({ Records }) {
  let counted = 0
  for (const { Sns } of Records) if (isReport(Sns.Message)) counted++
  console.log(JSON.stringify({ counted }))
}
