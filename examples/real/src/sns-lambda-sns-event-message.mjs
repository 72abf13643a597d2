import message from 'lambda-sns-event-message'

export const handler = async (event) => {
  console.log(typeof (message.default ?? message)(event))
}
