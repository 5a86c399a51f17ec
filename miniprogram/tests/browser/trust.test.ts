// 举报: a member says what is wrong with pictures and words, the secretary's queue has it, she blurs and takes away, all who are concerned hear.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { approvals, ask, button, idleMember, phone, pictures, settled, upload, visit } from './people'
import { stripes } from './picture'
import { submitted } from './world'

const title = '想找人照看阳台上的花'
const keep = pictures('trust')

interface Photo { id: string; waiting?: boolean }
interface Wish { wish: { title: string; photos?: Photo[] } }
interface Inbox { items: { text: string; reason?: string }[] }

const photosOf = async (persona: string, wish: string) => ((await ask<Wish>(persona, 'wishes/' + wish)).wish.photos ?? [])

/** Picks a reason that is ready and sends the page of reasons. */
async function because(page: Page, ready: string, send: string): Promise<void> {
  await page.getByText(ready, { exact: true }).click()
  await page.getByRole('button', { name: send, exact: true }).click()
}

test('what is reported is looked at: one picture is blurred, another taken away, the words too', async () => {
  const photoIds = [await upload('resident', stripes()), await upload('resident', stripes(300, 200))]
  const wish = await submitted(title, 'resident', { photoIds })
  await ask('secretary', `wishes/${wish}/review`, { decision: 'publish' })
  const reporter = await idleMember()
  const a = await phone(reporter)
  const c = await phone('secretary')
  const [member, secretary] = [a.page, c.page]

  // the member reports the first picture; without a reason nothing is sent
  await visit(member, 'wish?id=' + wish)
  await member.getByRole('link', { name: '举报', exact: true }).click()
  await settled(member)
  await member.getByText('第 1 张图片', { exact: true }).click()
  await button(member, /^举报$/).click()
  await member.getByText('请选一样，哪里不对。', { exact: true }).waitFor()
  await member.getByText('骂人、欺负人', { exact: true }).click()
  await keep(member, 'flag')
  await button(member, /^举报$/).click()
  await member.getByText('收到了，谢谢您', { exact: true }).waitFor()
  await keep(member, 'reported')

  // the queue has it, and she blurs it with a reason; the page keeps what was done
  await approvals(secretary, /内容核对/)
  await secretary.locator('.card').filter({ hasText: '辱骂、欺负人' }).first().getByRole('link').click()
  await settled(secretary)
  await secretary.getByText('有人举报：辱骂、欺负人', { exact: true }).waitFor()
  await keep(secretary, 'case')
  await button(secretary, '打马赛克').click()
  await settled(secretary)
  await because(secretary, '看得清证件或门牌号。', '打上马赛克，告诉本人')
  await secretary.getByText('打上马赛克了，理由告诉本人了。', { exact: true }).waitFor()
  await secretary.getByText('看过了，打上了马赛克', { exact: false }).waitFor()
  await keep(secretary, 'blurred')
  const blurred = await photosOf(reporter, wish)
  expect(blurred.length).toBe(2)
  expect(blurred.map((p) => p.id)).not.toContain(photoIds[0])

  // another picture and the words are reported too, and taken away
  await ask(reporter, 'reports', { about: 'wish', id: wish, photoId: photoIds[1], reason: 'other' })
  await ask(reporter, 'reports', { about: 'wish', id: wish, reason: 'gambling' })
  for (const why of ['别的问题', '赌博']) {
    await approvals(secretary, /内容核对/)
    await secretary.locator('.card').filter({ hasText: '有人举报：' + why }).first().getByRole('link').click()
    await settled(secretary)
    await button(secretary, /^隐去$/).click()
    await settled(secretary)
    await because(secretary, '和社区的事没有关系。', '隐去，告诉本人')
    await secretary.getByText('隐去了，理由告诉本人了。', { exact: true }).waitFor()
  }
  expect((await photosOf(reporter, wish)).map((p) => p.id)).toEqual(blurred.map((p) => p.id).filter((id) => id !== photoIds[1]))
  expect((await ask<Wish>(reporter, 'wishes/' + wish)).wish.title).toBe('（没有通过核对，已隐去）')

  // who reported hears what became of each, and the owner why
  const said = (await ask<Inbox>(reporter, 'inbox')).items.map((m) => m.text).filter((t) => t.includes('举报'))
  expect(said.slice(0, 3).map((t) => t.replace(/^.*看过了，/, ''))).toEqual(['已经隐去，谢谢您', '已经隐去，谢谢您', '打上了马赛克，谢谢您'])
  await visit(member, 'inbox')
  await member.getByText('打上了马赛克，谢谢您', { exact: false }).first().waitFor()
  const heard = (await ask<Inbox>('resident', 'inbox')).items.filter((m) => m.reason)
  expect(heard.slice(0, 3).map((m) => m.reason)).toEqual(['和社区的事没有关系。', '和社区的事没有关系。', '看得清证件或门牌号。'])
  expect([...a.faults, ...c.faults]).toEqual([])
})
