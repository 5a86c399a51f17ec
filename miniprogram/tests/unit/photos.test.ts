import { beforeEach, expect, test, vi } from 'vitest'
import { phone } from './setup'
import type { Photo } from '@/services/types'

const privacy = vi.hoisted(() => ({ agreed: true }))
vi.mock('@/services/privacy', () => ({ mayUse: () => Promise.resolve(privacy.agreed) }))
beforeEach(() => void (privacy.agreed = true))

const kept = (id: string) => ({ id, url: '/full', thumbnailUrl: '/small' })
const refusal = (reason: string) => ({ reason, message: '这个文件不是照片。', requestId: '1' })

async function field(max = 3, shown: Photo[] = []) {
  phone.storage.set('xinyuan/resident/token', 't')
  const { usePhotos } = await import('@/services/photos')
  return { shown, photos: usePhotos(() => shown, max) }
}

test('pictures arrive one after the other, in their order', async () => {
  let n = 0
  phone.chosen = [{ path: 'a', size: 1 }, { path: 'b', size: 1 }]
  phone.network = () => ({ statusCode: 201, data: kept(String(++n)) })
  const { photos, shown } = await field()
  await photos.pick('album')
  expect(photos.unfinished()).toContain('正在传')
  await vi.waitFor(() => expect(shown.map((p) => p.id)).toEqual(['1', '2']))
  expect(phone.sent.map((s) => s.data)).toEqual(['a', 'b'])
  expect(photos.unfinished()).toBe('')
  expect(photos.room()).toBe(1)
})

test('what did not arrive stays with its file, and is sent again when asked', async () => {
  phone.chosen = [{ path: 'a', size: 1 }]
  phone.network = () => 'away'
  const { photos, shown } = await field()
  await photos.pick('album')
  await vi.waitFor(() => expect(photos.state.sending[0]!.failed).toContain('网络断了'))
  expect(photos.unfinished()).toContain('没有传上去')
  phone.network = () => ({ statusCode: 201, data: kept('7') })
  photos.queue(photos.state.sending[0]!)
  await vi.waitFor(() => expect(shown).toHaveLength(1))
})

test('what is refused is taken away and says why', async () => {
  phone.chosen = [{ path: 'a', size: 1 }, { path: 'big', size: 11 * 2 ** 20 }]
  phone.network = () => ({ statusCode: 422, data: refusal('not_a_picture') })
  const { photos } = await field()
  await photos.pick('album')
  expect(photos.state.refused).toContain('10 MB')
  await vi.waitFor(() => expect(photos.state.refused).toBe('这个文件不是照片。'))
  expect(photos.state.sending).toEqual([])
})

test('a lost session logs in silently', async () => {
  phone.chosen = [{ path: 'a', size: 1 }]
  phone.network = (s) => {
    if (s.url.endsWith('/sessions')) return { statusCode: 201, data: { token: 'new', user: {} } }
    return s.header.Authorization === 'Bearer new'
      ? { statusCode: 201, data: kept('7') }
      : { statusCode: 401, data: refusal('unauthenticated') }
  }
  const { photos, shown } = await field()
  await photos.pick('album')
  await vi.waitFor(() => expect(shown).toHaveLength(1))
})

test('a picture that is taken away while it is under way does not come back', async () => {
  phone.chosen = [{ path: 'a', size: 1 }]
  phone.network = () => ({ statusCode: 201, data: kept('7') })
  const { photos, shown } = await field()
  await photos.pick('album')
  photos.forget(photos.state.sending[0]!)
  await vi.waitFor(() => expect(photos.unfinished()).toBe(''))
  expect(shown).toEqual([])
})

test('who does not agree to the use of the album chooses nothing', async () => {
  privacy.agreed = false
  phone.chosen = [{ path: 'a', size: 1 }]
  const { photos } = await field()
  await photos.pick('album')
  expect(photos.state.sending).toEqual([])
})
