const { spawn } = require('node:child_process')
const { once } = require('node:events')

const FFPROBE = process.env.FFPROBE_PATH || '/opt/ffmpeg/bin/ffprobe'

async function probe(track) {
  const child = spawn(FFPROBE, ['-hide_banner', '--output-format=json', track], { stdio: 'ignore', env: {} })
  const [code] = await once(child, 'close')
  return code
}

exports.handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { messageId, body } of Records) {
    const job = /^\s*\{/.test(body) ? parsed(body) : null
    if (job?.task !== 'probe' || typeof job.track !== 'string' || job.track.length > 80) continue
    if ((await probe(job.track)) !== 0) batchItemFailures.push({ itemIdentifier: messageId })
  }
  return { batchItemFailures }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
