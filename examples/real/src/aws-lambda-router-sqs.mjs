import { handler as router } from 'aws-lambda-router'

export const handler = router({
  sqs: {
    routes: [{ source: /.*/, action: (messages) => console.log(`${messages.length} messages`) }],
  },
})
