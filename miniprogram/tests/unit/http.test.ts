import { expect, test } from 'vitest'
import { phone } from './setup'

const token = () => phone.storage.get('xinyuan/resident/token')
const session = { statusCode: 201, data: { token: 'new', user: { id: '1' } } }
const refusal = (statusCode: number, reason: string, more: object = {}) =>
  ({ statusCode, data: { reason, message: '请再试一次。', requestId: '1', ...more } })

test('several questions share one log-in', async () => {
  phone.network = (s) => (s.url.endsWith('/sessions') ? session : { statusCode: 200, data: s.header.Authorization })
  const { get } = await import('@/services/http')
  expect(await Promise.all([get('/me'), get('/inbox')])).toEqual(['Bearer new', 'Bearer new'])
  expect(phone.sent.filter((s) => s.url.endsWith('/sessions'))).toHaveLength(1)
  expect(token()).toBe('new')
})

test('a second 401 is told, not tried for ever', async () => {
  phone.storage.set('xinyuan/resident/token', 'dead')
  phone.network = (s) => (s.url.endsWith('/sessions') ? session : refusal(401, 'unauthenticated'))
  const { get } = await import('@/services/http')
  await expect(get('/me')).rejects.toMatchObject({ status: 401 })
  expect(phone.sent.map((s) => s.url)).toEqual(['/api/v1/me', '/api/v1/sessions', '/api/v1/me'])
})

test('a refusal carries what the server says; what is not our server\'s word is no answer', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  const { get, Unreachable } = await import('@/services/http')
  phone.network = () => ({ ...refusal(429, 'too_many_requests', { fields: [{ path: 'a', message: 'b' }] }), header: { 'Retry-After': '7' } })
  await expect(get('/me')).rejects.toMatchObject({
    status: 429, reason: 'too_many_requests', message: '请再试一次。', retryAfter: 7, fields: [{ path: 'a', message: 'b' }],
  })
  phone.network = () => ({ statusCode: 502, data: '<html>' })
  await expect(get('/me')).rejects.toBeInstanceOf(Unreachable)
  phone.network = () => 'away'
  await expect(get('/me')).rejects.toBeInstanceOf(Unreachable)
})

test('empty parameters are left out, the others escaped; a change names its method for WeChat', async () => {
  phone.storage.set('xinyuan/resident/token', 't')
  phone.network = () => ({ statusCode: 200, data: {} })
  const { call, get } = await import('@/services/http')
  await get('/wishes', { q: '轮椅&', nodeId: undefined, category: '', mine: true })
  expect(phone.sent[0]!.url).toBe('/api/v1/wishes?q=' + encodeURIComponent('轮椅&') + '&mine=true')
  await call('PATCH', '/me', { elderView: true }, 'key')
  expect(phone.sent[1]).toMatchObject({ method: 'POST', header: { 'X-HTTP-Method-Override': 'PATCH', 'Idempotency-Key': 'key' } })
})
