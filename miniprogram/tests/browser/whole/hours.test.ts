// Volunteer service as staff see it: hours to confirm, what is said against them, a new team.
import { expect, test } from 'vitest'
import { approvals, ask, button, idleMember, phone, pictures, settled, visit } from '../people'
import { objected, report } from '../served'
import { claimed } from '../world'

const picture = pictures('hours')

interface Record { record: { status: string; minutes: number }; correctedBy?: string }
const record = (id: string) => ask<Record>('secretary', `service-records/${id}`)

test('the secretary confirms hours that somebody reported, and corrects them', async () => {
  const id = await report('resident-2', '清扫三单元的楼道', 9)
  const other = await report('resident-2', '给小区的树刷白灰', 10)
  const { page, faults, close } = await phone('secretary')
  await approvals(page, /核实时长/)
  const row = page.getByRole('link').filter({ hasText: '清扫三单元的楼道' })
  await row.getByText('自己报的').waitFor()
  await picture(page, 'approvals')
  await row.click()
  await page.getByText('自己报的，没有签到', { exact: false }).waitFor()
  await picture(page, 'servicecheck')
  await button(page, '同意记 2 小时').click()
  await page.getByText('已记入', { exact: true }).waitFor()
  expect((await record(id)).record.status).toBe('credited')

  await button(page, '记得不对，更正').click()
  await button(page, '少 15 分钟').click()
  await page.getByText('活动提前结束了。').click()
  await picture(page, 'correct')
  await button(page, '改成 1 小时 45 分').click()
  await page.getByText('已更正', { exact: true }).waitFor()
  const { correctedBy } = await record(id)
  expect((await record(correctedBy!)).record.minutes).toBe(105)
  await page.getByRole('link', { name: '看更正后的记录' }).click()
  await page.getByText('1 小时 45 分', { exact: false }).first().waitFor()

  await visit(page, 'servicecheck?id=' + other)
  await button(page, '不同意').click()
  await page.getByText('请写清楚做了什么、在哪里。').click()
  await button(page, '不记，告诉他们').click()
  await page.getByText('没有通过', { exact: true }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('an objection is upheld with what really was', async () => {
  const { record: before, objection } = await objected('resident-2', '帮社区贴春联', 7, '我做到了十一点半，少记了半小时。')
  const { page, faults, close } = await phone('secretary', { elder: true })
  await visit(page, 'approvals')
  await page.getByText('换一类', { exact: false }).first().click()
  await page.getByRole('radio', { name: /时长异议/ }).click()
  await settled(page)
  const [row, more] = [page.getByText('帮社区贴春联', { exact: false }).first(), page.getByText('再看', { exact: false }).first()]
  while (!(await row.isVisible())) await more.click() // the elder view shows a few at a time
  await visit(page, 'objection?id=' + objection)
  await page.getByText('少记了半小时', { exact: false }).waitFor()
  await picture(page, 'objection-elder')
  await button(page, '说得对，改过来').click()
  await button(page, /^改成/).click()
  await page.getByText('和原来记的一样，没有要改的。').waitFor()
  await button(page, '少 15 分钟').click()
  await page.getByText('对不起，是我们记错了。').click()
  await picture(page, 'correct-elder')
  await button(page, '改成 1 小时 45 分').click()
  await page.getByText('改过来了', { exact: true }).waitFor()
  await picture(page, 'upheld-elder')
  expect((await record(before)).record.status).toBe('corrected')
  expect(faults).toEqual([])
  await close()
})

test('points of a wish that are not right are put right by the community', async () => {
  const member = await idleMember()
  const { claim } = await claimed('想要一把放大镜', member)
  await ask(member, `claims/${claim}/delivery`, { note: '送到了。' })
  await ask('resident', `claims/${claim}/confirmation`, { accepted: true })
  const { balance } = await ask<{ balance: number }>(member, 'me/points')
  const { page, faults, close } = await phone(member)
  await visit(page, 'points')
  await page.getByText('想要一把放大镜', { exact: false }).first().waitFor() // the latest is open
  await button(page, '数不对？请社区核对').click()
  await page.getByText('说好的不是这个分数。').click()
  await button(page, '请社区看一看').click()
  await page.getByText('等答复', { exact: true }).waitFor()
  const { items } = await ask<{ items: { id: string; title: string }[] }>('secretary', 'approvals?kind=objection&limit=100')
  const staff = await phone('secretary')
  await visit(staff.page, 'objection?id=' + items.find((i) => i.title.includes('放大镜'))!.id)
  await button(staff.page, '说得对，改过来').click()
  await staff.page.getByLabel('应该记的分数').fill('4')
  await staff.page.getByText('对不起，是我们记错了。').click()
  await button(staff.page, '改成 4 分').click()
  await staff.page.getByText('改过来了', { exact: true }).waitFor()
  expect(await ask<{ balance: number }>(member, 'me/points')).toMatchObject({ balance: balance - 6 }) // 10 taken back, 4 paid anew
  expect([...faults, ...staff.faults]).toEqual([])
  await Promise.all([close(), staff.close()])
})

test('the secretary founds a team with somebody of the community as its leader', async () => {
  const { page, faults, close } = await phone('secretary')
  await visit(page, 'mine')
  await page.getByRole('link', { name: '成立志愿队' }).click()
  await button(page, '成立这支队伍').click()
  await page.getByText('给队伍起个名字。').waitFor()
  await page.getByRole('textbox', { name: '队伍叫什么' }).fill('楼道清扫队')
  await page.getByRole('radio').first().click()
  await picture(page, 'found')
  await button(page, /^成立，请.+当队长$/).click()
  await page.getByText('楼道清扫队').first().waitFor()
  const { items } = await ask<{ items: { name: string }[] }>('secretary', 'teams')
  expect(items.map((t) => t.name)).toContain('楼道清扫队')
  expect(faults).toEqual([])
  await close()
})
