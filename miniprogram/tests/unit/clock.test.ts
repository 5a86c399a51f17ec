import { expect, test } from 'vitest'
import { phone } from './setup'

test('days are told by the server\'s clock, not by the phone\'s', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 200, data: {}, header: { 'Xinyuan-Now': '2031-05-06T10:00:00+08:00' } })
  const { get } = await import('@/services/http')
  const { day, greeting } = await import('@/words')
  await get('/me')
  expect(day('2031-05-05T23:00:00+08:00')).toBe('昨天')
  expect(greeting()).toBe('早上好')
})
